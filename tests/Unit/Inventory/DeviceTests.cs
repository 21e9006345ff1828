using Fleet.Inventory.Domain;

namespace Fleet.Tests.Unit.Inventory;

public sealed class DeviceTests
{
    private static readonly DateTimeOffset Start = new(2020, 1, 7, 8, 0, 0, TimeSpan.Zero);
    private static readonly Actor Counter = new("it.weber", "it");
    private static readonly Holder Anna = new(Guid.CreateVersion7(), "Anna Huber", "anna.huber");
    private static readonly Holder Ben = new(Guid.CreateVersion7(), "Ben Maier", "ben.maier");

    [Fact]
    public void A_new_device_begins_its_history_when_it_says()
    {
        var device = Registered(DeviceStatus.Ordered);

        device.Status.ShouldBe(DeviceStatus.Ordered);
        device.Since.ShouldBe(Start);
        device.History.ShouldHaveSingleItem().ShouldBe(new StatusChange(Start, Day(30), DeviceStatus.Ordered, Counter));
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

        foreach (var from in Enum.GetValues<DeviceStatus>())
        {
            var device = Registered(DeviceStatus.InStock) with { Status = from };
            var allowed = Enum.GetValues<DeviceStatus>().Where(to => device.SetStatus(to, null, null, Counter, Day(40)).Item1 == Verdict.Done);
            string.Join(' ', allowed).ShouldBe(table[from], $"from {from}");
        }
    }

    [Fact]
    public void A_refused_status_leaves_the_device_as_it_was()
    {
        var device = Registered();

        var (verdict, after) = device.SetStatus(DeviceStatus.Assigned, null, null, Counter, Day(40));

        verdict.ShouldBe(Verdict.TransitionRefused);
        after.ShouldBeSameAs(device);
    }

    [Fact]
    public void A_status_does_not_begin_before_the_one_it_follows()
    {
        var device = ByHand(Registered(), DeviceStatus.InRepair, Day(5));

        device.SetStatus(DeviceStatus.InStock, Day(5).AddTicks(-1), null, Counter, Day(40)).Item1.ShouldBe(Verdict.TooEarly);
        device.SetStatus(DeviceStatus.InStock, Day(5), null, Counter, Day(40)).Item1.ShouldBe(Verdict.Done);
        device.EarliestChange().ShouldBe(Day(5));
    }

    [Fact]
    public void A_status_set_now_is_accepted_although_another_clock_is_ahead()
    {
        var device = Registered().Follow(Issued(1, Anna, Day(10)), Day(10));

        var (verdict, lost) = device.SetStatus(DeviceStatus.Lost, null, null, Counter, Day(10).AddSeconds(-1));

        verdict.ShouldBe(Verdict.Done);
        lost.History[^1].At.ShouldBe(Day(10));
    }

    [Fact]
    public void A_lost_device_keeps_its_holder_until_it_is_found()
    {
        var lost = ByHand(Registered().Follow(Issued(1, Anna, Day(1)), Day(1)), DeviceStatus.Lost, Day(2));
        lost.Holder.ShouldBe(Anna);

        ByHand(lost, DeviceStatus.InStock, Day(3)).Holder.ShouldBeNull();
    }

    [Fact]
    public void The_same_description_is_no_change()
    {
        var device = Registered();

        device.Describe(device.Description with { }).ShouldBe((Verdict.Done, device));
    }

    [Fact]
    public void The_kind_is_fixed_while_somebody_has_the_device()
    {
        var held = Registered().Follow(Issued(1, Anna, Day(1)), Day(1));
        var free = held.Follow(Fact(2, CustodyAct.Returned, Day(2)), Day(2));

        held.Describe(held.Description with { Kind = DeviceKind.Tablet }).ShouldBe((Verdict.KindFixedWhileAssigned, held));
        held.Describe(held.Description with { Model = "T15" }).Item1.ShouldBe(Verdict.Done);
        free.Describe(free.Description with { Kind = DeviceKind.Tablet }).Item2.Description.Kind.ShouldBe(DeviceKind.Tablet);
    }

    [Fact]
    public void Custody_makes_a_device_assigned_and_free_again()
    {
        var issued = Registered().Follow(Issued(1, Anna, Day(1)), Day(1));
        issued.Status.ShouldBe(DeviceStatus.Assigned);
        issued.Holder.ShouldBe(Anna);

        var returned = issued.Follow(Fact(2, CustodyAct.Returned, Day(2)) with { Note = "scratched" }, Day(3));
        returned.Status.ShouldBe(DeviceStatus.InStock);
        returned.Holder.ShouldBeNull();
        returned.History[^1].ShouldBe(new StatusChange(Day(2), Day(3), DeviceStatus.InStock, Counter, "scratched", null, 2));
    }

    [Fact]
    public void A_custody_fact_that_arrives_again_changes_nothing()
    {
        var issued = Registered().Follow(Issued(1, Anna, Day(1)), Day(1));
        var returned = issued.Follow(Fact(2, CustodyAct.Returned, Day(2)), Day(2));

        issued.Follow(Issued(1, Anna, Day(1)), Day(4)).ShouldBeSameAs(issued);
        returned.Follow(Issued(1, Anna, Day(1)), Day(4)).ShouldBeSameAs(returned);
    }

    [Fact]
    public void Custody_facts_in_any_order_come_to_the_same_device()
    {
        CustodyFact[] facts = [Issued(1, Anna, Day(1)), Fact(3, CustodyAct.Returned, Day(2)), Issued(5, Ben, Day(3)), Fact(6, CustodyAct.Stolen, Day(4))];

        foreach (var order in Permutations(facts))
        {
            var device = order.Aggregate(Registered(), (d, fact) => d.Follow(fact, Day(9)));

            device.Status.ShouldBe(DeviceStatus.Stolen);
            device.Holder.ShouldBe(Ben);
            device.Changes().Select(c => (c.Status, c.Holder, c.At)).ShouldBe(
            [
                (DeviceStatus.InStock, null, Start),
                (DeviceStatus.Assigned, Anna, Day(1)),
                (DeviceStatus.InStock, null, Day(2)),
                (DeviceStatus.Assigned, Ben, Day(3)),
                (DeviceStatus.Stolen, Ben, Day(4)),
            ]);
        }
    }

    [Fact]
    public void A_loss_set_by_hand_and_confirmed_by_custody_is_one_change()
    {
        var lost = ByHand(Registered().Follow(Issued(1, Anna, Day(1)), Day(1)), DeviceStatus.Lost, Day(2));

        var confirmed = lost.Follow(Fact(2, CustodyAct.Lost, Day(2)), Day(2));

        confirmed.Changes().Count().ShouldBe(3);
        confirmed.Changes().ShouldBe(lost.Changes());
    }

    [Fact]
    public void A_free_device_that_gets_lost_has_no_holder()
    {
        var free = Registered().Follow(Issued(1, Anna, Day(1)), Day(1)).Follow(Fact(2, CustodyAct.Returned, Day(2)), Day(2));

        // Custody still names who had it last.
        var lost = free.Follow(Fact(3, CustodyAct.Lost, Day(3)) with { Holder = Anna }, Day(3));

        lost.Status.ShouldBe(DeviceStatus.Lost);
        lost.Holder.ShouldBeNull();
    }

    [Fact]
    public void A_return_does_not_bring_back_what_was_moved_on_by_hand()
    {
        foreach (var status in new[] { DeviceStatus.Retired, DeviceStatus.Disposed })
        {
            var gone = ByHand(ByHand(Registered().Follow(Issued(1, Anna, Day(1)), Day(1)), DeviceStatus.Lost, Day(2)), status, Day(3));

            gone.Follow(Fact(2, CustodyAct.Returned, Day(4)), Day(4)).Status.ShouldBe(status);
        }
    }

    private static Device Registered(DeviceStatus status = DeviceStatus.InStock) => Device.Register(
        Guid.CreateVersion7(), new Description("LRA-0001", "PF2ABC12", DeviceKind.Laptop, "Lenovo", "T14"), status, Start, Counter, Day(30));

    private static Device ByHand(Device device, DeviceStatus status, DateTimeOffset at)
    {
        var (verdict, after) = device.SetStatus(status, at, null, Counter, Day(40));
        verdict.ShouldBe(Verdict.Done);
        return after;
    }

    private static CustodyFact Issued(long version, Holder holder, DateTimeOffset at) => Fact(version, CustodyAct.Issued, at) with { Holder = holder };

    private static CustodyFact Fact(long version, CustodyAct act, DateTimeOffset at) => new(version, act, null, at, Counter);

    private static DateTimeOffset Day(int days) => Start.AddDays(days);

    private static IEnumerable<CustodyFact[]> Permutations(CustodyFact[] facts) => facts.Length == 0
        ? [[]]
        : facts.SelectMany(first => Permutations([.. facts.Where(f => f != first)]).Select(rest => (CustodyFact[])[first, .. rest]));
}
