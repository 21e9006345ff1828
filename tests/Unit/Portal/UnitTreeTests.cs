using Fleet.Portal.Domain;

namespace Fleet.Tests.Unit.Portal;

public class UnitTreeTests
{
    private static readonly UnitCoverage County = Unit("County", null);
    private static readonly UnitCoverage Health = Unit("Health", County);
    private static readonly UnitCoverage Building = Unit("building", County);
    private static readonly UnitCoverage School = Unit("School", Health);
    private static readonly IReadOnlyList<UnitCoverage> All = [School, Health, Building, County];

    [Fact]
    public void Each_unit_is_followed_by_what_belongs_to_it_and_siblings_are_sorted_by_name() =>
        Rows(All).ShouldBe(["0 County", "1 building", "1 Health", "2 School"]);

    [Fact]
    public void The_tree_below_a_unit_begins_with_the_unit() => Rows(All, Health.Id).ShouldBe(["0 Health", "1 School"]);

    [Fact]
    public void Below_the_second_level_a_tree_is_folded() => Folded(null).ShouldBe(["County 2 open", "building 0", "Health 1"]);

    [Fact]
    public void An_open_unit_shows_what_lies_directly_below_it() => Folded(Health.Id).ShouldBe(["County 2 open", "building 0", "Health 1 open", "School 1"]);

    [Fact]
    public void The_way_to_an_open_unit_is_open_too() => Folded(School.Id).ShouldBe(["County 2 open", "building 0", "Health 1 open", "School 1 open", "Kitchen 0"]);

    [Fact]
    public void A_unit_that_is_not_in_the_tree_opens_nothing() => Folded(Guid.CreateVersion7()).ShouldBe(Folded(null));

    [Fact]
    public void On_paper_the_outermost_unit_has_a_sheet_and_so_has_each_below_it_that_has_units_of_its_own() =>
        Sheets(All).ShouldBe(["County: 0 County, 1 building, 1 Health", "Health: 0 Health, 1 School"]);

    [Fact]
    public void A_sheet_of_a_department_holds_all_that_is_below_it() =>
        Sheets([.. All, Unit("Kitchen", School)], Health.Id).ShouldBe(["Health: 0 Health, 1 School", "School: 0 School, 1 Kitchen"]);

    [Fact]
    public void An_office_alone_is_a_sheet() => Sheets(All, School.Id).ShouldBe(["School: 0 School"]);

    [Fact]
    public void A_unit_whose_parent_may_not_be_seen_is_outermost() => Rows([School, Health]).ShouldBe(["0 Health", "1 School"]);

    [Fact]
    public void The_path_leads_from_the_outermost_unit_to_the_parent() =>
        UnitTree.Ancestors(All, School.Id).Select(u => u.Name).ShouldBe(["County", "Health"]);

    [Fact]
    public void Units_that_contain_each_other_end_the_path()
    {
        var a = Unit("A", null);
        var b = Unit("B", a);
        UnitTree.Ancestors([a with { ParentId = b.Id }, b], b.Id).Count.ShouldBe(2);
    }

    private static IEnumerable<string> Rows(IReadOnlyList<UnitCoverage> units, Guid? top = null) =>
        UnitTree.Rows(units, top, StringComparer.OrdinalIgnoreCase).Select(r => $"{r.Level} {r.Unit.Name}");

    private static IEnumerable<string> Folded(Guid? open) =>
        UnitTree.Folded(UnitTree.Rows([.. All, Unit("Kitchen", School)], null, StringComparer.OrdinalIgnoreCase), open)
            .Select(r => $"{r.Unit.Name} {r.Below}{(r.IsOpen ? " open" : "")}");

    private static IEnumerable<string> Sheets(IReadOnlyList<UnitCoverage> units, Guid? top = null) =>
        UnitTree.Sheets(UnitTree.Rows(units, top, StringComparer.OrdinalIgnoreCase))
            .Select(s => $"{s.Unit.Name}: {string.Join(", ", s.Rows.Select(r => $"{r.Level} {r.Unit.Name}"))}");

    private static UnitCoverage Unit(string name, UnitCoverage? parent) => new() { Id = Guid.CreateVersion7(), Name = name, ParentId = parent?.Id };
}
