namespace Fleet.Audit.Domain;

/// <summary>How far the points of a series lie apart.</summary>
internal enum Step
{
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// <summary>The days of a series.</summary>
internal static class Steps
{
    /// <summary>The last day of each day, week (Sunday), month, quarter or year that ends from the first day on; lastly the last day itself.</summary>
    public static IEnumerable<DateOnly> Between(DateOnly first, DateOnly last, Step step)
    {
        for (var end = EndOf(first, step); end < last; end = EndOf(end.AddDays(1), step)) yield return end;
        yield return last;
    }

    private static DateOnly EndOf(DateOnly day, Step step) => step switch
    {
        Step.Day => day,
        Step.Week => day.AddDays((7 - (int)day.DayOfWeek) % 7),
        Step.Month => EndOfMonth(day.Year, day.Month),
        Step.Quarter => EndOfMonth(day.Year, ((day.Month - 1) / 3 * 3) + 3),
        _ => EndOfMonth(day.Year, 12),
    };

    private static DateOnly EndOfMonth(int year, int month) => new(year, month, DateTime.DaysInMonth(year, month));
}
