namespace Fleet.Portal.Domain;

/// <summary>How a first day lies to today.</summary>
internal static class FirstDays
{
    /// <summary>Within so many days somebody who starts is worth a number on top of the page.</summary>
    public const int Soon = 14;

    /// <summary>The day has come.</summary>
    public const string Late = "late";

    /// <summary>The groups of the page, in their order: what can still be done in time first.</summary>
    public static IReadOnlyList<string> Groups { get; } = ["thisWeek", "nextWeek", "later", Late];

    /// <summary>Late, or by calendar weeks, which begin on Monday.</summary>
    public static string GroupOf(DateOnly firstDay, DateOnly today)
    {
        if (firstDay <= today) return Late;
        var nextMonday = today.AddDays(7 - (((int)today.DayOfWeek + 6) % 7));
        return firstDay < nextMonday ? "thisWeek" : firstDay < nextMonday.AddDays(7) ? "nextWeek" : "later";
    }

    public static bool IsSoon(DateOnly firstDay, DateOnly today) => firstDay > today && firstDay <= today.AddDays(Soon);
}
