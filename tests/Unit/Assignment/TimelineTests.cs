using Fleet.Assignment.Domain;
using static Fleet.Tests.Unit.Assignment.Given;

namespace Fleet.Tests.Unit.Assignment;

/// <summary>However the inventory's news come between what is done here, the same facts are the same timeline.</summary>
public sealed class TimelineTests
{
    [Fact]
    public void News_of_the_inventory_in_any_order_and_twice_make_the_same_timeline()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            // Versions 2, 3, … of the device, each with one decision more, dealt to the gaps between the acts.
            var decisions = Enumerable.Range(1, random.Next(1, 5)).Select(n => new Decision(n, Guid.CreateVersion7(), Any(random), At(random.Next(0, 10)))).ToList();
            var gaps = decisions.Select(_ => random.Next(0, 5)).Order().ToList();
            var acts = Enumerable.Range(0, 4).Select(_ => (Kind: random.Next(3), At: At(random.Next(0, 10)), Handover: AHandoverTo(random.Next(2) == 0 ? Anna : Ben, Start), Id: Guid.CreateVersion7())).ToList();

            var tidy = Run(acts, decisions, gaps, news => news);
            var untidy = Run(acts, decisions, gaps, news => [.. news.Concat(news).OrderBy(_ => random.Next())]);

            untidy.Spells.ShouldBe(tidy.Spells, $"seed {seed}");
            CustodyTests.ShouldBeSound(tidy.Spells);
        }
    }

    [Fact]
    public void What_was_accepted_before_or_after_the_news_makes_the_same_timeline()
    {
        var compared = 0;
        for (var seed = 0; seed < 5000; seed++)
        {
            var random = new Random(seed);
            var decisions = Enumerable.Range(1, 2).Select(n => new Decision(n, Guid.CreateVersion7(), Any(random), At(random.Next(0, 10)))).ToList();
            var acts = Enumerable.Range(0, 3).Select(_ => (Kind: random.Next(3), At: At(random.Next(0, 10)), Handover: AHandoverTo(random.Next(2) == 0 ? Anna : Ben, Start), Id: Guid.CreateVersion7())).ToList();

            var early = Run(acts, decisions, [0, 0], news => news);
            var late = Run(acts, decisions, [3, 3], news => news);

            // Somebody who does not know of a loss may do what would be refused otherwise; only the same acts are comparable.
            if (!early.Acts.SequenceEqual(late.Acts)) continue;
            compared++;
            early.Spells.ShouldBe(late.Spells, $"seed {seed}");
        }

        compared.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void A_loss_reported_for_a_time_before_the_inventory_had_the_device_back_ends_with_that()
    {
        var held = AFreeDevice.Issued(AHandoverTo(Anna, At(1)));

        held.After((DeviceStatus.InStock, At(3))).Lost(At(2)).Story().ShouldBe("held Anna 1-2, lost Anna 2-3, free 3-");
        held.Lost(At(2)).After((DeviceStatus.InStock, At(3))).Story().ShouldBe("held Anna 1-2, lost Anna 2-3, free 3-");
    }

    [Fact]
    public void A_decision_told_later_for_an_earlier_time_is_sorted_by_its_instant()
    {
        var held = AFreeDevice.Issued(AHandoverTo(Anna, At(1)));

        held.After((DeviceStatus.Stolen, At(5)), (DeviceStatus.Lost, At(3))).Story().ShouldBe("held Anna 1-3, lost Anna 3-5, stolen Anna 5-");
        held.After((DeviceStatus.InStock, At(5)), (DeviceStatus.Lost, At(3))).Story().ShouldBe("held Anna 1-3, lost Anna 3-5, free 5-");
    }

    private static Custody Run(
        List<(int Kind, DateTimeOffset At, Handover Handover, Guid Id)> acts, List<Decision> decisions, List<int> gaps, Func<List<int>, List<int>> deliver)
    {
        var custody = AFreeDevice;
        for (var gap = 0; gap <= acts.Count; gap++)
        {
            foreach (var known in deliver([.. Enumerable.Range(1, decisions.Count).Where(n => gaps[n - 1] == gap)]))
                custody = custody.Follow(AFreeDevice.Device with { Decisions = decisions[..known] }, known + 1);
            if (gap == acts.Count) break;

            var (kind, at, handover, id) = acts[gap];
            var (verdict, next) = kind switch
            {
                0 => Issue(custody, handover with { EffectiveAt = at }),
                1 => custody.Return(id, at),
                _ => custody.ReportLoss(CustodyStatus.Lost, id, at),
            };
            if (verdict == CustodyVerdict.Done) custody = next;
        }

        return custody;
    }

    private static (CustodyVerdict, Custody) Issue(Custody custody, Handover handover)
    {
        var (verdict, claimed) = custody.ClaimFor(handover, handover.StartedAt);
        return (verdict, verdict == CustodyVerdict.Done ? claimed.IssuedBy(handover) : custody);
    }

    private static DeviceStatus Any(Random random) =>
        new[] { DeviceStatus.Lost, DeviceStatus.Stolen, DeviceStatus.InStock, DeviceStatus.Disposed, DeviceStatus.InRepair }[random.Next(5)];
}
