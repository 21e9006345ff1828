using System.Globalization;
using System.Text;

namespace Fleet.Platform.Http;

/// <summary>How the value of a parameter is written.</summary>
public enum ValueKind
{
    /// <summary>Anything, nothing too.</summary>
    Free,

    /// <summary>Some text; not blank.</summary>
    Text,

    /// <summary>One of the known words, in any case.</summary>
    Word,

    /// <summary>A UUID.</summary>
    Id,

    /// <summary>true or false.</summary>
    Flag,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A number with or without decimals, written with a point.</summary>
    Amount,

    /// <summary>YYYY-MM-DD.</summary>
    Day,

    /// <summary>RFC 3339 with its offset.</summary>
    Instant,

    /// <summary>Either of the two.</summary>
    DayOrInstant,
}

/// <summary>One parameter of a query: what it is called, how it is written and what it means. From it come the check, the refusal's words and OpenAPI.</summary>
/// <param name="Name">As clients write it; case does not matter.</param>
/// <param name="Kind">How its value is written.</param>
/// <param name="Description">One sentence for OpenAPI.</param>
public sealed record QueryParameter(string Name, ValueKind Kind, string? Description = null)
{
    // As much as 200 ids take, and about what a request line may hold.
    private const int MaxLength = 8000;
    private const int MaxValues = 200;

    /// <summary>With <see cref="ValueKind.Word"/>: the words there are.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Whether it takes several values, separated by commas.</summary>
    public bool Several { get; init; }

    /// <summary>With <see cref="ValueKind.Number"/>: the least and the most.</summary>
    public (int Least, int Most)? Bounds { get; init; }

    /// <summary>The values in the text; one, when it takes only one. Words come back as they are spelled here.</summary>
    public IReadOnlyList<string> ValuesOf(string text)
    {
        var values = Several ? text.Split(',', StringSplitOptions.TrimEntries) : [text];
        return Kind == ValueKind.Word ? [.. values.Select(v => Known(v) ?? v)] : values;
    }

    /// <summary>What is wrong with the value, in plain words; null when it is good.</summary>
    public string? MistakeIn(string text)
    {
        if (text.Length > MaxLength) return $"Must be at most {MaxLength} characters long.";
        if (Characters.MistakeIn(text) is { } bad) return bad;
        var values = ValuesOf(text);
        return values.Count > MaxValues ? $"Must be at most {MaxValues} values." : values.All(IsGood) ? null : $"Must be {What()}.";
    }

    private bool IsGood(string value) => Kind switch
    {
        ValueKind.Free => true,
        ValueKind.Text => !string.IsNullOrWhiteSpace(value),
        ValueKind.Word => Known(value) is not null,
        ValueKind.Id => Guid.TryParseExact(value, "D", out _),
        ValueKind.Flag => bool.TryParse(value, out _),
        ValueKind.Number => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && (Bounds is not { } b || (number >= b.Least && number <= b.Most)),
        ValueKind.Amount => decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _),
        ValueKind.Day => Moments.ReadDay(value) is not null,
        ValueKind.Instant => Moments.ReadInstant(value) is not null,
        ValueKind.DayOrInstant => Moments.ReadDay(value) is not null || Moments.ReadInstant(value) is not null,
        _ => throw new InvalidOperationException($"There is no kind {Kind}."),
    };

    private string? Known(string word) => Words.FirstOrDefault(w => w.Equals(word, StringComparison.OrdinalIgnoreCase));

    private string What() => Kind switch
    {
        ValueKind.Word when Several => $"one or more of {string.Join(", ", Words)}, separated by commas",
        ValueKind.Word => $"one of {string.Join(", ", Words)}",
        ValueKind.Id when Several => "UUIDs, separated by commas",
        ValueKind.Id => "a UUID",
        ValueKind.Flag => "true or false",
        ValueKind.Number when Bounds is { } b => $"a whole number from {b.Least} to {b.Most}",
        ValueKind.Number => "a whole number",
        ValueKind.Amount => "a number like 12.50",
        ValueKind.Day => Moments.ADay,
        ValueKind.Instant => Moments.AnInstant,
        ValueKind.DayOrInstant => $"{Moments.ADay}, or {Moments.AnInstant}",
        _ => "some text",
    };
}

/// <summary>Days and instants as clients write them, and how we ask for them.</summary>
public static class Moments
{
    /// <summary>Names the form and the bounds.</summary>
    public const string ADay = "a day like 2026-05-08, from 1900-01-01 to 2199-12-31";

    /// <summary>Names the form and the bounds.</summary>
    public const string AnInstant = "an instant like 2026-05-08T10:00:00Z, from 1900 to 2199";

    /// <summary>The day, or null when the text is none that Fleet knows.</summary>
    public static DateOnly? ReadDay(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && FleetCalendar.Knows(day) ? day : null;

    /// <summary>The instant (UTC), or null when the text is none that Fleet knows. Without an offset it is none: whose midnight would it be?</summary>
    public static DateTimeOffset? ReadInstant(string text) =>
        text.IndexOf('T', StringComparison.OrdinalIgnoreCase) == 10 && text.AsSpan(10).IndexOfAny("Zz+-") > 0
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) && FleetCalendar.Knows(instant)
            ? instant.ToUniversalTime()
            : null;
}

/// <summary>Which characters a text may hold. What is refused here has no place in names and notes, and stores and spreadsheets stumble over it.</summary>
internal static class Characters
{
    /// <summary>What is wrong with the text, in plain words; null when it is good. Line breaks and tabs are.</summary>
    public static string? MistakeIn(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var length) != System.Buffers.OperationStatus.Done) return "Holds half of a character (an unpaired surrogate).";
            if ((Rune.IsControl(rune) && rune.Value is not ('\t' or '\n' or '\r')) || IsNoCharacter(rune.Value))
                return $"Holds a character that is not allowed (U+{rune.Value:X4}).";
            text = text[length..];
        }

        return null;
    }

    // Source: Unicode standard, section 23.7: the last two of every plane, and 32 in the Arabic block.
    private static bool IsNoCharacter(int value) => (value & 0xFFFE) == 0xFFFE || value is >= 0xFDD0 and <= 0xFDEF;
}
