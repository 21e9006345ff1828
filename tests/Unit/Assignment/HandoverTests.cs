using Fleet.Assignment.Domain;

namespace Fleet.Tests.Unit.Assignment;

public sealed class HandoverTests
{
    private static readonly DateTimeOffset Start = new(2020, 1, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly Holder Anna = new(Guid.CreateVersion7(), "Anna A", "anna");

    [Fact]
    public void A_claim_is_worth_what_its_hand_over_is()
    {
        var handover = CustodyTests.To(Anna, Start);
        var claim = new Claim(handover.HandoverId, 1, Anna, Start);

        Handover.WorthOf(claim, handover).ShouldBe(ClaimWorth.Held);
        Handover.WorthOf(claim, handover.Complete()).ShouldBe(ClaimWorth.Earned);
        Handover.WorthOf(claim, handover.Refuse()).ShouldBe(ClaimWorth.Void);
        Handover.WorthOf(claim, null).ShouldBe(ClaimWorth.Void);
    }

    [Fact]
    public void A_claim_of_an_earlier_attempt_is_void_whatever_becomes_of_the_next()
    {
        var again = CustodyTests.To(Anna, Start) with { Attempt = 2 };
        var old = new Claim(again.HandoverId, 1, Anna, Start);

        Handover.WorthOf(old, again).ShouldBe(ClaimWorth.Void);
        Handover.WorthOf(old, again.Complete()).ShouldBe(ClaimWorth.Void);
    }

    [Fact]
    public void Only_an_unfinished_hand_over_is_undone_after_a_while()
    {
        var handover = CustodyTests.To(Anna, Start);

        handover.UndoneAt.ShouldBe(Start + Handover.Patience);
        handover.Complete().UndoneAt.ShouldBeNull();
        handover.Refuse().UndoneAt.ShouldBeNull();
    }

    [Fact]
    public void A_device_comes_back_once_and_a_hand_over_is_accepted_once()
    {
        var handover = CustodyTests.To(Anna, Start).Complete();
        var device = handover.Devices[0].DeviceId;
        var returned = handover.WithReturned(device, Start.AddDays(1));

        returned.Devices[0].ReturnedAt.ShouldBe(Start.AddDays(1));
        returned.WithReturned(device, Start.AddDays(2)).ShouldBeSameAs(returned);
        returned.WithReturned(Guid.CreateVersion7(), Start.AddDays(2)).ShouldBeSameAs(returned);
        handover.Accept(Start.AddHours(1)).Accept(Start.AddHours(2)).AcceptedAt.ShouldBe(Start.AddHours(1));
    }
}
