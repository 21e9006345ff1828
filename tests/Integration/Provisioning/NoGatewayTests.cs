using System.Net;

namespace Fleet.Tests.Integration.Provisioning;

/// <summary>An installation of its own, in which the gateways are these tests' alone.</summary>
public class NoGatewayTests(ProvisioningFixture fixture) : IClassFixture<ProvisioningFixture>
{
    [Fact]
    public async Task A_key_waits_for_the_first_gateway_and_the_oldest_with_room_is_used()
    {
        var access = await fixture.NewAccessAsync();
        await (await fixture.EnrolAsync(access)).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "no-gateway");

        var small = await fixture.NewGatewayAsync("10.9.0.0/30");
        var second = await fixture.NewGatewayAsync("10.8.0.0/30");
        ((Guid?)(await (await fixture.EnrolAsync(access)).ShouldBeAsync(HttpStatusCode.OK))["gatewayId"]).ShouldBe(small);
        ((Guid?)(await (await fixture.EnrolAsync(await fixture.NewAccessAsync())).ShouldBeAsync(HttpStatusCode.OK))["gatewayId"]).ShouldBe(second);
        await (await fixture.EnrolAsync(await fixture.NewAccessAsync())).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "network-full");
    }
}
