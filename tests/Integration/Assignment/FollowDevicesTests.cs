using System.Net;
using Fleet.Assignment.Domain;
using Fleet.Contracts;
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
            Begins = Since,
        };
        var renamed = device with { AssetTag = $"LRA-{Guid.CreateVersion7()}", Model = "T15" };
        var changed = new DeviceChanged { Meta = Meta(device.DeviceId, 3), Device = renamed };

        await assignment.Broker.PublishAsync(changed);
        await assignment.Broker.PublishAsync(changed);
        await assignment.CustodyAsync(device.DeviceId, c => c.FactsVersion == 3);
        await assignment.Broker.PublishAsync(new DeviceRegistered { Meta = Meta(device.DeviceId, 1), Device = device });
        await assignment.Broker.PublishAsync(new DeviceStatusChanged { Meta = Meta(device.DeviceId, 2), Device = device, PreviousStatus = "ordered" });
        // A marker behind the old news.
        await assignment.Broker.PublishAsync(new DeviceChanged { Meta = Meta(device.DeviceId, 4), Device = renamed with { Model = "T16" } });

        var custody = await assignment.CustodyAsync(device.DeviceId, c => c.FactsVersion == 4);
        (custody.Device.AssetTag, custody.Device.Model, custody.Device.Status, custody.Device.Begins).ShouldBe((renamed.AssetTag, "T16", DeviceStatus.InStock, Since));
        await CreatedAsync(await assignment.HandOverAsync(Id(await assignment.PersonAsync()), renamed.AssetTag));
    }

    [Fact]
    public async Task A_loss_decided_in_the_inventory_ends_the_custody_and_a_find_there_frees_the_device()
    {
        var (person, device) = (await assignment.PersonAsync(), await assignment.DeviceAsync());
        await CreatedAsync(await assignment.HandOverAsync(Id(person), device.AssetTag, Since.AddDays(1)));
        var stolen = Decided(device, "stolen", Since.AddDays(2), out var missing);

        await assignment.Broker.PublishAsync(stolen);
        await assignment.Broker.PublishAsync(stolen);

        var reported = (await assignment.PublishedAsync<DeviceLossReported>(device.DeviceId))[0];
        reported.Custody.Status.ShouldBe("stolen");
        reported.Custody.Spells[^1].PersonId.ShouldBe(Id(person));
        reported.Custody.Spells[^1].SpellId.ShouldBe(stolen.Meta.EventId);
        reported.Meta.CausedBy.ShouldBe(stolen.Meta.EventId);
        reported.Meta.CorrelationId.ShouldBe(stolen.Meta.CorrelationId);
        reported.Meta.Actor.ShouldBe(Actor.System("assignment"));
        reported.Meta.EffectiveAt.ShouldBe(Since.AddDays(2));
        reported.Meta.StreamNumber.ShouldBe(2);

        await assignment.Broker.PublishAsync(Decided(missing, "inStock", Since.AddDays(3), out _));

        (await assignment.PublishedAsync<DeviceFound>(device.DeviceId))[0].Custody.Status.ShouldBe("free");
        assignment.Broker.Published<DeviceLossReported>().Where(e => e.Meta.AggregateId == device.DeviceId).ShouldHaveSingleItem();
        assignment.Broker.Published<DeviceReturned>().ShouldNotContain(e => e.Meta.AggregateId == device.DeviceId);
        await CreatedAsync(await assignment.HandOverAsync(Id(person), device.AssetTag));
    }

    [Fact]
    public async Task Two_decisions_learned_at_once_are_two_events_of_one_version_numbered_on()
    {
        var device = await assignment.DeviceAsync();
        await CreatedAsync(await assignment.HandOverAsync(Id(await assignment.PersonAsync()), device.AssetTag, Since.AddDays(1)));
        _ = Decided(device, "lost", Since.AddDays(2), out var missing);

        // The news of the loss is overtaken by the news of the find, which says both.
        await assignment.Broker.PublishAsync(Decided(missing, "inStock", Since.AddDays(3), out _));

        var lost = (await assignment.PublishedAsync<DeviceLossReported>(device.DeviceId)).ShouldHaveSingleItem();
        var found = (await assignment.PublishedAsync<DeviceFound>(device.DeviceId)).ShouldHaveSingleItem();
        found.Meta.AggregateVersion.ShouldBe(lost.Meta.AggregateVersion);
        (lost.Meta.StreamNumber, found.Meta.StreamNumber).ShouldBe((2, 3));
        lost.Meta.CausedBy.ShouldBe(missing.Decisions[0].EventId);
        lost.Custody.Spells.Select(s => $"{s.State} {(s.From - Since).TotalDays}-{(s.Until - Since)?.TotalDays}").ShouldBe(["held 1-2", "lost 2-3", "free 3-"]);
    }

    [Fact]
    public async Task A_loss_decided_for_a_time_before_the_last_hand_over_leaves_the_present_holder_alone()
    {
        var (anna, ben, device) = (await assignment.PersonAsync("Huber"), await assignment.PersonAsync("Maier"), await assignment.DeviceAsync());
        await CreatedAsync(await assignment.HandOverAsync(Id(anna), device.AssetTag, Since.AddDays(1)));
        await CreatedAsync(await assignment.ReturnAsync(device.AssetTag, Since.AddDays(4)));
        await CreatedAsync(await assignment.HandOverAsync(Id(ben), device.AssetTag, Since.AddDays(5)));

        await assignment.Broker.PublishAsync(Decided(device, "stolen", Since.AddDays(2), out _));

        var reported = (await assignment.PublishedAsync<DeviceLossReported>(device.DeviceId)).ShouldHaveSingleItem();
        reported.Meta.EffectiveAt.ShouldBe(Since.AddDays(2));
        reported.Custody.Status.ShouldBe("held");
        reported.Custody.Spells.Select(s => $"{s.State} {(s.From - Since).TotalDays}-{(s.Until - Since)?.TotalDays}").ShouldBe(["held 1-2", "stolen 2-4", "free 4-5", "held 5-"]);
        reported.Custody.Spells[^1].PersonId.ShouldBe(Id(ben));
    }

    [Fact]
    public async Task What_the_inventory_sets_by_itself_is_no_decision()
    {
        var (person, device) = (await assignment.PersonAsync(), await assignment.DeviceAsync());
        await CreatedAsync(await assignment.ReportLossAsync(device.AssetTag));
        await CreatedAsync(await assignment.ReturnAsync(device.AssetTag));

        await assignment.Broker.PublishAsync(new DeviceStatusChanged { Meta = Meta(device.DeviceId, 2), Device = device with { Status = "lost" }, PreviousStatus = "inStock" });

        (await assignment.CustodyAsync(device.DeviceId, c => c.FactsVersion == 2)).Status.ShouldBe(CustodyStatus.Free);
        await CreatedAsync(await assignment.HandOverAsync(Id(person), device.AssetTag));
    }

    [Fact]
    public async Task Disposal_of_a_stolen_device_is_no_return()
    {
        var (person, device) = (await assignment.PersonAsync(), await assignment.DeviceAsync());
        await CreatedAsync(await assignment.HandOverAsync(Id(person), device.AssetTag, Since.AddDays(1)));
        _ = Decided(device, "stolen", Since.AddDays(2), out var stolen);
        await assignment.Broker.PublishAsync(Decided(stolen, "disposed", Since.AddDays(9), out _));

        var custody = await assignment.CustodyAsync(device.DeviceId, c => c.Device.Status == DeviceStatus.Disposed);
        custody.Status.ShouldBe(CustodyStatus.Stolen);
        (await assignment.PublishedAsync<DeviceLossReported>(device.DeviceId)).ShouldHaveSingleItem();
        assignment.Broker.Published<DeviceFound>().ShouldNotContain(e => e.Meta.AggregateId == device.DeviceId);
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
}
