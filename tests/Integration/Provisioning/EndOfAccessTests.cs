using System.Net;
using Fleet.Contracts;
using Fleet.Platform;
using Fleet.Platform.Store;
using Fleet.Provisioning;
using Fleet.Provisioning.Domain;

namespace Fleet.Tests.Integration.Provisioning;

/// <summary>Days end in Berlin, as the service has it by default. Each test stops and starts the service or waits for its sweep, so they share no fixture with others.</summary>
public class EndOfAccessTests(ProvisioningFixture fixture) : IClassFixture<ProvisioningFixture>
{
    private static readonly FleetCalendar Calendar = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
    private static readonly DateTimeOffset March = new(2020, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private static DateOnly Today => Calendar.DayOf(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Whoever_left_yesterday_is_no_peer_and_gets_neither_key_nor_configuration()
    {
        var gatewayId = await fixture.NewGatewayAsync();
        var person = await fixture.NewPersonAsync();
        var active = await ActiveAsync(person.PersonId, gatewayId);
        var requested = (await fixture.CreatedAsync("accesses", new { personId = person.PersonId, gatewayId, effectiveAt = March })).Id();
        var yesterday = Today.AddDays(-1);

        await fixture.Broker.PublishAsync(Left(person, 2, yesterday));

        await Eventually.ShouldAsync(async () => (await fixture.GetAsync($"gateways/{gatewayId}/peers"))["items"]!.AsArray().ShouldBeEmpty());
        await ShouldEndAsync(active, "revoked", "left", Calendar.StartOf(Today));
        await ShouldEndAsync(requested, "revoked", "left", Calendar.StartOf(Today));
        await (await fixture.EnrolAsync(requested)).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "access-ended");
        await (await fixture.It.GetAsync($"api/provisioning/accesses/{active}/config")).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "access-ended");
        await (await fixture.PostAsync("accesses", new { personId = person.PersonId })).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "person-left");
    }

    [Fact]
    public async Task A_last_day_to_come_is_kept_and_can_be_taken_back_and_a_re_hire_brings_nothing_back()
    {
        var person = await fixture.NewPersonAsync();
        var id = (await fixture.CreatedAsync("accesses", new { personId = person.PersonId, effectiveAt = March })).Id();

        await fixture.Broker.PublishAsync(Left(person, 2, Today));
        await Eventually.ShouldAsync(async () => EndsAt(await fixture.GetAsync($"accesses/{id}")).ShouldBe(Calendar.StartOf(Today.AddDays(1))));

        await fixture.Broker.PublishAsync(new PersonChanged { Meta = ProvisioningFixture.Meta(person.PersonId, 3), Person = person });
        await Eventually.ShouldAsync(async () => EndsAt(await fixture.GetAsync($"accesses/{id}")).ShouldBeNull());

        await fixture.Broker.PublishAsync(new PersonChanged
        {
            Meta = ProvisioningFixture.Meta(person.PersonId, 4),
            Person = person.Employed((ProvisioningFixture.FirstDay, new DateOnly(2020, 6, 30)), (new DateOnly(2021, 1, 1), null)),
        });
        await ShouldEndAsync(id, "revoked", "left", Calendar.StartOf(new DateOnly(2020, 7, 1)));
        await (await fixture.PostAsync("accesses", new { personId = person.PersonId })).ShouldBeAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task An_access_is_over_at_its_day_s_end_by_itself_also_when_the_service_was_down_then()
    {
        var gatewayId = await fixture.NewGatewayAsync();
        var person = await fixture.NewPersonAsync();
        var id = await ActiveAsync(person.PersonId, gatewayId, expiresOn: Today);
        (await fixture.GetAsync($"gateways/{gatewayId}/peers"))["items"]!.AsArray().Count.ShouldBe(1);

        // The night passes while nothing runs.
        fixture.Kill();
        var midnight = Calendar.StartOf(Today);
        await using (var store = fixture.OpenStore(Documents.All))
        {
            var access = (await store.FindAsync<Access>(id, default))!;
            (await store.WriteAsync(access.With(access.State with { ExpiresOn = Today.AddDays(-1), EndsAt = midnight }), default)).IsWritten.ShouldBeTrue();
        }

        await fixture.StartAsync();

        (await fixture.GetAsync($"gateways/{gatewayId}/peers"))["items"]!.AsArray().ShouldBeEmpty();
        await (await fixture.It.GetAsync($"api/provisioning/accesses/{id}/config")).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "access-ended");
        await (await fixture.EnrolAsync(id)).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "access-ended");
        await ShouldEndAsync(id, "expired", "expired", midnight);
    }

    [Fact]
    public async Task A_due_access_lets_nobody_in_before_anybody_wrote_that_down()
    {
        var gatewayId = await fixture.NewGatewayAsync();
        var person = await fixture.NewPersonAsync();
        var id = await ActiveAsync(person.PersonId, gatewayId, expiresOn: Today);
        await using var store = fixture.OpenStore(Documents.All);
        var access = (await store.FindAsync<Access>(id, default))!;

        // Without the instant at which it is due no sweep finds it; the day alone must do.
        (await store.WriteAsync(access.With(access.State with { ExpiresOn = Today.AddDays(-1), EndsAt = null }), default)).IsWritten.ShouldBeTrue();

        (await fixture.GetAsync($"gateways/{gatewayId}/peers"))["items"]!.AsArray().ShouldBeEmpty();
        await (await fixture.It.GetAsync($"api/provisioning/accesses/{id}/config")).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "access-ended");
        await (await fixture.EnrolAsync(id)).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "access-ended");
    }

    [Fact]
    public async Task A_peer_of_a_laptop_that_went_is_none_before_anybody_wrote_that_down()
    {
        var gatewayId = await fixture.NewGatewayAsync();
        var person = await fixture.NewPersonAsync();
        var custody = await fixture.NewHeldLaptopAsync(person.PersonId);
        var id = (await fixture.CreatedAsync("accesses", new { personId = person.PersonId, deviceId = custody.DeviceId, gatewayId, effectiveAt = March })).Id();
        await (await fixture.EnrolAsync(id)).ShouldBeAsync(HttpStatusCode.OK);
        await using var store = fixture.OpenStore(Documents.All);
        var known = (await store.FindAsync<DeviceCustody>(custody.DeviceId, default))!;
        var gone = known.State.Spells[0] with { Until = March.AddDays(1), Version = 2 };

        // What is left when the process dies between learning of the theft and ending the accesses.
        var stolen = new Fleet.Provisioning.Domain.CustodySpell(Guid.CreateVersion7(), March.AddDays(1), null, Fleet.Provisioning.Domain.CustodyState.Stolen, person.PersonId, false, 2);
        (await store.WriteAsync(known.With(known.State with { Version = 2, Spells = [gone, stolen] }), default)).IsWritten.ShouldBeTrue();

        (await fixture.GetAsync($"gateways/{gatewayId}/peers"))["items"]!.AsArray().ShouldBeEmpty();
        await (await fixture.It.GetAsync($"api/provisioning/accesses/{id}/config")).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "access-ended");
    }

    private async Task<Guid> ActiveAsync(Guid personId, Guid gatewayId, DateOnly? expiresOn = null)
    {
        var id = (await fixture.CreatedAsync("accesses", new { personId, gatewayId, expiresOn, effectiveAt = March })).Id();
        await (await fixture.PostAsync($"accesses/{id}/key", new { publicKey = ProvisioningFixture.NewKey(), effectiveAt = March.AddDays(1) })).ShouldBeAsync(HttpStatusCode.OK);
        return id;
    }

    private async Task ShouldEndAsync(Guid id, string state, string reason, DateTimeOffset at)
    {
        var ended = await Eventually.ReadAsync(() => fixture.GetAsync($"accesses/{id}"), a => a.State() == state);
        ((string?)ended["reason"], (DateTimeOffset?)ended["endedAt"]).ShouldBe((reason, at));
        await Eventually.ShouldAsync(() =>
        {
            var told = fixture.Broker.Published<VpnAccessRevoked>().Single(e => e.Access.AccessId == id);
            (told.Access.State, told.Access.Reason, told.Meta.EffectiveAt, told.Meta.Actor.Subject).ShouldBe((state, reason, at, "system:provisioning"));
            return Task.CompletedTask;
        });
    }

    private static DateTimeOffset? EndsAt(System.Text.Json.Nodes.JsonNode access) => (DateTimeOffset?)access["endsAt"];

    private static PersonLeft Left(PersonState person, long version, DateOnly lastDay) => new()
    {
        Meta = ProvisioningFixture.Meta(person.PersonId, version),
        Person = person.Employed((ProvisioningFixture.FirstDay, lastDay)),
    };
}
