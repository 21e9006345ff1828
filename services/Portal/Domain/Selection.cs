using System.Globalization;

namespace Fleet.Portal.Domain;

/// <summary>How far apart the points of the chart are.</summary>
public enum Step { Day, Week, Month, Quarter, Year }

/// <summary>A field of the page's form, and the key of the text that says what is wrong with it.</summary>
public sealed record FieldError(string Field, string Text);

/// <summary>The query exactly as it was typed, so that a wrong one can be shown again.</summary>
public sealed record RawSelection(
    string? AsOf = null, string? Unit = null, string? KnownAt = null, string? From = null, string? To = null, string? Step = null,
    string? With = null, string? Without = null, string? Eligible = null, string? Open = null);

/// <summary>What the reader wants to see. Null: not said, so the default applies and links leave it out.</summary>
public sealed record Selection(DateOnly Today)
{
    /// <summary>As browsers send a day, and as people write it.</summary>
    private static readonly string[] DayFormats = ["yyyy-MM-dd", "d.M.yyyy"];

    /// <summary>Without a wish the chart shows this many months up to the chosen day.</summary>
    private const int DefaultMonths = 6;

    public DateOnly? AsOf { get; init; }
    public Guid? Unit { get; init; }
    public DateTimeOffset? KnownAt { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }
    public Step? Step { get; init; }

    /// <summary>The unit in the table whose own units are shown. One that is not there opens nothing.</summary>
    public Guid? Open { get; init; }

    /// <summary>Which of the staff; only on the page of people.</summary>
    public PeopleFilter People { get; init; } = PeopleFilter.Staff;

    /// <summary>The day whose end is looked at.</summary>
    public DateOnly Day => AsOf ?? Today;

    public DateOnly ChartFrom => From ?? Earlier(Day, To ?? Day).AddMonths(-DefaultMonths);

    public DateOnly ChartTo => To ?? Later(Day, ChartFrom);

    public Step ChartStep => Step ?? StepFor(ChartFrom, ChartTo);

    /// <summary>A step that gives between a handful and about sixty points.</summary>
    public static Step StepFor(DateOnly from, DateOnly to) => (to.DayNumber - from.DayNumber) switch
    {
        <= 45 => Domain.Step.Day,
        <= 400 => Domain.Step.Week,
        <= 5 * 366 => Domain.Step.Month,
        <= 15 * 366 => Domain.Step.Quarter,
        _ => Domain.Step.Year,
    };

    /// <summary>The day a month earlier or later; the last day of a month stays the last day of a month.</summary>
    public static DateOnly AddMonths(DateOnly day, int months)
    {
        var moved = day.AddMonths(months);
        return day.AddDays(1).Day == 1 ? new DateOnly(moved.Year, moved.Month, DateTime.DaysInMonth(moved.Year, moved.Month)) : moved;
    }

    /// <summary>Reads a query. Fields that cannot be used are left out of the selection and named in the errors.</summary>
    /// <param name="raw">The query as typed.</param>
    /// <param name="now">Nothing after this instant can be asked for.</param>
    /// <param name="zone">Days, and instants without an offset, are in this time zone.</param>
    public static (Selection Selection, IReadOnlyList<FieldError> Errors) Read(RawSelection raw, DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var errors = new List<FieldError>();
        // In the order of the form's fields: so are the errors.
        var asOf = Day("asOf", raw.AsOf);
        var unit = Unit();
        var from = Day("from", raw.From);
        var to = Day("to", raw.To);
        if (from > to)
        {
            errors.Add(new("from", "Error.RangeReversed"));
            (from, to) = (null, null);
        }
        var selection = new Selection(today)
        {
            AsOf = asOf,
            Unit = unit,
            From = from,
            To = to,
            Step = Choice<Step>("step", raw.Step),
            KnownAt = KnownAt(),
            Open = Guid.TryParse(raw.Open, out var open) ? open : null,
            People = People(),
        };
        return (selection, errors);

        DateOnly? Day(string field, string? text)
        {
            if (string.IsNullOrWhiteSpace(text)) return null;
            if (!DateOnly.TryParseExact(text.Trim(), DayFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day.Year < 1990)
                return Wrong<DateOnly>(field, "Error.Day");
            return day > today ? Wrong<DateOnly>(field, "Error.DayInFuture") : day;
        }

        Guid? Unit() => string.IsNullOrWhiteSpace(raw.Unit) ? null
            : Guid.TryParse(raw.Unit, out var id) ? id
            : Wrong<Guid>("unit", "Error.Unit");

        DateTimeOffset? KnownAt()
        {
            if (string.IsNullOrWhiteSpace(raw.KnownAt)) return null;
            if (!TryReadInstant(raw.KnownAt.Trim(), zone, out var instant)) return Wrong<DateTimeOffset>("knownAt", "Error.KnownAt");
            return instant > now ? Wrong<DateTimeOffset>("knownAt", "Error.KnownAtInFuture") : instant;
        }

        PeopleFilter People()
        {
            if (PeopleFilter.Read(raw.With, raw.Without, raw.Eligible) is { } filter) return filter;
            errors.Add(new("with", "Error.Choice"));
            return PeopleFilter.Staff;
        }

        T? Choice<T>(string field, string? text) where T : struct, Enum =>
            string.IsNullOrWhiteSpace(text) ? null
            : Enum.GetValues<T>().Where(v => v.ToString().Equals(text, StringComparison.OrdinalIgnoreCase)).Select(v => (T?)v).FirstOrDefault()
                ?? Wrong<T>(field, "Error.Choice");

        T? Wrong<T>(string field, string text) where T : struct
        {
            errors.Add(new(field, text));
            return null;
        }
    }

    // 2020-05-09T08:31:12Z and with another offset; without any, the clock on the wall.
    private static bool TryReadInstant(string text, TimeZoneInfo zone, out DateTimeOffset instant)
    {
        string[] wall = ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "d.M.yyyy H:mm", "d.M.yyyy H:mm:ss", "d.M.yyyy, H:mm", "d.M.yyyy, H:mm:ss"];
        if (DateTime.TryParseExact(text, wall, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            instant = zone.IsInvalidTime(local) ? default : new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
            return !zone.IsInvalidTime(local);
        }
        string[] offset = ["yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];
        return DateTimeOffset.TryParseExact(text, offset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
    }

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}
