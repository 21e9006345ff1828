using Fleet.Portal.Domain;
using Fleet.Portal.Wording;

namespace Fleet.Tests.Unit.Portal;

public sealed class FirstDaysTests
{
    // A Friday.
    private static readonly DateOnly Today = new(2026, 11, 27);

    [Theory]
    [InlineData(-400, "late"), InlineData(0, "late"), InlineData(1, "thisWeek"), InlineData(2, "thisWeek"), InlineData(3, "nextWeek"), InlineData(9, "nextWeek"), InlineData(10, "later")]
    public void A_first_day_is_late_or_in_the_week_that_begins_on_its_Monday(int days, string group) => FirstDays.GroupOf(Today.AddDays(days), Today).ShouldBe(group);

    [Fact]
    public void On_a_Monday_the_week_has_six_days_to_come() =>
        Enumerable.Range(1, 7).Select(d => FirstDays.GroupOf(new DateOnly(2026, 11, 23).AddDays(d), new DateOnly(2026, 11, 23))).ShouldBe([.. Enumerable.Repeat("thisWeek", 6), "nextWeek"]);

    [Fact]
    public void Soon_is_the_next_fourteen_days() =>
        Enumerable.Range(-1, 18).Where(d => FirstDays.IsSoon(Today.AddDays(d), Today)).ShouldBe(Enumerable.Range(1, 14));

    [Fact]
    public void The_weeks_ahead_are_eight_calendar_weeks_that_begin_with_tomorrow_s()
    {
        var weeks = FirstDays.Weeks([], [], Today);
        weeks.Select(w => w.Monday).ShouldBe(Enumerable.Range(0, 8).Select(i => new DateOnly(2026, 11, 23).AddDays(7 * i)));
        weeks[^1].Sunday.ShouldBe(FirstDays.LastAhead(Today));
        // On a Sunday there is nothing left of the week.
        FirstDays.Weeks([], [], new DateOnly(2026, 11, 29))[0].Monday.ShouldBe(new DateOnly(2026, 11, 30));
    }

    [Fact]
    public void Each_starter_counts_in_the_week_of_their_first_day() =>
        FirstDays.Weeks([Today.AddDays(1), Today.AddDays(3), Today.AddDays(9)], [Today.AddDays(2), Today.AddDays(10), Today.AddDays(400)], Today)
            .Take(4).Select(w => (w.Ready, w.NotReady)).ShouldBe([(1, 1), (2, 0), (0, 1), (0, 0)]);

    [Fact]
    public void Weeks_of_which_not_everybody_is_known_are_left_out()
    {
        FirstDays.Weeks([], [], Today, unknownFrom: new DateOnly(2026, 12, 14)).Count.ShouldBe(3);
        FirstDays.Weeks([], [], Today, unknownFrom: new DateOnly(2026, 12, 13)).Count.ShouldBe(2);
        FirstDays.Weeks([], [], Today, unknownFrom: Today.AddDays(1)).ShouldBeEmpty();
    }

    [Fact]
    public void Each_group_has_a_name() => FirstDays.Groups.ShouldAllBe(group => Words.Texts("de").ContainsKey($"Starters.{group}"));
}
