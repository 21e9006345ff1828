using Fleet.Assignment.Domain;

namespace Fleet.Tests.Unit.Assignment;

public sealed class PersonTests
{
    private static readonly Guid First = Guid.CreateVersion7();
    private static readonly Guid Second = Guid.CreateVersion7();
    private static readonly Guid Third = Guid.CreateVersion7();

    private static readonly Person Erika = new()
    {
        PersonId = Guid.CreateVersion7(),
        PersonnelNumber = "1001",
        UserName = "erika",
        GivenName = "Erika",
        FamilyName = "Beispiel",
        Email = "erika@county.example",
        Employments = [new Employment(new DateOnly(2020, 1, 1), null)],
        Placements = [new Placement(new DateOnly(2020, 1, 1), First, true)],
    };

    [Fact]
    public void A_move_is_remembered_by_its_day()
    {
        var moved = Erika.PlacedFrom(new DateOnly(2020, 3, 1), Second, null);

        moved.Placements.ShouldBe([new Placement(new DateOnly(2020, 1, 1), First, true), new Placement(new DateOnly(2020, 3, 1), Second, true)]);
        moved.Placements.On(new DateOnly(2020, 2, 29)).UnitId.ShouldBe(First);
        moved.Placements.On(new DateOnly(2020, 3, 1)).UnitId.ShouldBe(Second);
        moved.Placements.On(new DateOnly(2019, 1, 1)).UnitId.ShouldBe(First);
    }

    [Fact]
    public void Moves_told_in_the_wrong_order_make_the_same_history()
    {
        var inOrder = Erika.PlacedFrom(new DateOnly(2020, 2, 1), Second, null).PlacedFrom(new DateOnly(2020, 3, 1), Third, null);
        var reversed = Erika.PlacedFrom(new DateOnly(2020, 3, 1), Third, null).PlacedFrom(new DateOnly(2020, 2, 1), Second, null);

        reversed.Placements.ShouldBe(inOrder.Placements);
    }

    [Fact]
    public void Eligibility_changed_in_the_past_holds_in_later_placements_too()
    {
        var changed = Erika.PlacedFrom(new DateOnly(2020, 3, 1), Second, null).PlacedFrom(new DateOnly(2020, 2, 1), null, false);

        changed.Placements.ShouldBe([
            new Placement(new DateOnly(2020, 1, 1), First, true), new Placement(new DateOnly(2020, 2, 1), First, false),
            new Placement(new DateOnly(2020, 3, 1), Second, false)]);
    }

    [Fact]
    public void A_change_before_the_first_day_changes_the_first_placement()
    {
        Erika.PlacedFrom(new DateOnly(2019, 12, 1), Second, false).Placements.ShouldBe([new Placement(new DateOnly(2020, 1, 1), Second, false)]);
    }

    [Fact]
    public void The_last_day_still_counts_as_employed()
    {
        var leaving = Leaving(new DateOnly(2020, 5, 31));

        leaving.HasLeftBefore(new DateOnly(2020, 5, 31)).ShouldBeFalse();
        leaving.HasLeftBefore(new DateOnly(2020, 6, 1)).ShouldBeTrue();
        Erika.HasLeftBefore(DateOnly.MaxValue).ShouldBeFalse();
    }

    [Fact]
    public void Whoever_is_hired_again_has_a_second_employment_and_keeps_the_first()
    {
        var since = new DateTimeOffset(2020, 8, 1, 8, 0, 0, TimeSpan.Zero);
        var returned = Leaving(new DateOnly(2020, 5, 31)).ReturnedOn(new DateOnly(2020, 9, 1), Second, Third, since)!;

        returned.Employments.ShouldBe([
            new Employment(new DateOnly(2020, 1, 1), new DateOnly(2020, 5, 31)),
            new Employment(new DateOnly(2020, 9, 1), null) { KitId = Third, AwaitedSince = since }]);
        returned.Placements.ShouldBe([new Placement(new DateOnly(2020, 1, 1), First, true), new Placement(new DateOnly(2020, 9, 1), Second, true)]);
        returned.HasLeftBefore(new DateOnly(2020, 7, 1)).ShouldBeFalse();
        returned.LeftBefore.ShouldBe(new DateOnly(2020, 5, 31));
    }

    [Fact]
    public void Employments_never_overlap()
    {
        Erika.ReturnedOn(new DateOnly(2020, 9, 1), null, null, default).ShouldBeNull();
        Leaving(new DateOnly(2020, 5, 31)).ReturnedOn(new DateOnly(2020, 5, 31), null, null, default).ShouldBeNull();
        Leaving(new DateOnly(2020, 5, 31)).ReturnedOn(new DateOnly(2020, 6, 1), null, null, default).ShouldNotBeNull();
    }

    [Fact]
    public void Whoever_is_hired_again_gets_the_kit_of_before_unless_another_is_named()
    {
        var since = new DateTimeOffset(2020, 8, 1, 8, 0, 0, TimeSpan.Zero);
        var left = Leaving(new DateOnly(2020, 5, 31)).Awaiting(First, since);

        left.ReturnedOn(new DateOnly(2020, 9, 1), null, null, since)!.Employment.KitId.ShouldBe(First);
        left.ReturnedOn(new DateOnly(2020, 9, 1), null, Second, since)!.Employment.KitId.ShouldBe(Second);
    }

    [Fact]
    public void Another_kit_takes_the_place_of_the_first_and_the_person_has_waited_since_the_first()
    {
        var first = new DateTimeOffset(2020, 2, 1, 8, 0, 0, TimeSpan.Zero);

        Erika.Awaiting(First, first).Awaiting(Second, first.AddDays(9)).Employment.ShouldBe(
            new Employment(new DateOnly(2020, 1, 1), null) { KitId = Second, AwaitedSince = first });
    }

    private static Person Leaving(DateOnly lastDay) => Erika.WithEmployment(Erika.Employment with { EndDate = lastDay });
}
