using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Fleet.Tests.Integration.Provisioning;

public class WatchPeersTests(ProvisioningFixture fixture) : IClassFixture<ProvisioningFixture>
{
    [Fact]
    public async Task Active_accesses_are_peers_and_whoever_waits_hears_of_a_change()
    {
        var gatewayId = await fixture.NewGatewayAsync();
        var (first, second, key) = (await fixture.NewAccessAsync(gatewayId), await fixture.NewAccessAsync(gatewayId), ProvisioningFixture.NewKey());
        var active = await (await fixture.EnrolAsync(first, key)).ShouldBeAsync(HttpStatusCode.OK);

        var before = await AskAsync(gatewayId, 0, null);
        (await PeersOf(before)).ShouldBe([(key, (string)active["address"]!)]);
        (await AskAsync(gatewayId, 0, before.Headers.ETag!.Tag)).StatusCode.ShouldBe(HttpStatusCode.NotModified);

        var waiting = AskAsync(gatewayId, 60, before.Headers.ETag!.Tag);
        await (await fixture.EnrolAsync(second)).ShouldBeAsync(HttpStatusCode.OK);
        var after = await waiting;
        (await PeersOf(after)).Count.ShouldBe(2);

        waiting = AskAsync(gatewayId, 60, after.Headers.ETag!.Tag);
        await (await fixture.PostAsync($"accesses/{first}/revoke", new { reason = "stolen" })).ShouldBeAsync(HttpStatusCode.OK);
        (await PeersOf(await waiting)).ShouldHaveSingleItem().PublicKey.ShouldNotBe(key);
    }

    [Fact]
    public async Task Without_a_change_the_wait_ends_with_304()
    {
        var gatewayId = await fixture.NewGatewayAsync();
        var tag = (await AskAsync(gatewayId, 0, null)).Headers.ETag!.Tag;

        (await AskAsync(gatewayId, 1, tag)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task A_wait_too_long_and_an_unknown_gateway_are_refused()
    {
        await (await AskAsync(await fixture.NewGatewayAsync(), 61, null)).ShouldBeRefusedAsync(HttpStatusCode.BadRequest, "validation-failed");
        await (await AskAsync(Guid.CreateVersion7(), 0, null)).ShouldBeRefusedAsync(HttpStatusCode.NotFound, "not-found");
    }

    private async Task<HttpResponseMessage> AskAsync(Guid gatewayId, int wait, string? known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/provisioning/gateways/{gatewayId}/peers?wait={wait}");
        if (known is not null) request.Headers.Add("If-None-Match", known);
        return await fixture.It.SendAsync(request);
    }

    private static async Task<List<(string PublicKey, string Address)>> PeersOf(HttpResponseMessage response) =>
        [.. (await response.Content.ReadFromJsonAsync<JsonNode>())!["items"]!.AsArray().Select(p => ((string)p!["publicKey"]!, (string)p["address"]!))];
}
