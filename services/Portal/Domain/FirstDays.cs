namespace Fleet.Portal.Domain;

/// <summary>A calendar week and how many of those who start in it lack nothing, and how many do.</summary>
public sealed record StarterWeek(DateOnly Monday, int Ready, int NotReady)
{
    public DateOnly Sunday => Monday.AddDays(6);
}

/// <summary>How a first day lies to today.</summary>
internal static class FirstDays
{
    /// <summary>Within so many days somebody who starts is worth a number on top of the page.</summary>
    public const int Soon = 14;

    /// <summary>So many weeks ahead there is a picture of who starts.</summary>
    public const int WeeksAhead = 8;

    /// <summary>The day has come.</summary>
    public const string Late = "late";

    /// <summary>The groups of the page, in their order: what can still be done in time first.</summary>
    public static IReadOnlyList<string> Groups { get; } = ["thisWeek", "nextWeek", "later", Late];

    /// <summary>Late, or by calendar weeks, which begin on Monday.</summary>
    public static string GroupOf(DateOnly firstDay, DateOnly today)
    {
        if (firstDay <= today) return Late;
        var nextMonday = MondayOf(today).AddDays(7);
        return firstDay < nextMonday ? "thisWeek" : firstDay < nextMonday.AddDays(7) ? "nextWeek" : "later";
    }

    /// <summary>The last day of the weeks ahead.</summary>
    public static DateOnly LastAhead(DateOnly today) => MondayOf(today.AddDays(1)).AddDays((7 * WeeksAhead) - 1);

    /// <summary>The weeks ahead; the first is the one with tomorrow in it.</summary>
    /// <param name="ready">First days of those who lack nothing.</param>
    /// <param name="notReady">First days of those who lack something.</param>
    /// <param name="today">Not counted itself: on their first day people are late or ready, not to come.</param>
    /// <param name="unknownFrom">From this day on not everybody is among these, so its week and those after it are left out; null: everybody is.</param>
    public static IReadOnlyList<StarterWeek> Weeks(IReadOnlyCollection<DateOnly> ready, IReadOnlyCollection<DateOnly> notReady, DateOnly today, DateOnly? unknownFrom = null)
    {
        var first = MondayOf(today.AddDays(1));
        return
        [
            .. Enumerable.Range(0, WeeksAhead).Select(i => first.AddDays(7 * i))
                .Where(monday => unknownFrom is null || monday.AddDays(7) <= unknownFrom)
                .Select(monday => new StarterWeek(monday, ready.Count(day => IsWithin(monday, day)), notReady.Count(day => IsWithin(monday, day)))),
        ];
    }

    public static bool IsSoon(DateOnly firstDay, DateOnly today) => firstDay > today && firstDay <= today.AddDays(Soon);

    private static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static bool IsWithin(DateOnly monday, DateOnly day) => day >= monday && day < monday.AddDays(7);
}
