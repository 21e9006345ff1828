using Fleet.Portal.Domain;

namespace Fleet.Tests.Unit.Portal;

public class BarsTests
{
    private static readonly IReadOnlyList<BarRow> Rows = [Row(30, 0, 10), Row(0, 20, 0), Row(0, 0, 0)];

    [Fact]
    public void The_longest_bar_is_as_wide_as_the_picture_and_its_parts_lie_side_by_side() =>
        Bars.Parts(Rows[0], Rows).ShouldBe([new(0, 0, 75), new(2, 75, 25)]);

    [Fact]
    public void Every_bar_has_the_scale_of_the_longest() => Bars.Parts(Rows[1], Rows).ShouldBe([new(1, 0, 50)]);

    [Fact]
    public void What_counts_nobody_has_no_part() => Bars.Parts(Rows[2], Rows).ShouldBeEmpty();

    [Fact]
    public void A_picture_of_nobody_has_no_parts() => Bars.Parts(Rows[2], [Rows[2]]).ShouldBeEmpty();

    private static BarRow Row(params int[] counts) => new("", [.. counts.Select(c => new BarCell(c))]);
}
