using System.Net;
using System.Text.Json.Nodes;
using Fleet.Contracts;
using Fleet.Platform.Security;

namespace Fleet.Tests.Integration.Provisioning;

public class FollowCustodyTests(ProvisioningFixture fixture) : IClassFixture<ProvisioningFixture>
{
    [Fact]
    public async Task A_laptop_handed_over_with_VPN_gets_one_access_however_often_it_is_told()
    {
        var custody = Issued();
        var issued = custody.Issued();

        await fixture.Broker.PublishAsync(issued);
        await fixture.Broker.PublishAsync(issued);

        await ShouldHaveAsync(custody, "requested");
        await SettledAsync();
        var access = (await fixture.AccessesOfAsync(custody.DeviceId)).ShouldHaveSingleItem();
        access.Id().ShouldBe(custody.Spells[0].SpellId);
        ((DateTimeOffset?)access["requestedAt"]).ShouldBe(custody.Spells[0].From);
        await Eventually.ShouldAsync(() =>
        {
            var requested = fixture.Broker.Published<VpnAccessRequested>().Single(e => e.Access.DeviceId == custody.DeviceId);
            requested.Meta.CorrelationId.ShouldBe(issued.Meta.CorrelationId);
            requested.Meta.CausedBy.ShouldBe(issued.Meta.EventId);
            requested.Meta.Actor.Subject.ShouldBe("system:provisioning");
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Other_devices_and_kits_get_none()
    {
        var phone = Custody.Of("phone").Then("held", Guid.CreateVersion7());
        var laptop = Custody.Of("laptop").Then("held", Guid.CreateVersion7(), vpn: false);

        await fixture.Broker.PublishAsync(phone.Issued());
        await fixture.Broker.PublishAsync(laptop.Issued());

        await SettledAsync();
        (await fixture.AccessesOfAsync(phone.DeviceId)).ShouldBeEmpty();
        (await fixture.AccessesOfAsync(laptop.DeviceId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stolen_laptop_loses_its_access_and_the_address_goes_to_the_next()
    {
        var gatewayId = await fixture.NewGatewayAsync("10.77.0.0/30");
        var person = await fixture.NewPersonAsync();
        var custody = await fixture.NewHeldLaptopAsync(person.PersonId);
        var id = (await fixture.CreatedAsync("accesses", new { personId = person.PersonId, deviceId = custody.DeviceId, gatewayId })).Id();
        var active = await (await fixture.EnrolAsync(id)).ShouldBeAsync(HttpStatusCode.OK);
        var stolen = custody.Then("stolen", person.PersonId).LossReported();

        await fixture.Broker.PublishAsync(stolen);
        await fixture.Broker.PublishAsync(stolen);

        await ShouldHaveAsync(custody, "revoked");
        ((string?)(await fixture.GetAsync($"accesses/{id}"))["reason"]).ShouldBe("stolen");
        await SettledAsync();
        fixture.Broker.Published<VpnAccessRevoked>().Count(e => e.Access.AccessId == id).ShouldBe(1);
        var next = await (await fixture.EnrolAsync(await fixture.NewAccessAsync(gatewayId))).ShouldBeAsync(HttpStatusCode.OK);
        ((string?)next["address"]).ShouldBe((string?)active["address"]);
    }

    [Fact]
    public async Task A_stolen_laptop_stays_off()
    {
        var gatewayId = await fixture.NewGatewayAsync();
        var person = await fixture.NewPersonAsync();
        var custody = await fixture.NewHeldLaptopAsync(person.PersonId, vpn: true);
        await ShouldHaveAsync(custody, "requested");
        await fixture.Broker.PublishAsync(custody.Then("stolen", person.PersonId).LossReported());
        await ShouldHaveAsync(custody, "revoked");

        var problem = await (await fixture.PostAsync("accesses", new { personId = person.PersonId, deviceId = custody.DeviceId, gatewayId }))
            .ShouldBeRefusedAsync(HttpStatusCode.Conflict, "device-not-held");
        ((string?)problem["custody"]).ShouldBe("stolen");
        var ended = await (await fixture.EnrolAsync(custody.Spells[0].SpellId)).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "access-ended");
        ((string?)ended["reason"]).ShouldBe("stolen");
        (await fixture.GetAsync($"gateways/{gatewayId}/peers"))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_device_that_is_unknown_or_somebody_else_s_gets_no_access()
    {
        var (person, other) = (await fixture.NewPersonAsync(), await fixture.NewPersonAsync());
        var custody = await fixture.NewHeldLaptopAsync(other.PersonId);
        await (await fixture.PostAsync("accesses", new { personId = other.PersonId, deviceId = custody.DeviceId })).ShouldBeAsync(HttpStatusCode.Created);

        await (await fixture.PostAsync("accesses", new { personId = person.PersonId, deviceId = Guid.CreateVersion7() }))
            .ShouldBeRefusedAsync(HttpStatusCode.NotFound, "device-unknown");
        var problem = await (await fixture.PostAsync("accesses", new { personId = person.PersonId, deviceId = custody.DeviceId }))
            .ShouldBeRefusedAsync(HttpStatusCode.Conflict, "device-not-held");
        ((Guid?)problem["holder"]!["personId"]).ShouldBe(other.PersonId);
        await (await fixture.PostAsync("accesses", new { personId = other.PersonId, deviceId = custody.DeviceId, effectiveAt = custody.Spells[0].From.AddDays(-1) }))
            .ShouldBeRefusedAsync(HttpStatusCode.BadRequest, "effective-at-too-early");
    }

    [Fact]
    public async Task A_hand_over_that_is_on_its_way_is_waited_for()
    {
        var person = await fixture.NewPersonAsync();
        var custody = Custody.Of("laptop").Then("held", person.PersonId, vpn: false);

        var asking = fixture.PostAsync("accesses", new { personId = person.PersonId, deviceId = custody.DeviceId });
        await fixture.Broker.PublishAsync(custody.Issued());

        ((Guid?)(await (await asking).ShouldBeAsync(HttpStatusCode.Created))["deviceId"]).ShouldBe(custody.DeviceId);
    }

    [Fact]
    public async Task A_return_heard_of_before_its_hand_over_ends_as_in_order()
    {
        var issued = Issued();
        var returned = issued.Then("free");

        await fixture.Broker.PublishAsync(returned.Returned());
        await ShouldHaveAsync(issued, "revoked");
        await fixture.Broker.PublishAsync(issued.Issued());

        await SettledAsync();
        var access = (await fixture.AccessesOfAsync(issued.DeviceId)).ShouldHaveSingleItem();
        access.State().ShouldBe("revoked");
        ((string?)access["reason"]).ShouldBe("returned");
        ((DateTimeOffset?)access["requestedAt"], (DateTimeOffset?)access["endedAt"]).ShouldBe((returned.Spells[0].From, returned.Spells[1].From));
    }

    [Fact]
    public async Task Another_receiver_by_correction_gets_the_access_and_the_wrong_one_has_none()
    {
        var (wrong, right) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var issued = Custody.Of("laptop").Then("held", wrong);
        await fixture.Broker.PublishAsync(issued.Issued());
        await ShouldHaveAsync(issued, "requested");

        var corrected = issued.Corrected(right);
        await fixture.Broker.PublishAsync(corrected.Correction());

        await ShouldHaveAsync(issued, "requested", "revoked");
        var accesses = await fixture.AccessesOfAsync(issued.DeviceId);
        var ended = accesses.Single(a => a.State() == "revoked");
        ((Guid?)ended["personId"], (string?)ended["reason"]).ShouldBe((wrong, "corrected"));
        ((Guid?)accesses.Single(a => a.State() == "requested")["personId"]).ShouldBe(right);
    }

    [Fact]
    public async Task All_at_once_come_out_as_in_order()
    {
        var histories = Enumerable.Range(0, 20).Select(_ =>
        {
            var issued = Issued();
            var returned = issued.Then("free");
            var again = returned.Then("held", Guid.CreateVersion7());
            var stolen = again.Then("stolen");
            return (issued, returned, again, stolen, found: stolen.Then("free"));
        }).ToList();

        await Task.WhenAll(histories.SelectMany(h => new[]
        {
            fixture.Broker.PublishAsync(h.found.Found()), fixture.Broker.PublishAsync(h.again.Issued()), fixture.Broker.PublishAsync(h.stolen.LossReported()),
            fixture.Broker.PublishAsync(h.issued.Issued()), fixture.Broker.PublishAsync(h.returned.Returned()), fixture.Broker.PublishAsync(h.again.Issued()),
        }));

        await SettledAsync();
        foreach (var history in histories)
        {
            (await fixture.AccessesOfAsync(history.issued.DeviceId)).Select(Shape).ShouldBe(
                [(history.found.Spells[0], "returned"), (history.found.Spells[2], "stolen")], ignoreOrder: true);
        }

        static (CustodySpell, string?) Shape(JsonNode access) => (new CustodySpell
        {
            SpellId = access.Id(),
            From = (DateTimeOffset)access["requestedAt"]!,
            Until = (DateTimeOffset?)access["endedAt"],
            State = "held",
            PersonId = (Guid)access["personId"]!,
            VpnIncluded = true,
        }, (string?)access["reason"]);
    }

    [Fact]
    public async Task What_is_known_of_a_person_is_the_newest_and_shows_at_their_access()
    {
        var person = await fixture.NewPersonAsync();
        var id = (await fixture.CreatedAsync("accesses", new { personId = person.PersonId })).Id();
        using var employee = fixture.AsPerson(person.PersonId, person.UserName, Roles.Employee);

        await fixture.Broker.PublishAsync(new PersonChanged { Meta = ProvisioningFixture.Meta(person.PersonId, 3), Person = person with { FamilyName = "Neumann" } });
        await fixture.Broker.PublishAsync(new PersonChanged { Meta = ProvisioningFixture.Meta(person.PersonId, 2), Person = person with { FamilyName = "Alt" } });

        await Eventually.ShouldAsync(async () =>
        {
            var shown = await (await employee.GetAsync($"api/provisioning/accesses/{id}")).ShouldBeAsync(HttpStatusCode.OK);
            ((Guid?)shown["person"]!["personId"], (string?)shown["person"]!["name"]).ShouldBe((person.PersonId, "Ada Neumann"));
        });
    }

    private static Custody Issued() => Custody.Of("laptop").Then("held", Guid.CreateVersion7());

    private async Task ShouldHaveAsync(Custody custody, params string[] states) => await Eventually.ShouldAsync(
        async () => (await fixture.AccessesOfAsync(custody.DeviceId)).Select(a => a.State()).ShouldBe(states, ignoreOrder: true));

    /// <summary>Returns when what was published before has been handled: a later hand-over has its effect, and the queue is empty.</summary>
    private async Task SettledAsync()
    {
        for (var i = 0; i < 3; i++)
        {
            var custody = Issued();
            await fixture.Broker.PublishAsync(custody.Issued());
            await ShouldHaveAsync(custody, "requested");
        }

        await Eventually.ShouldAsync(async () => (await fixture.Broker.CountAsync("provisioning-follow-custody")).ShouldBe(0u));
        (await fixture.Broker.CountAsync("provisioning-follow-custody_error")).ShouldBe(0u);
    }
}
