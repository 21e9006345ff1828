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
    public void Each_group_has_a_name() => FirstDays.Groups.ShouldAllBe(group => Words.Texts("de").ContainsKey($"Starters.{group}"));
}
