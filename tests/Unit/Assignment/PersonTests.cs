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
        StartDate = new DateOnly(2020, 1, 1),
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
        var leaving = Erika with { EndDate = new DateOnly(2020, 5, 31) };

        leaving.HasLeftBefore(new DateOnly(2020, 5, 31)).ShouldBeFalse();
        leaving.HasLeftBefore(new DateOnly(2020, 6, 1)).ShouldBeTrue();
        Erika.HasLeftBefore(DateOnly.MaxValue).ShouldBeFalse();
    }
}
