using Fleet.Assignment.Domain;

namespace Fleet.Tests.Unit.Assignment;

// The name alone is this project's namespace.
using Unit = Fleet.Assignment.Domain.Unit;

public sealed class UnitTests
{
    private static readonly Unit County = New(UnitKind.County, null, "County");
    private static readonly Unit Department = New(UnitKind.Department, County.UnitId, "Department");
    private static readonly Unit Office = New(UnitKind.Office, Department.UnitId, "Office");

    [Fact]
    public void A_unit_belongs_to_one_of_a_higher_kind_levels_may_be_left_out()
    {
        Unit.MayBelong(Guid.CreateVersion7(), UnitKind.Office, [Department, County]).ShouldBe(BelongingVerdict.Allowed);
        Unit.MayBelong(Guid.CreateVersion7(), UnitKind.Team, [County]).ShouldBe(BelongingVerdict.Allowed);
        Unit.MayBelong(Guid.CreateVersion7(), UnitKind.Office, [Office, Department, County]).ShouldBe(BelongingVerdict.KindOrder);
        Unit.MayBelong(Guid.CreateVersion7(), UnitKind.County, [Office, Department, County]).ShouldBe(BelongingVerdict.KindOrder);
    }

    [Fact]
    public void A_unit_belongs_neither_to_itself_nor_to_a_unit_below_it()
    {
        Unit.MayBelong(Department.UnitId, Department.Kind, [Department, County]).ShouldBe(BelongingVerdict.Cycle);
        Unit.MayBelong(Department.UnitId, Department.Kind, [Office, Department, County]).ShouldBe(BelongingVerdict.Cycle);
        Unit.MayBelong(County.UnitId, County.Kind, [Office, Department, County]).ShouldBe(BelongingVerdict.Cycle);
    }

    [Fact]
    public void A_move_leaves_what_was_before()
    {
        var other = Guid.CreateVersion7();
        var moved = Office.ChangedFrom(Day(3, 1), null, other);

        moved.Periods.ShouldBe([new UnitPeriod(null, "Office", Department.UnitId), new UnitPeriod(Day(3, 1), "Office", other)]);
        moved.Periods.On(Day(2, 28)).ParentId.ShouldBe(Department.UnitId);
        moved.Current.ParentId.ShouldBe(other);
    }

    [Fact]
    public void A_name_corrected_in_the_past_does_not_come_back_with_a_later_move()
    {
        var other = Guid.CreateVersion7();
        var changed = Office.ChangedFrom(Day(3, 1), null, other).ChangedFrom(Day(2, 1), "Bureau", null);

        changed.Periods.ShouldBe([
            new UnitPeriod(null, "Office", Department.UnitId), new UnitPeriod(Day(2, 1), "Bureau", Department.UnitId), new UnitPeriod(Day(3, 1), "Bureau", other)]);
    }

    [Fact]
    public void A_change_in_the_past_holds_until_the_same_value_was_changed_again()
    {
        var changed = Office.ChangedFrom(Day(3, 1), "Agency", null).ChangedFrom(Day(2, 1), "Bureau", null);

        changed.Periods.Select(p => $"{p.From:MM-dd} {p.Name}").ShouldBe([" Office", "02-01 Bureau", "03-01 Agency"]);
    }

    [Fact]
    public void The_same_value_again_changes_nothing_and_a_second_change_on_a_day_replaces_the_first()
    {
        Office.ChangedFrom(Day(3, 1), "Office", Department.UnitId).ShouldBe(Office);
        Office.ChangedFrom(Day(3, 1), "Agency", null).ChangedFrom(Day(3, 1), "Bureau", null).Periods.Select(p => p.Name).ShouldBe(["Office", "Bureau"]);
        Office.ChangedFrom(Day(3, 1), "Agency", null).ChangedFrom(Day(3, 1), "Office", null).Periods.ShouldBe(Office.Periods);
    }

    [Fact]
    public void A_unit_exists_from_its_first_day_on()
    {
        var founded = Office with { Periods = [new UnitPeriod(Day(3, 1), "Office", null)] };

        founded.BeginsAfter(Day(2, 29)).ShouldBeTrue();
        founded.BeginsAfter(null).ShouldBeTrue();
        founded.BeginsAfter(Day(3, 1)).ShouldBeFalse();
        Office.BeginsAfter(null).ShouldBeFalse();
    }

    private static DateOnly Day(int month, int day) => new(2020, month, day);

    private static Unit New(UnitKind kind, Guid? parent, string name) => new(Guid.CreateVersion7(), kind, [new UnitPeriod(null, name, parent)]);
}
