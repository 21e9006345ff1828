using Fleet.Assignment.Domain;
using static Fleet.Tests.Unit.Assignment.Given;

namespace Fleet.Tests.Unit.Assignment;

public sealed class CustodyTests
{
    [Fact]
    public void A_device_that_someone_holds_is_not_issued_again()
    {
        var held = AFreeDevice.Issued(AHandoverTo(Anna, At(1)));

        held.ClaimFor(AHandoverTo(Ben, At(2)), At(2)).ShouldBe((CustodyVerdict.AlreadyIssued, held));
        held.HolderId.ShouldBe(Anna);
    }

    [Fact]
    public void A_claimed_device_goes_to_nobody_else_and_claiming_it_again_changes_nothing()
    {
        var handover = AHandoverTo(Anna, At(1));
        var claimed = AFreeDevice.ClaimFor(handover, At(1)).Custody;

        claimed.ClaimFor(AHandoverTo(Ben, At(1)), At(1)).Verdict.ShouldBe(CustodyVerdict.Claimed);
        claimed.ClaimFor(handover with { Attempt = 2 }, At(1)).Verdict.ShouldBe(CustodyVerdict.Claimed);
        claimed.ClaimFor(handover, At(5)).Custody.ShouldBeSameAs(claimed);
        claimed.Status.ShouldBe(CustodyStatus.Free);
        claimed.Released().ShouldBe(AFreeDevice);
    }

    [Fact]
    public void Whatever_is_tried_the_spells_of_a_device_never_overlap()
    {
        // Every sequence of up to four acts at any of four instants, with and without what the inventory decides between.
        foreach (var decisions in new (DeviceStatus, DateTimeOffset)[][] { [], [(DeviceStatus.Stolen, At(2)), (DeviceStatus.InStock, At(3))] })
        {
            foreach (var acts in Sequences(decisions.Length == 0 ? 4 : 3))
            {
                var custody = AFreeDevice.After(decisions);
                foreach (var (act, at) in acts)
                {
                    var (verdict, next) = act switch
                    {
                        0 => Apply(custody, AHandoverTo(Anna, at)),
                        1 => custody.Return(Guid.CreateVersion7(), at),
                        _ => custody.ReportLoss(CustodyStatus.Lost, Guid.CreateVersion7(), at),
                    };
                    if (verdict == CustodyVerdict.Done) next.Current!.From.ShouldBe(at);
                    else next.ShouldBe(custody);
                    custody = next;
                }

                ShouldBeSound(custody.Spells);
            }
        }
    }

    [Fact]
    public void Nothing_happens_to_a_device_before_it_existed()
    {
        AFreeDevice.MayIssue(At(-1)).ShouldBe(CustodyVerdict.TooEarly);
        AFreeDevice.ReportLoss(CustodyStatus.Lost, Guid.CreateVersion7(), At(-1)).Verdict.ShouldBe(CustodyVerdict.TooEarly);
        AFreeDevice.MayIssue(Start).ShouldBe(CustodyVerdict.Done);
    }

    [Theory]
    [InlineData(DeviceStatus.Ordered, CustodyVerdict.NotAvailable)]
    [InlineData(DeviceStatus.InRepair, CustodyVerdict.NotAvailable)]
    [InlineData(DeviceStatus.Retired, CustodyVerdict.NotAvailable)]
    [InlineData(DeviceStatus.Disposed, CustodyVerdict.NotAvailable)]
    [InlineData(DeviceStatus.InStock, CustodyVerdict.Done)]
    // The inventory's echoes of what the custody has left behind already.
    [InlineData(DeviceStatus.Assigned, CustodyVerdict.Done)]
    [InlineData(DeviceStatus.Lost, CustodyVerdict.Done)]
    public void The_inventory_says_whether_a_free_device_is_at_hand(object status, object verdict) =>
        AFreeDevice.Follow(AFreeDevice.Device with { Status = (DeviceStatus)status }, 2).MayIssue(At(1)).ShouldBe((CustodyVerdict)verdict);

    [Fact]
    public void A_lost_device_remembers_out_of_whose_hands_and_is_issued_only_after_it_was_found()
    {
        var lost = AFreeDevice.Issued(AHandoverTo(Anna, At(1))).Lost(At(2), CustodyStatus.Stolen);

        lost.Current!.PersonId.ShouldBe(Anna);
        lost.HolderId.ShouldBeNull();
        lost.MayIssue(At(3)).ShouldBe(CustodyVerdict.Missing);
        lost.ReportLoss(CustodyStatus.Stolen, Guid.CreateVersion7(), At(3)).Verdict.ShouldBe(CustodyVerdict.AlreadyReported);
        lost.Lost(At(3)).Story().ShouldBe("held Anna 1-2, stolen Anna 2-3, lost Anna 3-");
        var found = lost.Returned(At(3));
        found.MayIssue(At(3)).ShouldBe(CustodyVerdict.Done);
        found.Return(Guid.CreateVersion7(), At(4)).Verdict.ShouldBe(CustodyVerdict.NotIssued);
    }

    [Fact]
    public void A_device_stolen_out_of_the_stock_was_in_nobody_s_hands() =>
        AFreeDevice.Issued(AHandoverTo(Anna, At(1))).Returned(At(2)).After((DeviceStatus.Stolen, At(3))).Story().ShouldBe("held Anna 1-2, free 2-3, stolen 3-");

    [Fact]
    public void Older_news_of_the_inventory_do_not_replace_newer_ones()
    {
        var renamed = AFreeDevice.Follow(AFreeDevice.Device with { AssetTag = "LT-2" }, 3);

        renamed.Follow(AFreeDevice.Device with { AssetTag = "LT-0" }, 2).ShouldBeSameAs(renamed);
        renamed.Follow(AFreeDevice.Device with { AssetTag = "LT-0" }, 3).ShouldBeSameAs(renamed);
    }

    [Fact]
    public void A_loss_decided_in_the_inventory_lasts_until_the_spell_ends_that_it_falls_into()
    {
        var custody = AFreeDevice.Issued(AHandoverTo(Anna, At(1))).Returned(At(4)).Issued(AHandoverTo(Ben, At(5)));

        custody.After((DeviceStatus.Stolen, At(2))).Story().ShouldBe("held Anna 1-2, stolen Anna 2-4, free 4-5, held Ben 5-");
    }

    [Fact]
    public void A_find_decided_in_the_inventory_frees_a_missing_device_and_nothing_else()
    {
        var held = AFreeDevice.Issued(AHandoverTo(Anna, At(1)));

        held.After((DeviceStatus.Lost, At(2)), (DeviceStatus.InStock, At(3))).Story().ShouldBe("held Anna 1-2, lost Anna 2-3, free 3-");
        held.After((DeviceStatus.InStock, At(3))).Story().ShouldBe("held Anna 1-");
    }

    [Fact]
    public void Disposal_of_a_stolen_device_is_no_return()
    {
        var custody = AFreeDevice.Issued(AHandoverTo(Anna, At(1))).After((DeviceStatus.Stolen, At(2)), (DeviceStatus.Retired, At(3)), (DeviceStatus.Disposed, At(4)));

        custody.Story().ShouldBe("held Anna 1-2, stolen Anna 2-");
    }

    [Fact]
    public void A_spell_that_the_inventory_decided_is_the_same_however_often_it_is_worked_out()
    {
        var custody = AFreeDevice.Issued(AHandoverTo(Anna, At(1))).After((DeviceStatus.Stolen, At(2)));

        custody.Current!.SpellId.ShouldBe(custody.Device.Decisions[0].EventId);
        custody.Returned(At(3)).Spells[1].SpellId.ShouldBe(custody.Device.Decisions[0].EventId);
    }

    [Fact]
    public void What_follows_a_decision_of_the_inventory_lies_after_it()
    {
        var stolen = AFreeDevice.Issued(AHandoverTo(Anna, At(1))).After((DeviceStatus.Stolen, At(2)));

        stolen.Return(Guid.CreateVersion7(), At(2)).Verdict.ShouldBe(CustodyVerdict.TooEarly);
        stolen.Returned(stolen.EarliestFrom(At(1))).Status.ShouldBe(CustodyStatus.Free);
    }

    internal static void ShouldBeSound(IReadOnlyList<Spell> spells)
    {
        spells.Select(s => s.From).ShouldBeInOrder();
        spells.Zip(spells.Skip(1)).ShouldAllBe(pair => pair.First.Until == pair.Second.From);
        spells.Zip(spells.Skip(1)).ShouldAllBe(pair => pair.First.Status != pair.Second.Status || pair.Second.Status == CustodyStatus.Held);
        if (spells.Count > 0) spells[^1].Until.ShouldBeNull();
        spells.Select(s => s.SpellId).ShouldBeUnique();
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
