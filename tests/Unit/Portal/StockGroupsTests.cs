using Fleet.Portal.Features.Devices;
using Fleet.Portal.Wording;

namespace Fleet.Tests.Unit.Portal;

public class StockGroupsTests
{
    private static readonly StockSummary Stock = new(
        new(2020, 5, 8), 25,
        [new("token", "inStock", 3), new("laptop", "assigned", 12), new("laptop", "stolen", 1), new("laptop", "lost", 2), new("laptop", "ordered", 7)],
        [new("laptop", 0, 1), new("laptop", 1, 2), new("laptop", 2, 4), new("laptop", 3, 8), new("laptop", 5, 16), new("laptop", 11, 32), new("laptop", null, 64)],
        [new("laptop", "ended", 1), new("laptop", "within3Months", 2), new("laptop", "within12Months", 4), new("laptop", "later", 8), new("laptop", "unknown", 16)]);

    [Fact]
    public void Every_status_is_in_one_group() => StockGroups.Statuses.SelectMany(g => g.Statuses).Order().ShouldBe(DeviceWords.Statuses.Order());

    [Fact]
    public void Each_kind_is_a_row_in_the_order_of_the_kinds_and_nothing_is_lost()
    {
        using var english = Language.Of("en");
        StockGroups.ByStatus(Stock).Select(r => $"{r.Name}: {string.Join(' ', r.Cells.Select(c => c.Count))}").ShouldBe(["Laptop: 12 0 0 7 3", "Security token: 0 3 0 0 0"]);
        StockGroups.ByStatus(Stock).Sum(r => r.Total).ShouldBe(Stock.Total);
    }

    [Fact]
    public void Statuses_that_are_counted_together_are_told_apart_too()
    {
        using var english = Language.Of("en");
        StockGroups.ByStatus(Stock)[0].Cells[^1].Note.ShouldBe("Stolen: 1, Lost: 2");
    }

    [Fact]
    public void A_number_by_status_opens_exactly_its_devices() =>
        StockGroups.ByStatus(Stock)[0].Cells[^1].Link.ShouldBe("/devices?kind=laptop&status=lost,stolen,retired,disposed");

    [Fact]
    public void Ages_are_grouped_by_full_years() => StockGroups.ByAge(Stock).ShouldHaveSingleItem().Cells.Select(c => c.Count).ShouldBe([1, 6, 8, 48, 64]);

    [Fact]
    public void A_number_by_warranty_opens_the_devices_whose_warranty_ends_on_these_days() =>
        StockGroups.ByWarranty(Stock).ShouldHaveSingleItem().Cells.Select(c => $"{c.Count} {c.Link?.Replace("/devices?kind=laptop&status=ordered,inStock,assigned,inRepair", "", StringComparison.Ordinal)}").ShouldBe(
        [
            "8 &warrantyEndsFrom=2021-05-09", "4 &warrantyEndsFrom=2020-08-09&warrantyEndsTo=2021-05-08", "2 &warrantyEndsFrom=2020-05-08&warrantyEndsTo=2020-08-08",
            "1 &warrantyEndsTo=2020-05-07", "16 ",
        ]);

    [Fact]
    public void Each_group_has_a_name_and_a_mark_of_its_own()
    {
        var texts = Words.Texts("de");
        StockGroups.Statuses.ShouldAllBe(g => texts.ContainsKey($"Stock.Status.{g.Key}"));
        StockGroups.Ages.ShouldAllBe(g => texts.ContainsKey($"Stock.Age.{g.Key}"));
        StockGroups.Warranties.ShouldAllBe(g => texts.ContainsKey($"Stock.Warranty.{g.Key}"));
        foreach (var marks in (IEnumerable<string>[])[StockGroups.Statuses.Select(g => g.Mark), StockGroups.Ages.Select(g => g.Mark), StockGroups.Warranties.Select(g => g.Mark)]) marks.ShouldBeUnique();
    }
}
