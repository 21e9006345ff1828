using System.Globalization;

namespace Fleet.Portal.Parts;

/// <summary>Days and times as people type them, in the office's time zone: <c>8.5.2020</c>, <c>08.05.2020</c>, <c>2020-05-08</c>, each with <c>14:03</c> after it.</summary>
internal sealed class TypedTime(TimeZoneInfo zone, TimeProvider time)
{
    private static readonly string[] Days = ["yyyy-MM-dd", "d.M.yyyy", "d/M/yyyy"];
    private static readonly string[] Times = [.. Days.SelectMany(d => (string[])[$"{d} H:mm", $"{d} H:mm:ss", $"{d}, H:mm", $"{d}, H:mm:ss", $"{d}'T'H:mm"])];

    /// <summary>A day, or null when it is none.</summary>
    public static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text.Trim(), Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>A time on the wall, or null when it is none. Of an hour that the clocks show twice the first is meant; one that they leave out is none.</summary>
    public DateTimeOffset? Instant(string text)
    {
        if (!DateTime.TryParseExact(text.Trim(), Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall) || zone.IsInvalidTime(wall)) return null;
        var offset = zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset);
    }

    /// <summary>Today as it can be typed.</summary>
    public string Today() => NowOnTheWall().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public DateOnly TodaysDay() => DateOnly.FromDateTime(NowOnTheWall().DateTime);

    public bool IsToday(DateOnly day) => day == TodaysDay();

    /// <summary>When a day begins; where the clocks leave midnight out, with the first moment there is.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var wall = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(wall)) wall = wall.AddMinutes(1);
        return new DateTimeOffset(wall, zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall));
    }

    /// <summary>An instant as it can be typed again; to the second.</summary>
    public string Written(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private DateTimeOffset NowOnTheWall() => TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone);
}
