using System.Net;
using System.Net.Http.Json;

namespace Fleet.Tests.Integration.Provisioning;

public class GatewayTests(ProvisioningFixture fixture) : IClassFixture<ProvisioningFixture>
{
    [Fact]
    public async Task A_gateway_is_shown_as_registered_with_its_own_address()
    {
        var network = fixture.NewNetwork();
        var created = await fixture.CreatedAsync("gateways", new
        {
            name = "north",
            endpoint = "[2001:db8::1]:51820",
            publicKey = ProvisioningFixture.NewKey(),
            network,
            dns = new[] { "10.0.0.53", "county.example" },
        });

        var shown = await fixture.GetAsync($"gateways/{created.Id()}");

        shown.ToJsonString().ShouldBe(created.ToJsonString());
        ((string?)shown["address"]).ShouldBe(network.Replace(".0/28", ".1", StringComparison.Ordinal));
        shown["allowedIps"]!.AsArray().Select(i => (string?)i).ShouldBe([network]);
        (await fixture.GetAsync("gateways"))["items"]!.AsArray().Select(i => i!.Id()).ShouldContain(created.Id());
    }

    [Fact]
    public async Task Gateways_are_found_by_the_beginning_of_any_word_of_their_names()
    {
        var word = $"a{Guid.CreateVersion7():N}"[..20];
        var first = (await fixture.CreatedAsync("gateways", new { name = $"Müllhof {word}", endpoint = "vpn.example.org:51820", publicKey = ProvisioningFixture.NewKey(), network = fixture.NewNetwork() })).Id();
        var second = (await fixture.CreatedAsync("gateways", new { name = $"Amt {word}", endpoint = "vpn.example.org:51820", publicKey = ProvisioningFixture.NewKey(), network = fixture.NewNetwork() })).Id();
        async Task<IEnumerable<Guid>> ListAsync(string query) => (await fixture.GetAsync($"gateways?{query}"))["items"]!.AsArray().Select(i => i!.Id());

        (await ListAsync($"search={word[..12]}&sort=name")).ShouldBe([second, first]);
        (await ListAsync($"search=mull {word}")).ShouldBe([first]);
        await (await fixture.It.GetAsync("api/provisioning/gateways?colour=red")).ShouldBeRefusedAsync(HttpStatusCode.BadRequest, "unknown-parameter");
    }

    [Fact]
    public async Task A_name_is_given_once_and_networks_do_not_overlap()
    {
        var (name, network) = ($"south {Guid.CreateVersion7()}", "172.16.0.0/16");
        object Body(string name, string network) => new { name, endpoint = "vpn.example.org:51820", publicKey = ProvisioningFixture.NewKey(), network };
        var id = (await fixture.CreatedAsync("gateways", Body(name, network))).Id();

        await (await fixture.PostAsync("gateways", Body(name.ToUpperInvariant(), fixture.NewNetwork()))).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "gateway-name-taken");
        var problem = await (await fixture.PostAsync("gateways", Body("inside", "172.16.9.0/24"))).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "network-overlaps");
        problem["gateway"]!.Id().ShouldBe(id);
    }

    [Fact]
    public async Task Of_gateways_registered_at_the_same_moment_with_overlapping_networks_one_is_there()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => fixture.PostAsync("gateways", new
        {
            name = $"racer {i}",
            endpoint = "vpn.example.org:51820",
            publicKey = ProvisioningFixture.NewKey(),
            network = $"172.20.0.0/{16 + i}",
        })));

        answers.Count(a => a.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.Conflict).ShouldBe(7);
    }

    [Fact]
    public async Task Every_wrong_field_is_named()
    {
        var problem = await (await fixture.PostAsync("gateways", new
        {
            endpoint = "vpn.example.org",
            publicKey = ProvisioningFixture.NewKey(),
            network = "10.20.0.1/22",
            dns = new[] { "10.20.0.1", "1.1.1.1\nPostUp = x" },
            allowedIps = new[] { "10.0.0.1/8" },
            colour = "red",
        })).ShouldBeRefusedAsync(HttpStatusCode.BadRequest, "validation-failed");

        problem["errors"]!.AsObject().Select(e => e.Key).ShouldBe(["allowedIps[0]", "colour", "dns[1]", "endpoint", "name", "network"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_public_key_that_is_none_has_its_own_code() => await (await fixture.PostAsync("gateways", new
    {
        name = "keyless",
        endpoint = "vpn.example.org:51820",
        publicKey = "short",
        network = fixture.NewNetwork(),
    })).ShouldBeRefusedAsync(HttpStatusCode.BadRequest, "public-key-invalid");

    [Fact]
    public async Task An_idempotency_key_gives_the_first_answer_again()
    {
        var body = new { name = $"once {Guid.CreateVersion7()}", endpoint = "vpn.example.org:51820", publicKey = ProvisioningFixture.NewKey(), network = fixture.NewNetwork() };
        async Task<HttpResponseMessage> SendAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/provisioning/gateways") { Content = JsonContent.Create(body) };
            request.Headers.Add("Idempotency-Key", body.name);
            return await fixture.It.SendAsync(request);
        }

        var first = await (await SendAsync()).ShouldBeAsync(HttpStatusCode.Created);
        var second = await (await SendAsync()).ShouldBeAsync(HttpStatusCode.Created);

        second.ToJsonString().ShouldBe(first.ToJsonString());
    }
}
