using Fleet.Inventory.Domain;
using static Fleet.Tests.Unit.Inventory.Given;

namespace Fleet.Tests.Unit.Inventory;

public sealed class DeviceTests
{
    [Fact]
    public void A_new_device_begins_its_history_when_it_says()
    {
        var device = ADevice(DeviceStatus.Ordered);

        device.Stands().ShouldBe(new Standing(DeviceStatus.Ordered, null, Start));
        device.Begins.ShouldBe(Start);
        device.History().ShouldHaveSingleItem().ShouldBe(new Change(Start, Day(30), DeviceStatus.Ordered, null, Counter));
    }

    [Fact]
    public void Each_status_allows_by_hand_exactly_what_the_table_says()
    {
        var table = new Dictionary<DeviceStatus, string>
        {
            [DeviceStatus.Ordered] = "InStock Lost Stolen Retired",
            [DeviceStatus.InStock] = "InRepair Lost Stolen Retired Disposed",
            [DeviceStatus.Assigned] = "Lost Stolen",
            [DeviceStatus.InRepair] = "InStock Lost Stolen Retired Disposed",
            [DeviceStatus.Lost] = "InStock Stolen Retired Disposed",
            [DeviceStatus.Stolen] = "InStock Lost Retired Disposed",
            [DeviceStatus.Retired] = "InStock Lost Stolen Disposed",
            [DeviceStatus.Disposed] = "",
        };
        var inStock = ADevice();
        var devices = Enum.GetValues<DeviceStatus>().ToDictionary(s => s, s => s switch
        {
            DeviceStatus.Ordered => ADevice(DeviceStatus.Ordered),
            DeviceStatus.InStock => inStock,
            DeviceStatus.Assigned => Follow(inStock, Told(1, Held(Day(1), Anna))),
            _ => ByHand(inStock, s, Day(1)),
        });

        foreach (var (from, device) in devices)
        {
            device.Stands().Status.ShouldBe(from);
            var allowed = Enum.GetValues<DeviceStatus>()
                .Where(to => device.SetStatus(Guid.CreateVersion7(), to, null, null, Counter, Day(40)).Item1 == Verdict.Done);
            string.Join(' ', allowed).ShouldBe(table[from], $"from {from}");
        }
    }

    [Fact]
    public void A_refused_status_leaves_the_device_as_it_was()
    {
        var device = ADevice();

        var (verdict, after) = device.SetStatus(Guid.CreateVersion7(), DeviceStatus.Assigned, null, null, Counter, Day(40));

        verdict.ShouldBe(Verdict.TransitionRefused);
        after.ShouldBeSameAs(device);
    }

    [Fact]
    public void A_status_does_not_begin_before_the_one_it_follows()
    {
        var device = ByHand(ADevice(), DeviceStatus.InRepair, Day(5));

        Verdict At(DateTimeOffset at) => device.SetStatus(Guid.CreateVersion7(), DeviceStatus.InStock, at, null, Counter, Day(40)).Item1;

        At(Day(5).AddTicks(-1)).ShouldBe(Verdict.TooEarly);
        At(Day(5)).ShouldBe(Verdict.Done);
        device.EarliestChange().ShouldBe(Day(5));
    }

    [Fact]
    public void A_status_set_now_is_accepted_although_another_clock_is_ahead_and_is_not_recorded_before_it_is_true()
    {
        var device = Follow(ADevice(), Told(1, Held(Day(10), Anna)));

        var (verdict, lost) = device.SetStatus(Guid.CreateVersion7(), DeviceStatus.Lost, null, null, Counter, Day(10).AddSeconds(-1));

        verdict.ShouldBe(Verdict.Done);
        lost.Decisions[^1].At.ShouldBe(Day(10));
        lost.Decisions[^1].RecordedAt.ShouldBe(Day(10));
        lost.Stands().ShouldBe(new Standing(DeviceStatus.Lost, Anna, Day(10)));
    }

    [Fact]
    public void Decisions_are_numbered_from_the_registration_on_and_keep_the_events_that_told_of_them()
    {
        var device = ByHand(ByHand(ADevice(), DeviceStatus.InRepair, Day(1)), DeviceStatus.InStock, Day(2));

        device.Decisions.Select(d => d.Number).ShouldBe([1, 2, 3]);
        device.Decisions.Select(d => d.EventId).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void The_same_description_is_no_change()
    {
        var device = ADevice();

        device.Describe(device.Description with { }).ShouldBe((Verdict.Done, device));
    }

    [Fact]
    public void The_kind_is_fixed_while_somebody_has_the_device()
    {
        var held = Follow(ADevice(), Told(1, Held(Day(1), Anna)));
        var free = Follow(held, Told(2, Held(Day(1), Anna), Free(Day(2))));
        var heldInRepair = Follow(ByHand(ADevice(), DeviceStatus.InRepair, Day(2)), Told(1, Held(Day(1), Anna)));

        held.Describe(held.Description with { Kind = DeviceKind.Tablet }).ShouldBe((Verdict.KindFixedWhileAssigned, held));
        heldInRepair.Describe(held.Description with { Kind = DeviceKind.Tablet }).Item1.ShouldBe(Verdict.KindFixedWhileAssigned);
        held.Describe(held.Description with { Model = "T15" }).Item1.ShouldBe(Verdict.Done);
        free.Describe(free.Description with { Kind = DeviceKind.Tablet }).Item2.Description.Kind.ShouldBe(DeviceKind.Tablet);
    }
}
