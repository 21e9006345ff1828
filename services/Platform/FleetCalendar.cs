namespace Fleet.Platform;

/// <summary>Days in the configured time zone.</summary>
public sealed class FleetCalendar(TimeZoneInfo zone)
{
    /// <summary>The earliest day that Fleet knows. With the latest it keeps every sum of days and every time zone's offset far from the ends of what a date can be.</summary>
    public static readonly DateOnly FirstDay = new(1900, 1, 1);

    /// <summary>The latest day that Fleet knows.</summary>
    public static readonly DateOnly LastDay = new(2199, 12, 31);

    /// <summary>Whether the day lies between <see cref="FirstDay"/> and <see cref="LastDay"/>.</summary>
    public static bool Knows(DateOnly day) => day >= FirstDay && day <= LastDay;

    /// <summary>Whether the instant lies in the years between <see cref="FirstDay"/> and <see cref="LastDay"/> (UTC).</summary>
    public static bool Knows(DateTimeOffset instant) => instant.UtcDateTime.Year is var year && year >= FirstDay.Year && year <= LastDay.Year;

    /// <summary>The day in which an instant lies.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>The first instant of a day (UTC). Where the clock skips midnight, the first that exists.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(30);
        return new DateTimeOffset(local, zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>The last instant of a day (UTC, one tick before the next).</summary>
    public DateTimeOffset EndOf(DateOnly day) => StartOf(day.AddDays(1)).AddTicks(-1);
}
