using Fleet.Platform;

namespace Fleet.Tests.Unit.Platform;

public sealed class CalendarTests
{
    private static readonly FleetCalendar Berlin = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

    [Theory]
    [InlineData("2020-02-29", "2020-02-28T23:00:00Z", "2020-02-29T22:59:59.9999999Z")]
    [InlineData("2020-03-29", "2020-03-28T23:00:00Z", "2020-03-29T21:59:59.9999999Z")]
    [InlineData("2020-10-25", "2020-10-24T22:00:00Z", "2020-10-25T22:59:59.9999999Z")]
    public void A_day_begins_and_ends_at_local_midnight_also_when_the_clock_changes(string day, string start, string end)
    {
        Berlin.StartOf(DateOnly.Parse(day)).ShouldBe(DateTimeOffset.Parse(start));
        Berlin.EndOf(DateOnly.Parse(day)).ShouldBe(DateTimeOffset.Parse(end));
    }

    [Fact]
    public void An_instant_just_before_local_midnight_is_still_that_day()
    {
        Berlin.DayOf(DateTimeOffset.Parse("2020-02-29T22:59:59Z")).ShouldBe(new DateOnly(2020, 2, 29));
        Berlin.DayOf(DateTimeOffset.Parse("2020-02-29T23:00:00Z")).ShouldBe(new DateOnly(2020, 3, 1));
    }
}
