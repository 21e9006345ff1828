using Fleet.Portal.Domain;

namespace Fleet.Tests.Unit.Portal;

public class ChartGeometryTests
{
    private static readonly ChartFrame Frame = new(Width: 300, Height: 200, Left: 50, Right: 50, Top: 20, Bottom: 30, MaxTicks: 6);

    [Fact]
    public void The_first_day_lies_at_the_left_edge_and_the_last_at_the_right()
    {
        var chart = Chart("2020-01-01", "2020-01-11");
        chart.X(Day("2020-01-01")).ShouldBe(50);
        chart.X(Day("2020-01-06")).ShouldBe(150);
        chart.X(Day("2020-01-11")).ShouldBe(250);
    }

    [Fact]
    public void A_single_day_lies_in_the_middle() => Chart("2020-01-01", "2020-01-01").X(Day("2020-01-01")).ShouldBe(150);

    [Fact]
    public void Zero_percent_lies_at_the_bottom_and_a_hundred_at_the_top()
    {
        var chart = Chart("2020-01-01", "2020-01-11");
        chart.Y(0).ShouldBe(170);
        chart.Y(50).ShouldBe(95);
        chart.Y(100).ShouldBe(20);
    }

    [Fact]
    public void A_line_is_interrupted_where_nobody_could_be_counted() =>
        Chart("2020-01-01", "2020-01-05").Line(
        [
            (Day("2020-01-01"), null), (Day("2020-01-02"), 0m), (Day("2020-01-03"), 33.4m), (Day("2020-01-04"), null), (Day("2020-01-05"), 100m),
        ]).ShouldBe("M100 170 L150 119.9 M250 20");

    [Fact]
    public void A_day_that_lies_where_the_line_is_anyway_is_no_point_of_it() =>
        Chart("2020-01-01", "2020-01-11").Line(Enumerable.Range(0, 11).Select(i => (Day("2020-01-01").AddDays(i), (decimal?)(10 * i)))).ShouldBe("M50 170 L250 20");

    [Fact]
    public void What_leaves_the_line_for_a_single_day_is_drawn() =>
        Chart("2020-01-01", "2020-01-05").Line(
        [
            (Day("2020-01-01"), 50m), (Day("2020-01-02"), 50m), (Day("2020-01-03"), 100m), (Day("2020-01-04"), 50m), (Day("2020-01-05"), 50m),
        ]).ShouldBe("M50 95 L100 95 L150 20 L200 95 L250 95");

    [Fact]
    public void A_line_of_many_days_has_few_points_and_is_nowhere_off_by_more_than_half_a_unit()
    {
        var chart = Chart("2020-01-01", "2025-06-22");
        var days = Enumerable.Range(0, 2000).Select(i => (Day: Day("2020-01-01").AddDays(i), Percent: (decimal?)(50 + (decimal)(40 * Math.Sin(i / 200.0)) + (i % 2 * 0.1m)))).ToList();

        var line = chart.Line(days).Split(' ', 'M', 'L').Where(n => n.Length > 0).Select(n => double.Parse(n, System.Globalization.CultureInfo.InvariantCulture)).Chunk(2).ToList();

        line.Count.ShouldBeInRange(10, 100);
        foreach (var (day, percent) in days)
        {
            var x = chart.X(day);
            var next = line.FindIndex(1, p => p[0] >= x - 0.01);
            var (a, b) = (line[next - 1], line[next]);
            (a[1] + ((b[1] - a[1]) * (x - a[0]) / (b[0] - a[0]))).ShouldBe(chart.Y(percent!.Value), 0.6, Links.Text(day));
        }
    }

    [Fact]
    public void Coordinates_are_written_with_a_point_whatever_the_language()
    {
        using var german = Language.Of("de");
        ChartGeometry.Number(119.9).ShouldBe("119.9");
    }

    [Theory]
    [InlineData("2020-05-01", "2020-05-01", "2020-05-01")]
    [InlineData("2020-05-01", "2020-05-04", "2020-05-01 2020-05-02 2020-05-03 2020-05-04")]
    [InlineData("2019-12-05", "2020-05-08", "2020-01-01 2020-02-01 2020-03-01 2020-04-01 2020-05-01")]
    [InlineData("2019-11-08", "2021-02-08", "2020-01-01 2020-04-01 2020-07-01 2020-10-01 2021-01-01")]
    [InlineData("2016-06-01", "2020-06-01", "2017-01-01 2018-01-01 2019-01-01 2020-01-01")]
    public void Days_on_the_axis_are_at_equal_calendar_distances(string from, string to, string expected) =>
        string.Join(' ', Chart(from, to).Ticks().Select(t => Links.Text(t.Day))).ShouldBe(expected);

    [Fact]
    public void The_axis_never_holds_more_days_than_there_is_room_for()
    {
        var from = Day("2001-03-17");
        for (var length = 0; length < 9000; length += 13)
        {
            new ChartGeometry(Frame, from, from.AddDays(length)).Ticks().Count.ShouldBeInRange(1, Frame.MaxTicks, $"{length} days");
        }
    }

    [Fact]
    public void Labels_that_would_cover_each_other_move_apart() =>
        Chart("2020-01-01", "2020-01-11").Spread([100, 96, 98], gap: 10).ShouldBe([116, 96, 106]);

    [Fact]
    public void Labels_at_the_bottom_move_up_instead_of_leaving_the_chart() =>
        Chart("2020-01-01", "2020-01-11").Spread([170, 170, 170], gap: 10).ShouldBe([150, 160, 170]);

    [Fact]
    public void Labels_with_room_stay_where_they_are() =>
        Chart("2020-01-01", "2020-01-11").Spread([30, 60, 90], gap: 10).ShouldBe([30, 60, 90]);

    private static ChartGeometry Chart(string from, string to) => new(Frame, Day(from), Day(to));

    private static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
}
