using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Fleet.Contracts;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Fleet.Provisioning;
using Fleet.Provisioning.Domain;
using AccessSpell = Fleet.Contracts.AccessSpell;

namespace Fleet.Tests.Integration.Provisioning;

public class AccessTests(ProvisioningFixture fixture) : IClassFixture<ProvisioningFixture>
{
    private static readonly DateTimeOffset March = new(2020, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_access_gets_key_and_address_and_loses_them_when_revoked()
    {
        var gatewayId = await fixture.NewGatewayAsync();
        var person = await fixture.NewPersonAsync();
        var requested = await fixture.CreatedAsync("accesses", new { personId = person.PersonId, gatewayId, effectiveAt = March });
        var (id, key) = (requested.Id(), ProvisioningFixture.NewKey());
        requested.State().ShouldBe("requested");

        var active = await (await fixture.PostAsync($"accesses/{id}/key", new { publicKey = key, effectiveAt = March.AddDays(1) })).ShouldBeAsync(HttpStatusCode.OK);
        active.State().ShouldBe("active");
        ((string?)active["address"]).ShouldNotBeNull().ShouldEndWith(".2");
        ((string?)active["publicKey"]).ShouldBe(key);

        var revoked = await (await fixture.PostAsync($"accesses/{id}/revoke", new { reason = "left", effectiveAt = March.AddDays(2) })).ShouldBeAsync(HttpStatusCode.OK);
        revoked.State().ShouldBe("revoked");
        (await fixture.GetAsync($"accesses/{id}")).ToJsonString().ShouldBe(revoked.ToJsonString());

        await Eventually.ShouldAsync(() =>
        {
            fixture.Broker.Published<VpnAccessRequested>().Single(e => e.Access.AccessId == id).Meta.EffectiveAt.ShouldBe(March);
            var activated = fixture.Broker.Published<VpnAccessActivated>().Single(e => e.Access.AccessId == id);
            activated.Meta.EffectiveAt.ShouldBe(March.AddDays(1));
            activated.Meta.Actor.ShouldBe(new Actor { Subject = "ina", Role = "it" });
            activated.Access.Address.ShouldBe((string?)active["address"]);
            var ended = fixture.Broker.Published<VpnAccessRevoked>().Single(e => e.Access.AccessId == id);
            (ended.Meta.AggregateVersion, ended.Meta.StreamNumber, ended.Access.State, ended.Access.Reason).ShouldBe((3, 3, "revoked", "left"));
            ended.Access.Spells.ShouldBe(
            [
                new AccessSpell { From = March, Until = March.AddDays(1), State = "requested" },
                new AccessSpell { From = March.AddDays(1), Until = March.AddDays(2), State = "active" },
                new AccessSpell { From = March.AddDays(2), State = "revoked" },
            ]);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Many_keys_at_once_get_an_address_each()
    {
        var gatewayId = await fixture.NewGatewayAsync("10.200.0.0/24");
        var accesses = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => fixture.NewAccessAsync(gatewayId)));

        var active = await Task.WhenAll(accesses.Select(async id => await (await fixture.EnrolAsync(id)).ShouldBeAsync(HttpStatusCode.OK)));

        active.Select(a => (string?)a["address"]).ShouldBe(Enumerable.Range(2, 100).Select(i => $"10.200.0.{i}"), ignoreOrder: true);
    }

    [Fact]
    public async Task A_full_network_is_said_to_be_full_until_an_address_is_free_again()
    {
        var gatewayId = await fixture.NewGatewayAsync();
        var accesses = new List<Guid>();
        for (var i = 0; i < 13; i++) accesses.Add(await fixture.NewAccessAsync(gatewayId));
        var addresses = new Dictionary<Guid, string>();
        foreach (var id in accesses) addresses[id] = (string)(await (await fixture.EnrolAsync(id)).ShouldBeAsync(HttpStatusCode.OK))["address"]!;
        var next = await fixture.NewAccessAsync(gatewayId);

        await (await fixture.EnrolAsync(next)).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "network-full");

        // The address that was free first is used first.
        await (await fixture.PostAsync($"accesses/{accesses[7]}/revoke", new { reason = "left" })).ShouldBeAsync(HttpStatusCode.OK);
        await (await fixture.PostAsync($"accesses/{accesses[3]}/revoke", new { reason = "left" })).ShouldBeAsync(HttpStatusCode.OK);
        ((string?)(await (await fixture.EnrolAsync(next)).ShouldBeAsync(HttpStatusCode.OK))["address"]).ShouldBe(addresses[accesses[7]]);
    }

    [Fact]
    public async Task A_key_belongs_to_one_access_at_a_time()
    {
        var gatewayId = await fixture.NewGatewayAsync();
        var (first, second, key) = (await fixture.NewAccessAsync(gatewayId), await fixture.NewAccessAsync(gatewayId), ProvisioningFixture.NewKey());
        await (await fixture.EnrolAsync(first, key)).ShouldBeAsync(HttpStatusCode.OK);

        await (await fixture.EnrolAsync(second, key)).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "public-key-in-use");
        await (await fixture.PostAsync($"accesses/{first}/revoke", new { reason = "left" })).ShouldBeAsync(HttpStatusCode.OK);
        await (await fixture.EnrolAsync(second, key)).ShouldBeAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_same_key_sent_twice_at_once_activates_once()
    {
        var id = await fixture.NewAccessAsync(await fixture.NewGatewayAsync());
        var key = ProvisioningFixture.NewKey();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ => await (await fixture.EnrolAsync(id, key)).ShouldBeAsync(HttpStatusCode.OK)));

        answers.Select(a => a.ToJsonString()).Distinct().ShouldHaveSingleItem();
        await Eventually.ReadAsync(() => Task.FromResult(fixture.Broker.Published<VpnAccessActivated>().Count(e => e.Access.AccessId == id)), count => count == 1);
        await (await fixture.EnrolAsync(id)).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "key-already-registered");
    }

    [Fact]
    public async Task An_address_taken_before_a_crash_is_the_one_the_access_gets()
    {
        var gatewayId = await fixture.NewGatewayAsync();
        var id = await fixture.NewAccessAsync(gatewayId);
        await using (var store = fixture.OpenStore(Documents.All))
        {
            // What is left when the process dies between the lease and the access.
            var lease = new Lease { GatewayId = gatewayId, Offset = 2, AccessId = id };
            (await store.WriteAsync(new Document<Lease>(Lease.IdOf(gatewayId, 2), 0, lease), default)).IsWritten.ShouldBeTrue();
        }

        var other = await (await fixture.EnrolAsync(await fixture.NewAccessAsync(gatewayId))).ShouldBeAsync(HttpStatusCode.OK);
        var active = await (await fixture.EnrolAsync(id)).ShouldBeAsync(HttpStatusCode.OK);

        ((string?)active["address"]).ShouldNotBeNull().ShouldEndWith(".2");
        ((string?)other["address"]).ShouldNotBeNull().ShouldEndWith(".3");
    }

    [Fact]
    public async Task Keys_and_instants_that_cannot_be_are_refused()
    {
        var id = await fixture.NewAccessAsync(await fixture.NewGatewayAsync());
        Task<HttpResponseMessage> Send(object body) => fixture.PostAsync($"accesses/{id}/key", body);
        var key = ProvisioningFixture.NewKey();

        await (await Send(new { publicKey = "c2hvcnQ=" })).ShouldBeRefusedAsync(HttpStatusCode.BadRequest, "public-key-invalid");
        await (await Send(new { })).ShouldBeRefusedAsync(HttpStatusCode.BadRequest, "validation-failed");
        await (await Send(new { publicKey = key, effectiveAt = TimeProvider.System.GetUtcNow().AddHours(1) })).ShouldBeRefusedAsync(HttpStatusCode.BadRequest, "effective-at-in-future");
        await (await Send(new { publicKey = key, effectiveAt = March })).ShouldBeRefusedAsync(HttpStatusCode.BadRequest, "effective-at-too-early");
        await (await fixture.EnrolAsync(Guid.CreateVersion7())).ShouldBeRefusedAsync(HttpStatusCode.NotFound, "not-found");
        (await fixture.GetAsync($"accesses/{id}")).State().ShouldBe("requested");
    }

    [Fact]
    public async Task A_key_and_its_end_count_from_now_on_although_the_clock_that_told_of_the_hand_over_is_ahead()
    {
        await fixture.NewGatewayAsync();
        var ahead = TimeProvider.System.GetUtcNow().AddMinutes(3);
        var laptop = Custody.Of("laptop").Then("held", (await fixture.NewPersonAsync()).PersonId);
        laptop = laptop with { Spells = [laptop.Spells[0] with { From = ahead }] };
        await fixture.Broker.PublishAsync(laptop.Issued());
        var access = await Eventually.ReadAsync(() => fixture.AccessesOfAsync(laptop.DeviceId), found => found.Count == 1);

        await (await fixture.EnrolAsync(access[0].Id())).ShouldBeAsync(HttpStatusCode.OK);
        var revoked = await (await fixture.PostAsync($"accesses/{access[0].Id()}/revoke", new { reason = "left" })).ShouldBeAsync(HttpStatusCode.OK);

        revoked.State().ShouldBe("revoked");
        var told = await Eventually.ReadAsync(() => Task.FromResult(fixture.Broker.Published<VpnAccessRevoked>().Where(e => e.Access.AccessId == access[0].Id()).ToList()), e => e.Count == 1);
        told[0].Access.Spells.Select(s => s.From).ShouldBe([ahead, ahead, ahead]);
    }

    [Fact]
    public async Task Requests_for_unknown_people_and_gateways_or_before_the_first_day_are_refused()
    {
        var personId = (await fixture.NewPersonAsync()).PersonId;

        await (await fixture.PostAsync("accesses", new { personId = Guid.CreateVersion7() })).ShouldBeRefusedAsync(HttpStatusCode.NotFound, "person-unknown");
        await (await fixture.PostAsync("accesses", new { personId, gatewayId = Guid.CreateVersion7() })).ShouldBeRefusedAsync(HttpStatusCode.NotFound, "gateway-unknown");
        await (await fixture.PostAsync("accesses", new { personId, effectiveAt = "2019-11-30T22:59:59Z" })).ShouldBeRefusedAsync(HttpStatusCode.BadRequest, "effective-at-too-early");
        await (await fixture.PostAsync("accesses", new { personId, effectiveAt = "2019-11-30T23:00:00Z" })).ShouldBeAsync(HttpStatusCode.Created);
        await (await fixture.PostAsync("accesses", new { personId, expiresOn = "2020-01-01" })).ShouldBeRefusedAsync(HttpStatusCode.BadRequest, "validation-failed");
    }

    [Fact]
    public async Task An_outdated_If_Match_changes_nothing()
    {
        var id = await fixture.NewAccessAsync(await fixture.NewGatewayAsync());
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/provisioning/accesses/{id}/revoke") { Content = JsonContent.Create(new { reason = "left" }) };
        request.Headers.Add("If-Match", "\"7\"");

        await (await fixture.It.SendAsync(request)).ShouldBeRefusedAsync(HttpStatusCode.PreconditionFailed, "version-mismatch");
        (await fixture.GetAsync($"accesses/{id}")).State().ShouldBe("requested");
    }

    [Fact]
    public async Task Employees_enrol_and_see_their_own_access_and_no_other()
    {
        var gatewayId = await fixture.NewGatewayAsync();
        var person = await fixture.NewPersonAsync();
        var own = (await fixture.CreatedAsync("accesses", new { personId = person.PersonId, gatewayId })).Id();
        var foreign = await fixture.NewAccessAsync(gatewayId);
        using var employee = fixture.AsPerson(person.PersonId, "ada", Roles.Employee);
        Task<HttpResponseMessage> Enrol(Guid id, object body) => employee.PostAsJsonAsync($"api/provisioning/accesses/{id}/key", body);

        await (await Enrol(foreign, new { publicKey = ProvisioningFixture.NewKey() })).ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "not-yours");
        await (await Enrol(own, new { publicKey = ProvisioningFixture.NewKey(), effectiveAt = March })).ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "backdating-not-allowed");
        await (await Enrol(own, new { publicKey = ProvisioningFixture.NewKey() })).ShouldBeAsync(HttpStatusCode.OK);
        await (await employee.GetAsync($"api/provisioning/accesses/{foreign}/config")).ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "not-yours");
        (await employee.GetStringAsync($"api/provisioning/accesses/{own}/config")).ShouldContain("PrivateKey = <private key>");
        var list = await employee.GetFromJsonAsync<JsonNode>("api/provisioning/accesses");
        list!["items"]!.AsArray().Select(i => i!.Id()).ShouldBe([own]);
        (await employee.GetFromJsonAsync<JsonNode>($"api/provisioning/accesses?gatewayId={gatewayId}"))!["items"]!.AsArray().Select(i => i!.Id()).ShouldBe([own]);
        await (await employee.PostAsJsonAsync($"api/provisioning/accesses/{own}/revoke", new { reason = "x" })).ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "role-missing");
    }

    [Fact]
    public async Task A_user_name_makes_nobody_the_owner()
    {
        var person = await fixture.NewPersonAsync();
        var id = (await fixture.CreatedAsync("accesses", new { personId = person.PersonId })).Id();
        using var namesake = fixture.AsPerson(Guid.CreateVersion7(), person.UserName, Roles.Employee);
        using var nobody = fixture.As(person.UserName, Roles.Employee);

        foreach (var caller in new[] { namesake, nobody })
        {
            await (await caller.GetAsync($"api/provisioning/accesses/{id}")).ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "not-yours");
            (await caller.GetFromJsonAsync<JsonNode>("api/provisioning/accesses"))!["items"]!.AsArray().ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_gateway_s_own_key_is_no_peer_s()
    {
        var key = ProvisioningFixture.NewKey();
        object Gateway(string publicKey) => new { name = $"gateway {Guid.CreateVersion7()}", endpoint = "vpn.example.org:51820", publicKey, network = fixture.NewNetwork() };
        var gatewayId = (await fixture.CreatedAsync("gateways", Gateway(key))).Id();
        var (access, peerKey) = (await fixture.NewAccessAsync(gatewayId), ProvisioningFixture.NewKey());

        await (await fixture.EnrolAsync(access, key)).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "public-key-in-use");
        await (await fixture.EnrolAsync(access, peerKey)).ShouldBeAsync(HttpStatusCode.OK);
        await (await fixture.PostAsync("gateways", Gateway(key))).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "public-key-in-use");
        await (await fixture.PostAsync("gateways", Gateway(peerKey))).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "public-key-in-use");
    }

    [Fact]
    public async Task Lists_are_filtered()
    {
        var gatewayId = await fixture.NewGatewayAsync();
        var (active, requested) = (await fixture.NewAccessAsync(gatewayId), await fixture.NewAccessAsync(gatewayId));
        await (await fixture.EnrolAsync(active)).ShouldBeAsync(HttpStatusCode.OK);
        async Task<IEnumerable<Guid>> ListAsync(string filter) => (await fixture.GetAsync($"accesses?{filter}"))["items"]!.AsArray().Select(i => i!.Id());

        (await ListAsync($"gatewayId={gatewayId}")).ShouldBe([active, requested]);
        (await ListAsync($"gatewayId={gatewayId}&state=active")).ShouldBe([active]);
        (await ListAsync($"gatewayId={gatewayId}&state=Active,requested&expiresOnFrom=2020-01-01")).ShouldBeEmpty();
        (await ListAsync($"gatewayId={gatewayId}&state=requested&limit=1")).ShouldBe([requested]);
        using var asked = new HttpRequestMessage(HttpMethod.Get, $"api/provisioning/accesses?gatewayId={gatewayId}&state=active") { Headers = { { "Accept", "text/csv" } } };
        var table = (await (await fixture.It.SendAsync(asked)).Content.ReadAsStringAsync()).Trim('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        (table.Length, table[1].StartsWith($"{active},", StringComparison.Ordinal)).ShouldBe((2, true));
        await (await fixture.It.GetAsync("api/provisioning/accesses?state=blue")).ShouldBeRefusedAsync(HttpStatusCode.BadRequest, "validation-failed");
    }
}
