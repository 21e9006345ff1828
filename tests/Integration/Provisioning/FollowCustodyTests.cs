using System.Net;
using Fleet.Contracts;

namespace Fleet.Tests.Integration.Provisioning;

public class FollowCustodyTests(ProvisioningFixture fixture) : IClassFixture<ProvisioningFixture>
{
    [Fact]
    public async Task A_laptop_handed_over_with_VPN_gets_one_access_however_often_it_is_told()
    {
        var (device, issued) = Issue(version: 2);

        await fixture.Broker.PublishAsync(issued);
        await fixture.Broker.PublishAsync(issued);

        await ShouldHaveAsync(device, "requested");
        await SettledAsync();
        var access = (await fixture.AccessesOfAsync(device)).ShouldHaveSingleItem();
        access.Id().ShouldBe(issued.Meta.EventId);
        ((DateTimeOffset?)access["requestedAt"]).ShouldBe(issued.Meta.EffectiveAt);
        await Eventually.ShouldAsync(() =>
        {
            var requested = fixture.Broker.Published<VpnAccessRequested>().Single(e => e.Access.DeviceId == device);
            requested.Meta.CorrelationId.ShouldBe(issued.Meta.CorrelationId);
            requested.Meta.Actor.Subject.ShouldBe("system:provisioning");
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Other_devices_and_kits_get_none()
    {
        var (phone, phoneIssued) = Issue(version: 2, kind: "phone");
        var (laptop, laptopIssued) = Issue(version: 2, vpn: false);

        await fixture.Broker.PublishAsync(phoneIssued);
        await fixture.Broker.PublishAsync(laptopIssued);

        await SettledAsync();
        (await fixture.AccessesOfAsync(phone)).ShouldBeEmpty();
        (await fixture.AccessesOfAsync(laptop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stolen_laptop_loses_its_access_and_the_address_goes_to_the_next()
    {
        var gatewayId = await fixture.NewGatewayAsync("10.77.0.0/30");
        var device = Guid.CreateVersion7();
        var id = (await fixture.CreatedAsync("accesses", new { personId = (await fixture.NewPersonAsync()).PersonId, deviceId = device, gatewayId })).Id();
        var active = await (await fixture.EnrolAsync(id)).ShouldBeAsync(HttpStatusCode.OK);
        var lost = Loss(device, version: 3, "stolen");

        await fixture.Broker.PublishAsync(lost);
        await fixture.Broker.PublishAsync(lost);

        await ShouldHaveAsync(device, "revoked");
        ((string?)(await fixture.GetAsync($"accesses/{id}"))["reason"]).ShouldBe("stolen");
        await SettledAsync();
        fixture.Broker.Published<VpnAccessRevoked>().Count(e => e.Access.AccessId == id).ShouldBe(1);
        var next = await (await fixture.EnrolAsync(await fixture.NewAccessAsync(gatewayId))).ShouldBeAsync(HttpStatusCode.OK);
        ((string?)next["address"]).ShouldBe((string?)active["address"]);
    }

    [Fact]
    public async Task A_return_heard_of_before_its_hand_over_leaves_no_access()
    {
        var (device, issued) = Issue(version: 2);

        await fixture.Broker.PublishAsync(Return(device, version: 3));
        await SettledAsync();
        await fixture.Broker.PublishAsync(issued);

        await SettledAsync();
        (await fixture.AccessesOfAsync(device)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_return_heard_of_after_the_next_hand_over_ends_the_first_access_only()
    {
        var (device, first) = Issue(version: 2);
        var (_, second) = Issue(version: 4, device: device);

        await fixture.Broker.PublishAsync(first);
        await ShouldHaveAsync(device, "requested");
        await fixture.Broker.PublishAsync(second);
        await ShouldHaveAsync(device, "requested", "requested");
        await fixture.Broker.PublishAsync(Return(device, version: 3));

        await ShouldHaveAsync(device, "revoked", "requested");
        (await fixture.AccessesOfAsync(device)).Single(a => a.State() == "requested").Id().ShouldBe(second.Meta.EventId);
    }

    [Fact]
    public async Task All_at_once_come_out_as_in_order()
    {
        var histories = Enumerable.Range(0, 20).Select(_ => Issue(version: 2)).ToList();

        await Task.WhenAll(histories.SelectMany(h => new[] { fixture.Broker.PublishAsync(Return(h.Device, version: 3)), fixture.Broker.PublishAsync(h.Issued) }));

        await SettledAsync();
        foreach (var (device, _) in histories) (await fixture.AccessesOfAsync(device)).ShouldAllBe(a => a.State() == "revoked");
    }

    [Fact]
    public async Task What_is_known_of_a_person_is_the_newest()
    {
        var person = await fixture.NewPersonAsync();
        var newer = person with { UserName = person.UserName + "-new" };
        await fixture.Broker.PublishAsync(new PersonChanged { Meta = ProvisioningFixture.Meta(person.PersonId, 3), Person = newer });
        await fixture.Broker.PublishAsync(new PersonChanged { Meta = ProvisioningFixture.Meta(person.PersonId, 2), Person = person with { UserName = "older" } });
        var id = (await fixture.CreatedAsync("accesses", new { personId = person.PersonId })).Id();
        using var employee = fixture.As(newer.UserName, "employee");

        await Eventually.ShouldAsync(async () => await (await employee.GetAsync($"api/provisioning/accesses/{id}")).ShouldBeAsync(HttpStatusCode.OK));
    }

    private static (Guid Device, DeviceIssued Issued) Issue(long version, string kind = "laptop", bool vpn = true, Guid? device = null)
    {
        var id = device ?? Guid.CreateVersion7();
        var holder = new HolderState { PersonId = Guid.CreateVersion7(), Name = "Ada Ahrens", UserName = "ada" };
        return (id, new DeviceIssued
        {
            Meta = ProvisioningFixture.Meta(id, version),
            Custody = new CustodyState { DeviceId = id, Kind = kind, Status = "held", VpnIncluded = vpn, Holder = holder },
        });
    }

    private static DeviceReturned Return(Guid device, long version) => new()
    {
        Meta = ProvisioningFixture.Meta(device, version),
        Custody = new CustodyState { DeviceId = device, Kind = "laptop", Status = "free" },
    };

    private static DeviceLossReported Loss(Guid device, long version, string status) => new()
    {
        Meta = ProvisioningFixture.Meta(device, version),
        Custody = new CustodyState { DeviceId = device, Kind = "laptop", Status = status },
    };

    private async Task ShouldHaveAsync(Guid device, params string[] states) =>
        await Eventually.ShouldAsync(async () => (await fixture.AccessesOfAsync(device)).Select(a => a.State()).ShouldBe(states, ignoreOrder: true));

    /// <summary>Returns when what was published before has been handled: a later hand-over has its effect, and the queue is empty.</summary>
    private async Task SettledAsync()
    {
        for (var i = 0; i < 3; i++)
        {
            var (device, issued) = Issue(version: 2);
            await fixture.Broker.PublishAsync(issued);
            await ShouldHaveAsync(device, "requested");
        }

        await Eventually.ShouldAsync(async () => (await fixture.Broker.CountAsync("provisioning-follow-custody")).ShouldBe(0u));
        (await fixture.Broker.CountAsync("provisioning-follow-custody_error")).ShouldBe(0u);
    }
}
