using Fleet.Inventory.Domain;

namespace Fleet.Tests.Unit.Inventory;

public class StockTests
{
    private static readonly DateOnly Today = new(2020, 2, 29);

    [Fact]
    public void Every_device_is_counted_by_kind_and_status() =>
        Stock.Of([Laptops(DeviceStatus.Assigned, 3), Laptops(DeviceStatus.Assigned, 4, "2019-01-01"), Laptops(DeviceStatus.Disposed, 2)], Today)
            .Statuses.ShouldBe([new(DeviceKind.Laptop, DeviceStatus.Assigned, 7), new(DeviceKind.Laptop, DeviceStatus.Disposed, 2)]);

    [Theory]
    [InlineData("2020-03-01", 0), InlineData("2020-02-29", 0), InlineData("2019-03-01", 0), InlineData("2019-02-28", 1)]
    [InlineData("2016-03-01", 3), InlineData("2016-02-29", 4), InlineData(null, null)]
    public void An_age_is_the_full_years_since_the_purchase(string? bought, int? years) =>
        Stock.Of([Laptops(DeviceStatus.InStock, 1, bought)], Today).Ages.ShouldBe([new(DeviceKind.Laptop, years, 1)]);

    [Theory]
    [InlineData("2020-02-28", "Ended"), InlineData("2020-02-29", "Within3Months"), InlineData("2020-05-29", "Within3Months"), InlineData("2020-05-30", "Within12Months")]
    [InlineData("2021-02-28", "Within12Months"), InlineData("2021-03-01", "Later"), InlineData(null, "Unknown")]
    public void A_warranty_lasts_as_long_as_its_last_day_is_not_over(string? ends, string warranty) =>
        Stock.Of([new(DeviceStatus.InStock, DeviceKind.Laptop, null, ends is null ? null : Day(ends), 5)], Today)
            .Warranties.ShouldBe([new(DeviceKind.Laptop, Enum.Parse<Warranty>(warranty), 5)]);

    [Theory]
    [InlineData("Lost"), InlineData("Stolen"), InlineData("Retired"), InlineData("Disposed")]
    public void What_is_missing_or_out_of_service_has_no_age_and_no_warranty_that_matters(string status)
    {
        var stock = Stock.Of([Laptops(Enum.Parse<DeviceStatus>(status), 1, "2019-01-01")], Today);

        stock.Statuses.Count.ShouldBe(1);
        stock.Ages.ShouldBeEmpty();
        stock.Warranties.ShouldBeEmpty();
    }

    private static Alike Laptops(DeviceStatus status, long count, string? bought = null) => new(status, DeviceKind.Laptop, bought is null ? null : Day(bought), null, count);

    private static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
}
