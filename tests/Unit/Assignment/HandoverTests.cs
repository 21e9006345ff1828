using Fleet.Assignment.Domain;
using static Fleet.Tests.Unit.Assignment.Given;

namespace Fleet.Tests.Unit.Assignment;

public sealed class HandoverTests
{
    [Fact]
    public void A_claim_is_worth_what_its_hand_over_is()
    {
        var handover = AHandoverTo(Anna, Start);
        var claim = new Claim(handover.HandoverId, 1, Anna, Start);

        Handover.WorthOf(claim, handover).ShouldBe(ClaimWorth.Held);
        Handover.WorthOf(claim, handover.Complete()).ShouldBe(ClaimWorth.Earned);
        Handover.WorthOf(claim, handover.Undo()).ShouldBe(ClaimWorth.Void);
        Handover.WorthOf(claim, null).ShouldBe(ClaimWorth.Void);
    }

    [Fact]
    public void A_claim_of_an_earlier_attempt_is_void_whatever_becomes_of_the_next()
    {
        var again = AHandoverTo(Anna, Start) with { Attempt = 2 };
        var old = new Claim(again.HandoverId, 1, Anna, Start);

        Handover.WorthOf(old, again).ShouldBe(ClaimWorth.Void);
        Handover.WorthOf(old, again.Complete()).ShouldBe(ClaimWorth.Void);
    }

    [Fact]
    public void A_correction_s_claim_is_worth_what_the_correction_is()
    {
        var handover = AHandoverTo(Anna, Start).Complete();
        var correction = ACorrectionOf(handover, c => c with { PersonId = Ben });
        var claim = new Claim(handover.HandoverId, 0, Ben, Start, correction.CorrectionId);
        var correcting = handover with { Correcting = correction };

        Handover.WorthOf(claim, correcting).ShouldBe(ClaimWorth.Held);
        Handover.WorthOf(claim, correcting.CommitCorrection()).ShouldBe(ClaimWorth.Earned);
        Handover.WorthOf(claim, correcting.Undo()).ShouldBe(ClaimWorth.Void);
        Handover.WorthOf(claim, (correcting.CommitCorrection() with { Correcting = correction with { CorrectionId = Guid.CreateVersion7() } }).Undo()).ShouldBe(ClaimWorth.Earned);
    }

    [Fact]
    public void Only_what_is_on_its_way_is_undone_after_a_while()
    {
        var handover = AHandoverTo(Anna, Start);
        var correction = ACorrectionOf(handover, c => c with { PersonId = Ben });

        handover.UndoneAt.ShouldBe(Start + Handover.Patience);
        handover.Complete().UndoneAt.ShouldBeNull();
        handover.Undo().UndoneAt.ShouldBeNull();
        (handover.Complete() with { Correcting = correction }).UndoneAt.ShouldBe(correction.At + Handover.Patience);
    }

    [Fact]
    public void Another_receiver_has_to_accept_anew_and_another_instant_has_not()
    {
        var accepted = AHandoverTo(Anna, Start).Complete().Accept(At(1));

        accepted.Accept(At(2)).AcceptedAt.ShouldBe(At(1));
        Corrected(accepted, c => c with { EffectiveAt = At(1) }).AcceptedAt.ShouldBe(At(1));
        Corrected(accepted, c => c with { PersonId = Ben }).AcceptedAt.ShouldBeNull();
        Corrected(accepted, c => c with { PersonId = Ben }).Corrections.ShouldHaveSingleItem().Before.PersonId.ShouldBe(Anna);
    }

    private static Handover Corrected(Handover handover, Func<HandoverContent, HandoverContent> after) =>
        (handover with { Correcting = ACorrectionOf(handover, after) }).CommitCorrection();
}
