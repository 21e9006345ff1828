using Fleet.Assignment.Domain;

namespace Fleet.Tests.Unit.Assignment;

public sealed class CustodyTests
{
    private static readonly DateTimeOffset Start = new(2020, 1, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly Holder Anna = new(Guid.CreateVersion7(), "Anna A", "anna");
    private static readonly Holder Ben = new(Guid.CreateVersion7(), "Ben B", "ben");

    private static readonly Custody Free = new()
    {
        DeviceId = Guid.CreateVersion7(),
        Device = new DeviceFacts("LT-1", "laptop", "T14", "inStock", Start),
        FactsVersion = 1,
    };

    [Fact]
    public void A_device_that_someone_holds_is_not_issued_again()
    {
        var held = Issue(Free, To(Anna, At(1)));

        held.ClaimFor(To(Ben, At(2)), At(2)).ShouldBe((CustodyVerdict.AlreadyIssued, held));
        held.Holder.ShouldBe(Anna);
    }

    [Fact]
    public void A_claimed_device_goes_to_nobody_else_and_claiming_it_again_changes_nothing()
    {
        var handover = To(Anna, At(1));
        var claimed = Free.ClaimFor(handover, At(1)).Custody;

        claimed.ClaimFor(To(Ben, At(1)), At(1)).Verdict.ShouldBe(CustodyVerdict.Claimed);
        claimed.ClaimFor(handover with { Attempt = 2 }, At(1)).Verdict.ShouldBe(CustodyVerdict.Claimed);
        claimed.ClaimFor(handover, At(5)).Custody.ShouldBeSameAs(claimed);
        claimed.Status.ShouldBe(CustodyStatus.Free);
        claimed.Released().ShouldBe(Free);
    }

    [Fact]
    public void Whatever_is_tried_the_facts_of_a_device_never_overlap()
    {
        // Every sequence of up to four acts at any of four instants: what is accepted is in order, and held only by one at a time.
        foreach (var acts in Sequences(4))
        {
            var custody = Free;
            var facts = new List<(DateTimeOffset At, CustodyStatus Status)> { (Start, CustodyStatus.Free) };
            foreach (var (act, at) in acts)
            {
                var (verdict, next) = act switch
                {
                    0 => Apply(custody, To(Anna, at)),
                    1 => custody.Return(at),
                    _ => custody.ReportLoss(CustodyStatus.Lost, at),
                };
                if (verdict != CustodyVerdict.Done)
                {
                    next.ShouldBe(custody);
                    continue;
                }

                next.ChangedAt.ShouldBe(at);
                facts.Add((at, next.Status));
                custody = next;
            }

            facts.Select(f => f.At).ShouldBeInOrder();
            facts.Zip(facts.Skip(1)).ShouldAllBe(pair => pair.First.Status != pair.Second.Status);
            facts.Zip(facts.Skip(1)).ShouldAllBe(pair => pair.Second.Status != CustodyStatus.Held || pair.First.Status == CustodyStatus.Free);
        }
    }

    [Fact]
    public void Nothing_happens_to_a_device_before_it_existed()
    {
        Free.MayIssue(At(-1)).ShouldBe(CustodyVerdict.TooEarly);
        Free.ReportLoss(CustodyStatus.Lost, At(-1)).Verdict.ShouldBe(CustodyVerdict.TooEarly);
        Free.MayIssue(Start).ShouldBe(CustodyVerdict.Done);
    }

    [Theory]
    [InlineData("ordered", CustodyVerdict.NotAvailable)]
    [InlineData("inRepair", CustodyVerdict.NotAvailable)]
    [InlineData("retired", CustodyVerdict.NotAvailable)]
    [InlineData("disposed", CustodyVerdict.NotAvailable)]
    [InlineData("inStock", CustodyVerdict.Done)]
    // The inventory's echoes of what the custody has left behind already.
    [InlineData("assigned", CustodyVerdict.Done)]
    [InlineData("lost", CustodyVerdict.Done)]
    public void The_inventory_says_whether_a_free_device_is_at_hand(string status, object verdict) =>
        Free.Follow(Free.Device with { Status = status }, 2).MayIssue(At(1)).ShouldBe((CustodyVerdict)verdict);

    [Fact]
    public void A_lost_device_keeps_its_last_holder_and_is_issued_only_after_it_was_found()
    {
        var lost = Issue(Free, To(Anna, At(1))).ReportLoss(CustodyStatus.Stolen, At(2)).Custody;

        lost.Holder.ShouldBe(Anna);
        lost.MayIssue(At(3)).ShouldBe(CustodyVerdict.Missing);
        lost.ReportLoss(CustodyStatus.Stolen, At(3)).Verdict.ShouldBe(CustodyVerdict.AlreadyReported);
        lost.ReportLoss(CustodyStatus.Lost, At(3)).Verdict.ShouldBe(CustodyVerdict.Done);
        var found = lost.Return(At(3)).Custody;
        found.MayIssue(At(3)).ShouldBe(CustodyVerdict.Done);
        found.Return(At(4)).Verdict.ShouldBe(CustodyVerdict.NotIssued);
    }

    [Fact]
    public void An_older_description_does_not_replace_a_newer_one()
    {
        var renamed = Free.Follow(Free.Device with { AssetTag = "LT-2" }, 3);

        renamed.Follow(Free.Device with { AssetTag = "LT-0" }, 2).ShouldBeSameAs(renamed);
        renamed.Follow(Free.Device with { AssetTag = "LT-0" }, 3).ShouldBeSameAs(renamed);
    }

    [Fact]
    public void A_loss_that_somebody_sets_in_the_inventory_counts_even_if_it_is_said_to_lie_before_the_hand_over()
    {
        var held = Issue(Free, To(Anna, At(5)));

        var (effect, lost) = held.FollowStatus(new StatusNews(2, true, false, CustodyStatus.Stolen, At(1)));

        effect.ShouldBe(StatusEffect.Lost);
        lost.Status.ShouldBe(CustodyStatus.Stolen);
        lost.ChangedAt.ShouldBe(At(5));
        lost.Holder.ShouldBe(Anna);
    }

    [Fact]
    public void The_inventory_s_echo_of_a_loss_does_not_lose_a_device_that_was_found_meanwhile()
    {
        var found = Issue(Free, To(Anna, At(1))).ReportLoss(CustodyStatus.Lost, At(2)).Custody.Return(At(3)).Custody;

        var (effect, after) = found.FollowStatus(new StatusNews(4, false, false, CustodyStatus.Lost, At(2)));

        effect.ShouldBe(StatusEffect.None);
        after.Status.ShouldBe(CustodyStatus.Free);
    }

    [Fact]
    public void A_loss_and_a_find_in_the_inventory_have_the_same_end_in_any_order_and_however_often_they_arrive()
    {
        var held = Issue(Free, To(Anna, At(1)));
        var loss = new StatusNews(3, true, false, CustodyStatus.Lost, At(2));
        var find = new StatusNews(4, true, true, null, At(3));

        foreach (var order in new StatusNews[][] { [loss, find], [find, loss], [loss, loss, find, find, loss] })
        {
            var end = order.Aggregate(held, (custody, news) => custody.FollowStatus(news).Custody);
            end.Status.ShouldBe(CustodyStatus.Free);
            end.ChangedAt.ShouldBe(At(3));
        }
    }

    [Fact]
    public void A_find_that_lies_before_the_hand_over_does_not_take_the_device_away()
    {
        var held = Issue(Free, To(Anna, At(5)));

        held.FollowStatus(new StatusNews(2, true, true, null, At(4))).Effect.ShouldBe(StatusEffect.None);
    }

    private static DateTimeOffset At(int hours) => Start.AddHours(hours);

    internal static Handover To(Holder receiver, DateTimeOffset at) => new()
    {
        HandoverId = Guid.CreateVersion7(),
        Status = HandoverStatus.Claiming,
        Attempt = 1,
        Receiver = receiver,
        Devices = [new HandedDevice(Free.DeviceId, "LT-1", "laptop")],
        VpnIncluded = false,
        EffectiveAt = at,
        By = new HandedBy("it", "it", Guid.CreateVersion7()),
        StartedAt = at,
    };

    private static Custody Issue(Custody custody, Handover handover)
    {
        var (verdict, issued) = Apply(custody, handover);
        verdict.ShouldBe(CustodyVerdict.Done);
        return issued;
    }

    private static (CustodyVerdict, Custody) Apply(Custody custody, Handover handover)
    {
        var (verdict, claimed) = custody.ClaimFor(handover, handover.StartedAt);
        return (verdict, verdict == CustodyVerdict.Done ? claimed.IssuedBy(handover) : custody);
    }

    private static IEnumerable<(int Act, DateTimeOffset At)[]> Sequences(int length)
    {
        if (length == 0) return [[]];
        var acts = from act in Enumerable.Range(0, 3) from hour in new[] { -1, 1, 2, 3 } select (act, At(hour));
        return from first in acts from rest in Sequences(length - 1) select ((int, DateTimeOffset)[])[first, .. rest];
    }
}
