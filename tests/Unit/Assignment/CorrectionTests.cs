using Fleet.Assignment.Domain;
using static Fleet.Tests.Unit.Assignment.Given;

namespace Fleet.Tests.Unit.Assignment;

public sealed class CorrectionTests
{
    private readonly Handover _toAnna = AHandoverTo(Anna, At(2)).Complete();
    private readonly Custody _custody;

    public CorrectionTests() => _custody = AFreeDevice.Issued(_toAnna with { Status = HandoverStatus.Claiming }).Returned(At(5));

    [Fact]
    public void Another_instant_moves_the_spell_and_leaves_it_who_it_is()
    {
        var moved = Correct(c => c with { EffectiveAt = At(1) });

        moved.Story().ShouldBe("held Anna 1-5, free 5-");
        moved.Spells[0].SpellId.ShouldBe(_custody.Spells[0].SpellId);
    }

    [Fact]
    public void Another_receiver_has_another_spell_at_the_same_time()
    {
        var corrected = Correct(c => c with { PersonId = Ben, Devices = [.. c.Devices.Select(d => d with { SpellId = Guid.CreateVersion7() })] });

        corrected.Story().ShouldBe("held Ben 2-5, free 5-");
        corrected.Spells[0].SpellId.ShouldNotBe(_custody.Spells[0].SpellId);
    }

    [Fact]
    public void A_device_taken_out_of_the_hand_over_was_never_handed_over()
    {
        Correct(c => c with { Devices = [] }).Spells.ShouldBeEmpty();
    }

    [Fact]
    public void What_followed_stays_where_it_was()
    {
        var custody = AFreeDevice.Issued(_toAnna with { Status = HandoverStatus.Claiming }).Lost(At(3)).Returned(At(4)).Issued(AHandoverTo(Ben, At(6)));
        var correction = ACorrectionOf(_toAnna, c => c with { EffectiveAt = At(1) });

        custody.CorrectedBy(correction).Story().ShouldBe("held Anna 1-3, lost Anna 3-4, free 4-6, held Ben 6-");
        custody.CorrectedBy(ACorrectionOf(_toAnna, c => c with { Devices = [] })).Story().ShouldBe("lost 3-4, free 4-6, held Ben 6-");
    }

    [Fact]
    public void An_instant_at_or_after_the_spell_s_end_is_refused()
    {
        _custody.MayCorrect(ACorrectionOf(_toAnna, c => c with { EffectiveAt = At(5) })).Verdict.ShouldBe(CustodyVerdict.AfterEnd);
        _custody.MayCorrect(ACorrectionOf(_toAnna, c => c with { EffectiveAt = At(4) })).Verdict.ShouldBe(CustodyVerdict.Done);
    }

    [Fact]
    public void A_spell_in_the_way_is_named()
    {
        var before = AHandoverTo(Ben, At(1));
        var custody = AFreeDevice.Issued(before).Returned(At(2)).Issued(_toAnna with { Status = HandoverStatus.Claiming, EffectiveAt = At(4) });
        var handover = _toAnna with { EffectiveAt = At(4) };

        var (verdict, obstacle) = custody.MayCorrect(ACorrectionOf(handover, c => c with { EffectiveAt = At(1) }));

        verdict.ShouldBe(CustodyVerdict.InTheWay);
        obstacle!.PersonId.ShouldBe(Ben);
        custody.MayCorrect(ACorrectionOf(handover, c => c with { EffectiveAt = At(2) })).Verdict.ShouldBe(CustodyVerdict.Done);
    }

    [Fact]
    public void An_added_device_must_have_been_free_ever_since()
    {
        var other = AHandoverTo(Anna, At(2)).Complete();
        var added = ACorrectionOf(other, c => c with { Devices = [new HandedDevice(AFreeDevice.DeviceId, "LT-1", "laptop", Guid.CreateVersion7())] });
        var held = AFreeDevice.Issued(AHandoverTo(Ben, At(3)));

        AFreeDevice.MayCorrect(added).Verdict.ShouldBe(CustodyVerdict.Done);
        held.MayCorrect(added).Verdict.ShouldBe(CustodyVerdict.AlreadyIssued);
        held.Lost(At(4)).MayCorrect(added).Verdict.ShouldBe(CustodyVerdict.InTheWay);
        held.Returned(At(4)).MayCorrect(added).Obstacle!.PersonId.ShouldBe(Ben);
        AFreeDevice.After((DeviceStatus.Stolen, At(3))).MayCorrect(added).Verdict.ShouldBe(CustodyVerdict.Missing);
        AFreeDevice.Follow(AFreeDevice.Device with { Status = DeviceStatus.InRepair }, 2).MayCorrect(added).Verdict.ShouldBe(CustodyVerdict.NotAvailable);
    }

    [Fact]
    public void Nothing_is_corrected_to_before_the_device_s_beginning() =>
        _custody.MayCorrect(ACorrectionOf(_toAnna, c => c with { EffectiveAt = At(-1) })).Verdict.ShouldBe(CustodyVerdict.TooEarly);

    [Fact]
    public void Spells_never_overlap_whatever_is_corrected()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var (custody, handovers) = (AFreeDevice, new List<Handover>());
            for (var i = 0; i < 6; i++)
            {
                var at = At(random.Next(0, 12));
                switch (random.Next(4))
                {
                    case 0 when custody.MayIssue(at) == CustodyVerdict.Done:
                        handovers.Add(AHandoverTo(random.Next(2) == 0 ? Anna : Ben, at));
                        custody = custody.Issued(handovers[^1]);
                        break;
                    case 1 when handovers.Count > 0:
                        var correction = ACorrectionOf(handovers[random.Next(handovers.Count)], c => c with { EffectiveAt = at, PersonId = Ben });
                        if (custody.MayCorrect(correction).Verdict == CustodyVerdict.Done) custody = custody.CorrectedBy(correction);
                        break;
                    case 2:
                        custody = custody.Return(Guid.CreateVersion7(), at).Custody;
                        break;
                    default:
                        custody = custody.After([.. custody.Device.Decisions.Select(d => (d.Status, d.At)), (DeviceStatus.Stolen, at), (DeviceStatus.InStock, at.AddHours(1))]);
                        break;
                }
            }

            CustodyTests.ShouldBeSound(custody.Spells);
            // Nobody had it while somebody else did: two held spells never meet without an act between.
            custody.Spells.Zip(custody.Spells.Skip(1)).Count(p => p.First.Status == CustodyStatus.Held && p.Second.Status == CustodyStatus.Held && p.First.From < p.First.Until).ShouldBe(0, $"seed {seed}");
        }
    }

    private Custody Correct(Func<HandoverContent, HandoverContent> after)
    {
        var correction = ACorrectionOf(_toAnna, after);
        var (verdict, _, claimed) = _custody.ClaimFor(correction, At(9));
        verdict.ShouldBe(CustodyVerdict.Done);
        claimed.ClaimFor(correction, At(10)).Custody.ShouldBeSameAs(claimed);
        return claimed.CorrectedBy(correction);
    }
}
