using System.Text.Json;
using CsCheck;
using Fleet.Inventory.Domain;
using Fleet.Platform;
using static Fleet.Tests.Unit.Inventory.Given;

namespace Fleet.Tests.Unit.Inventory;

public sealed class TimelineTests
{
    private static readonly Gen<Spell[]> Spells =
        from states in Gen.Enum<CustodyState>().Array[0, 6]
        from days in Gen.Int[0, 8].Array[6]
        from people in Gen.Bool.Array[6]
        select states.Zip(days.Order(), (state, day) => (state, day))
            .Select((s, i) => new Spell(Day(s.day), s.state, s.state == CustodyState.Free ? null : people[i] ? Anna : Ben)).ToArray();

    private static readonly DeviceStatus[] Decidable = [.. Enum.GetValues<DeviceStatus>().Except([DeviceStatus.Ordered, DeviceStatus.Assigned])];

    private static readonly Gen<Device> Devices =
        from statuses in Gen.Int[0, Decidable.Length - 1].Array[0, 4]
        from days in Gen.Int[0, 8].Array[4]
        select Decided([.. statuses.Select((s, i) => new Decision(i + 2, Guid.CreateVersion7(), Decidable[s], Day(days[i]), Day(40), Counter, $"{i}"))]);

    private static readonly Gen<CustodyNews[]> News =
        from timelines in Spells.Array[0, 5]
        from days in Gen.Int[0, 8].Array[5]
        select timelines.Select((spells, i) => Told(i + 1, spells) with { At = Day(days[i]), RecordedAt = Day(50 + i), Note = $"{i}" }).ToArray();

    [Fact]
    public void Custody_told_in_any_order_and_often_comes_to_the_same_device() =>
        (from device in Devices
         from news in News
         from order in Gen.Shuffle(news.Concat(news).ToArray())
         select (device, news, order)).Sample(given =>
        {
            var inOrder = Follow(given.device, given.news);
            var shuffled = Follow(given.device, given.order);

            JsonSerializer.Serialize(shuffled, FleetJson.Options).ShouldBe(JsonSerializer.Serialize(inOrder, FleetJson.Options));
            shuffled.History().ShouldBe(inOrder.History());
            Follow(shuffled, given.news).ShouldBeSameAs(shuffled);
        });

    [Fact]
    public void A_history_ascends_changes_something_with_every_line_and_names_a_holder_exactly_where_there_can_be_one() =>
        Gen.Select(Devices, Spells).Sample((device, spells) =>
        {
            var history = Follow(device, Told(1, spells)).History();

            history.Select(c => c.At).ShouldBeInOrder();
            history.Zip(history.Skip(1)).ShouldAllBe(p => p.First.Status != p.Second.Status || p.First.HolderId != p.Second.HolderId);
            history.Where(c => c.Status is DeviceStatus.InStock or DeviceStatus.Ordered).ShouldAllBe(c => c.HolderId == null);
            history.Where(c => c.Status == DeviceStatus.Assigned).ShouldAllBe(c => c.HolderId != null);
        });

    [Fact]
    public void A_device_comes_back_from_its_stored_form_with_the_same_history() =>
        Gen.Select(Devices, Spells).Sample((device, spells) =>
        {
            var stored = Follow(device, Told(1, spells));

            var read = JsonSerializer.Deserialize<Device>(JsonSerializer.Serialize(stored, FleetJson.Options), FleetJson.Options)!;

            read.History().ShouldBe(stored.History());
        });

    [Fact]
    public void A_device_goes_from_hand_to_hand()
    {
        var device = Follow(ADevice(), Told(3, Held(Day(1), Anna), Free(Day(2)), Held(Day(3), Ben)));

        Lines(device).ShouldBe(["InStock 0", "Assigned Anna 1", "InStock 2", "Assigned Ben 3"]);
        device.Stands().ShouldBe(new Standing(DeviceStatus.Assigned, Ben, Day(3)));
    }

    [Fact]
    public void A_loss_that_is_told_before_the_hand_over_it_follows_does_not_move_the_hand_over()
    {
        var loss = Told(2, Held(Day(1), Anna), Lost(Day(9), Anna));

        var device = Follow(ADevice(), loss, Told(1, Held(Day(1), Anna)));

        Lines(device).ShouldBe(["InStock 0", "Assigned Anna 1", "Lost Anna 9"]);
    }

    [Fact]
    public void A_loss_decided_here_before_the_hand_over_is_known_was_a_loss_of_that_holder()
    {
        var lost = ByHand(ADevice(), DeviceStatus.Lost, Day(9));

        var device = Follow(lost, Told(1, Held(Day(1), Anna)));

        Lines(device).ShouldBe(["InStock 0", "Assigned Anna 1", "Lost Anna 9"]);
    }

    [Fact]
    public void What_custody_echoes_of_a_decision_leaves_the_history_as_it_was()
    {
        var lost = ByHand(Follow(ADevice(), Told(1, Held(Day(1), Anna))), DeviceStatus.Lost, Day(2), "in the train");
        var followed = Follow(lost, Echoed(lost, 2, Held(Day(1), Anna), Lost(Day(2), Anna)));
        followed.History().ShouldBe(lost.History());

        var found = ByHand(followed, DeviceStatus.InStock, Day(3), "lost property office");
        found.Stands().ShouldBe(new Standing(DeviceStatus.InStock, null, Day(3)));
        Follow(found, Echoed(found, 3, Held(Day(1), Anna), Lost(Day(2), Anna), Free(Day(3)))).History().ShouldBe(found.History());
    }

    [Fact]
    public void A_stolen_device_that_is_disposed_of_stays_so_and_has_no_return()
    {
        var stolen = Follow(ADevice(), Told(2, Held(Day(1), Anna), Stolen(Day(2), Anna)));

        var disposed = ByHand(stolen, DeviceStatus.Disposed, Day(3));

        Lines(disposed).ShouldBe(["InStock 0", "Assigned Anna 1", "Stolen Anna 2", "Disposed 3"]);
        Follow(disposed, Told(3, Held(Day(1), Anna), Stolen(Day(2), Anna), Free(Day(4)))).Stands().Status.ShouldBe(DeviceStatus.Disposed);
    }

    [Fact]
    public void A_lost_device_can_be_retired_and_nobody_has_it_then()
    {
        var lost = Follow(ADevice(), Told(2, Held(Day(1), Anna), Lost(Day(2), Anna)));

        ByHand(lost, DeviceStatus.Retired, Day(3)).Stands().ShouldBe(new Standing(DeviceStatus.Retired, null, Day(3)));
    }

    [Fact]
    public void A_device_in_repair_keeps_its_holder_and_goes_back_to_them()
    {
        // The hand-over is told after the repair began, which the counter could not know.
        var inRepair = Follow(ByHand(ADevice(), DeviceStatus.InRepair, Day(3)), Told(1, Held(Day(1), Anna)));
        inRepair.Stands().ShouldBe(new Standing(DeviceStatus.InRepair, Anna, Day(3)));

        ByHand(inRepair, DeviceStatus.InStock, Day(5)).Stands().ShouldBe(new Standing(DeviceStatus.Assigned, Anna, Day(5)));
    }

    [Fact]
    public void A_return_during_a_repair_takes_the_holder_and_leaves_the_repair_its_own_beginning()
    {
        var inRepair = ByHand(ADevice(), DeviceStatus.InRepair, Day(3));

        var returned = Follow(inRepair, Told(2, Held(Day(1), Anna), Free(Day(4))));

        returned.Stands().ShouldBe(new Standing(DeviceStatus.InRepair, null, Day(3)));
        Lines(returned).ShouldBe(["InStock 0", "Assigned Anna 1", "InRepair Anna 3", "InRepair 4"]);
    }

    [Fact]
    public void A_device_that_nobody_had_is_lost_by_nobody()
    {
        var device = Follow(ADevice(), Told(3, Held(Day(1), Anna), Free(Day(2)), Lost(Day(3), null)));

        device.Stands().ShouldBe(new Standing(DeviceStatus.Lost, null, Day(3)));
    }

    [Fact]
    public void A_correction_replaces_what_was_told_before()
    {
        var wrong = Follow(ADevice(), Told(1, Held(Day(1), Anna)));

        Lines(Follow(wrong, Told(2, Held(Day(4), Ben)))).ShouldBe(["InStock 0", "Assigned Ben 4"]);
        Lines(Follow(wrong, Told(2))).ShouldBe(["InStock 0"]);
    }

    [Fact]
    public void A_line_is_told_by_the_event_that_made_it_whichever_comes_first()
    {
        var handOver = Told(1, Held(Day(1), Anna)) with { Actor = new("it.huber", "it"), RecordedAt = Day(41) };
        var taking = Told(2, Held(Day(1), Anna), Free(Day(2))) with { Note = "scratched", RecordedAt = Day(42) };

        var device = Follow(ADevice(), taking, handOver);

        device.History().Skip(1).ShouldBe(
        [
            new Change(Day(1), Day(41), DeviceStatus.Assigned, Anna, new("it.huber", "it")),
            new Change(Day(2), Day(42), DeviceStatus.InStock, null, Counter, "scratched"),
        ]);
    }

    private static Device Decided(IReadOnlyList<Decision> decisions)
    {
        var device = ADevice();
        return device with { Decisions = [.. device.Decisions, .. decisions] };
    }
}
