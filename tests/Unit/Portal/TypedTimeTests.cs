using Fleet.Portal.Parts;

namespace Fleet.Tests.Unit.Portal;

public sealed class TypedTimeTests
{
    private static readonly TypedTime Berlin = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), TimeProvider.System);

    [Theory, InlineData("8.5.2020"), InlineData("08.05.2020"), InlineData(" 2020-05-08 "), InlineData("8/5/2020")]
    public void A_day_is_read_as_people_write_it(string text) => TypedTime.Day(text).ShouldBe(new DateOnly(2020, 5, 8));

    [Theory, InlineData(""), InlineData("31.2.2020"), InlineData("2020-5-8x"), InlineData("tomorrow")]
    public void What_is_no_day_is_none(string text) => TypedTime.Day(text).ShouldBeNull();

    [Theory, InlineData("2020-05-08 14:03"), InlineData("8.5.2020 14:03"), InlineData("08.05.2020, 14:03"), InlineData("2020-05-08T14:03")]
    public void A_time_is_the_one_on_the_wall(string text) => Berlin.Instant(text).ShouldBe(new DateTimeOffset(2020, 5, 8, 12, 3, 0, TimeSpan.Zero));

    [Fact]
    public void An_hour_that_the_clocks_leave_out_is_none_and_of_one_they_show_twice_the_first_is_meant()
    {
        Berlin.Instant("29.3.2020 2:30").ShouldBeNull();
        Berlin.Instant("25.10.2020 2:30").ShouldBe(new DateTimeOffset(2020, 10, 25, 0, 30, 0, TimeSpan.Zero));
    }

    [Fact]
    public void What_was_written_can_be_typed_again()
    {
        var instant = new DateTimeOffset(2026, 11, 27, 7, 8, 9, TimeSpan.Zero);

        Berlin.Instant(Berlin.Written(instant)).ShouldBe(instant);
    }
}
