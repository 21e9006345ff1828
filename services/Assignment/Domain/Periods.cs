namespace Fleet.Assignment.Domain;

/// <summary>A stretch of a history that holds from a day on until the next begins.</summary>
internal interface IPeriod<TSelf> where TSelf : IPeriod<TSelf>
{
    /// <summary>First day; null: always.</summary>
    DateOnly? Start { get; }

    /// <summary>The same, beginning on another day.</summary>
    TSelf StartingOn(DateOnly day);
}

/// <summary>Histories by day: ascending, never empty; days before the first period are like the first.</summary>
internal static class Periods
{
    /// <summary>The period that a day lies in.</summary>
    public static T On<T>(this IReadOnlyList<T> history, DateOnly day) where T : IPeriod<T> =>
        history.LastOrDefault(p => p.Start is null || p.Start <= day) ?? history[0];

    /// <summary>
    /// One value changes from a day on, and stays changed until a later period already says something else than it was:
    /// a name corrected in the past does not come back with the next move.
    /// </summary>
    /// <param name="history">What was known so far.</param>
    /// <param name="day">The first day that is different.</param>
    /// <param name="value">Reads the value.</param>
    /// <param name="with">The period with the new value.</param>
    public static IReadOnlyList<T> ChangedFrom<T, TValue>(this IReadOnlyList<T> history, DateOnly day, Func<T, TValue> value, Func<T, T> with) where T : IPeriod<T>
    {
        var before = value(history.On(day));
        var past = history.Where(p => p.Start is null || p.Start < day).ToList();
        // A change on the very day of a period replaces it.
        var split = history.Any(p => p.Start == day) ? history.Skip(past.Count) : history.Skip(past.Count).Prepend(history.On(day).StartingOn(day));
        var future = split.ToList();
        var affected = future.TakeWhile(p => Equals(value(p), before)).Count();
        var changed = Merged([.. past, .. future.Take(affected).Select(with), .. future.Skip(affected)]);
        return changed.SequenceEqual(history) ? history : changed;
    }

    /// <summary>Drops periods that say the same as the one before.</summary>
    private static List<T> Merged<T>(IEnumerable<T> periods) where T : IPeriod<T>
    {
        var merged = new List<T>();
        foreach (var period in periods)
        {
            if (merged.Count == 0 || period.Start is not { } start || !merged[^1].StartingOn(start).Equals(period)) merged.Add(period);
        }

        return merged;
    }
}
