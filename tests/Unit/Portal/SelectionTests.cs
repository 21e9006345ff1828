using Fleet.Portal.Domain;

namespace Fleet.Tests.Unit.Portal;

public class SelectionTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly DateTimeOffset Now = new(2020, 5, 8, 22, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Without_a_wish_it_is_today_where_the_county_is_and_the_half_year_before()
    {
        var (selection, errors) = Read(new());
        errors.ShouldBeEmpty();
        selection.Day.ShouldBe(new DateOnly(2020, 5, 9));
        selection.ChartFrom.ShouldBe(new DateOnly(2019, 11, 9));
        selection.ChartTo.ShouldBe(new DateOnly(2020, 5, 9));
        selection.ChartStep.ShouldBe(Step.Week);
    }

    [Fact]
    public void Fields_left_empty_in_the_form_count_as_not_given()
    {
        var (selection, errors) = Read(new("", "", "", "", "", "", "", "", ""));
        errors.ShouldBeEmpty();
        selection.ShouldBe(new Selection(new DateOnly(2020, 5, 9)));
    }

    [Fact]
    public void Every_wrong_field_is_named_in_the_order_of_the_form() =>
        Read(new(AsOf: "2020-05-10", Unit: "x", KnownAt: "soon", From: "3/1/2020", To: "2020-02-30", Step: "hour", With: "desk")).Errors.ShouldBe(
        [
            new("asOf", "Error.DayInFuture"), new("unit", "Error.Unit"), new("from", "Error.Day"), new("to", "Error.Day"),
            new("step", "Error.Choice"), new("knownAt", "Error.KnownAt"), new("with", "Error.Choice"),
        ]);

    [Fact]
    public void A_chart_that_ends_before_it_begins_is_refused() =>
        Read(new(From: "2020-03-01", To: "2020-02-01")).Errors.ShouldBe([new("from", "Error.RangeReversed")]);

    [Theory]
    [InlineData("2020-05-08"), InlineData("8.5.2020"), InlineData("08.05.2020"), InlineData(" 8.5.2020 ")]
    public void A_day_is_read_as_people_write_it(string typed)
    {
        var (selection, errors) = Read(new(AsOf: typed));
        errors.ShouldBeEmpty();
        Links.Coverage(selection).ShouldBe("/coverage?asOf=2020-05-08");
    }

    [Theory]
    [InlineData("2020-05-08 10:30", "2020-05-08T08:30:00Z")]
    [InlineData("8.5.2020 10:30", "2020-05-08T08:30:00Z")]
    [InlineData("08.05.2020, 9:30:15", "2020-05-08T07:30:15Z")]
    [InlineData("2020-01-08T10:30:15", "2020-01-08T09:30:15Z")]
    [InlineData("2020-05-08T10:30:15Z", "2020-05-08T10:30:15Z")]
    [InlineData("2020-05-08T10:30:15.1234567Z", "2020-05-08T10:30:15.1234567Z")]
    [InlineData("2020-05-08T10:30+02:00", "2020-05-08T08:30:00Z")]
    public void The_state_of_knowledge_can_be_given_as_wall_clock_or_exactly(string typed, string instant)
    {
        var (selection, errors) = Read(new(KnownAt: typed));
        errors.ShouldBeEmpty();
        Links.Text(selection.KnownAt).ShouldBe(instant);
    }

    [Theory]
    [InlineData("2020-05-09T01:00:00Z", "Error.KnownAtInFuture")]
    [InlineData("2020-03-29 02:30", "Error.KnownAt")]
    public void A_state_of_knowledge_that_cannot_be_is_refused(string typed, string error) =>
        Read(new(KnownAt: typed)).Errors.ShouldBe([new("knownAt", error)]);

    [Theory]
    [InlineData("2020-03-31", -1, "2020-02-29")]
    [InlineData("2020-02-29", 1, "2020-03-31")]
    [InlineData("2020-03-30", -1, "2020-02-29")]
    [InlineData("2020-05-08", -1, "2020-04-08")]
    public void A_month_earlier_or_later_keeps_the_day_and_the_end_of_a_month(string day, int months, string expected) =>
        Links.Text(Selection.AddMonths(Day(day), months)).ShouldBe(expected);

    [Theory]
    [InlineData("2020-04-01", "2020-05-08", Step.Day)]
    [InlineData("2019-12-01", "2020-05-08", Step.Week)]
    [InlineData("2018-01-01", "2020-05-08", Step.Month)]
    [InlineData("2010-01-01", "2020-05-08", Step.Quarter)]
    [InlineData("2000-01-01", "2020-05-08", Step.Year)]
    public void Longer_charts_take_larger_steps(string from, string to, Step step) => Selection.StepFor(Day(from), Day(to)).ShouldBe(step);

    [Theory]
    [InlineData("desk", null, null), InlineData(null, "desk", null), InlineData(null, null, "perhaps")]
    public void People_whom_nobody_can_be_are_refused(string? with, string? without, string? eligible) =>
        Read(new(With: with, Without: without, Eligible: eligible)).Errors.ShouldBe([new("with", "Error.Choice")]);

    [Fact]
    public void People_are_chosen_in_any_case_and_with_spaces() =>
        Read(new(With: "Laptop, VPN", Without: "", Eligible: "TRUE")).Selection.People.ShouldBe(new PeopleFilter(With: Equipment.Both, Eligible: true));

    private static (Selection Selection, IReadOnlyList<FieldError> Errors) Read(RawSelection raw) => Selection.Read(raw, Now, Berlin);

    private static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
}
