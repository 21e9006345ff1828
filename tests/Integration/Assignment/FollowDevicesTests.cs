using System.Net;
using Fleet.Assignment;
using Fleet.Assignment.Domain;
using Fleet.Contracts;
using Fleet.Platform.Store;
using static Fleet.Tests.Integration.Assignment.AssignmentFixture;

namespace Fleet.Tests.Integration.Assignment;

public sealed class FollowDevicesTests(AssignmentFixture assignment) : IClassFixture<AssignmentFixture>
{
    [Fact]
    public async Task A_device_is_known_as_the_newest_news_say_whatever_their_order()
    {
        var device = new DeviceState
        {
            DeviceId = Guid.CreateVersion7(),
            AssetTag = $"LRA-{Guid.CreateVersion7()}",
            Kind = "laptop",
            Model = "T14",
            Status = "inStock",
            Since = Since,
        };
        var renamed = device with { AssetTag = $"LRA-{Guid.CreateVersion7()}", Model = "T15" };
        var changed = new DeviceChanged { Meta = Meta(device.DeviceId, 3), Device = renamed };

        await assignment.Broker.PublishAsync(changed);
        await assignment.Broker.PublishAsync(changed);
        await CustodyAsync(device.DeviceId, c => c.FactsVersion == 3);
        await assignment.Broker.PublishAsync(new DeviceRegistered { Meta = Meta(device.DeviceId, 1), Device = device });
        await assignment.Broker.PublishAsync(new DeviceStatusChanged { Meta = Meta(device.DeviceId, 2), Device = device, PreviousStatus = "ordered" });

        // The status is considered although the description is newer, and then older news are done with.
        var custody = await CustodyAsync(device.DeviceId, c => c.StatusVersion == 2);
        custody.Device.ShouldBe(new DeviceFacts(renamed.AssetTag, "laptop", "T15", "inStock", Since));
        await CreatedAsync(await assignment.HandOverAsync(Id(await assignment.PersonAsync()), renamed.AssetTag));
    }

    [Fact]
    public async Task A_loss_set_in_the_inventory_ends_the_custody_and_a_find_there_frees_the_device()
    {
        var (person, device) = (await assignment.PersonAsync(), await assignment.DeviceAsync());
        await CreatedAsync(await assignment.HandOverAsync(Id(person), device.AssetTag));
        var lost = new DeviceStatusChanged { Meta = Meta(device.DeviceId, 3), Device = device with { Status = "stolen" }, PreviousStatus = "assigned" };

        await assignment.Broker.PublishAsync(lost);
        await assignment.Broker.PublishAsync(lost);

        var reported = (await assignment.PublishedAsync<DeviceLossReported>(device.DeviceId))[0];
        reported.Custody.Status.ShouldBe("stolen");
        reported.Custody.Holder!.PersonId.ShouldBe(Id(person));
        reported.Meta.CorrelationId.ShouldBe(lost.Meta.CorrelationId);
        reported.Meta.Actor.ShouldBe(new Actor { Subject = "system:assignment", Role = "system" });
        reported.Meta.EffectiveAt.ShouldBe(lost.Meta.EffectiveAt);
        // The inventory's echo of that report means nothing new.
        await assignment.Broker.PublishAsync(new DeviceStatusChanged { Meta = Meta(device.DeviceId, 4, "system"), Device = lost.Device, PreviousStatus = "stolen" });

        await assignment.Broker.PublishAsync(new DeviceStatusChanged { Meta = Meta(device.DeviceId, 5), Device = device, PreviousStatus = "stolen" });

        (await assignment.PublishedAsync<DeviceReturned>(device.DeviceId))[0].Custody.Status.ShouldBe("free");
        assignment.Broker.Published<DeviceLossReported>().Where(e => e.Meta.AggregateId == device.DeviceId).Select(e => e.Meta.EventId).ShouldHaveSingleItem();
        await CreatedAsync(await assignment.HandOverAsync(Id(person), device.AssetTag));
    }

    [Fact]
    public async Task The_echo_of_a_loss_that_comes_after_the_find_changes_nothing()
    {
        var (person, device) = (await assignment.PersonAsync(), await assignment.DeviceAsync());
        await CreatedAsync(await assignment.ReportLossAsync(device.AssetTag));
        await CreatedAsync(await assignment.ReturnAsync(device.AssetTag));

        await assignment.Broker.PublishAsync(new DeviceStatusChanged { Meta = Meta(device.DeviceId, 2, "system"), Device = device with { Status = "lost" }, PreviousStatus = "inStock" });

        (await CustodyAsync(device.DeviceId, c => c.StatusVersion == 2)).Status.ShouldBe(CustodyStatus.Free);
        await CreatedAsync(await assignment.HandOverAsync(Id(person), device.AssetTag));
    }

    [Fact]
    public async Task A_device_in_repair_is_handed_over_as_soon_as_it_is_back()
    {
        var (person, device) = (await assignment.PersonAsync(), await assignment.DeviceAsync(status: "inRepair"));
        await ShouldBeRefusedAsync(await assignment.HandOverAsync(Id(person), device.AssetTag), HttpStatusCode.Conflict, "device-not-available");

        var handOver = assignment.HandOverAsync(Id(person), device.AssetTag);
        await assignment.Broker.PublishAsync(new DeviceStatusChanged { Meta = Meta(device.DeviceId, 2), Device = device with { Status = "inStock" }, PreviousStatus = "inRepair" });

        await CreatedAsync(await handOver);
    }

    private Task<Custody> CustodyAsync(Guid deviceId, Func<Custody, bool> condition) => Eventually.ReadAsync(
        async () =>
        {
            await using var store = assignment.OpenStore(Documents.All);
            return (await store.FindAsync<Custody>(deviceId, CancellationToken.None)).ShouldNotBeNull().State;
        },
        condition);
}
