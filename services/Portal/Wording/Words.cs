using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Fleet.Portal.Wording;

/// <summary>The portal's words, numbers and days in the reader's language.</summary>
internal sealed class Words(IStringLocalizer<Words> texts, TimeZoneInfo zone)
{
    /// <summary>What the portal speaks; the first for those who ask for another language.</summary>
    public static IReadOnlyList<string> Cultures { get; } = ["en", "de"];

    /// <summary>A text by its key; numbers in it come as arguments that are written already.</summary>
    public string this[string key, params object[] arguments] => texts[key, arguments];

    /// <summary>What a kind of unit is called; kinds the portal does not know are shown as they are.</summary>
    public string Kind(string kind) => texts[$"Kind.{kind}"] is { ResourceNotFound: false } known ? known : kind;

    /// <summary>1,400 or 1.400.</summary>
    public static string Count(int count) => count.ToString("N0", Culture);

    /// <summary>33.4% or 33,4 %, and a dash where nobody could be counted.</summary>
    public static string Percent(decimal? percent) => percent is { } p ? WithSign(p.ToString("0.0", Culture)) : "–";

    /// <summary>Axis labels: 25% or 25 %.</summary>
    public static string WholePercent(int percent) => WithSign(percent.ToString(Culture));

    /// <summary>467 of 1,400: the numbers behind a percentage.</summary>
    public string Share(int part, int whole) => this["Share", Count(part), Count(whole)];

    /// <summary>8 May 2020 or 8. Mai 2020.</summary>
    public static string Day(DateOnly day) => day.ToString(IsGerman ? "d. MMMM yyyy" : "d MMMM yyyy", Culture);

    /// <summary>Friday, 8 May 2020.</summary>
    public static string DayWithWeekday(DateOnly day) => day.ToString(IsGerman ? "dddd, d. MMMM yyyy" : "dddd, d MMMM yyyy", Culture);

    /// <summary>8 May or 8. Mai.</summary>
    public static string ShortDay(DateOnly day) => day.ToString(IsGerman ? "d. MMM" : "d MMM", Culture);

    /// <summary>May or Mai.</summary>
    public static string Month(DateOnly day) => day.ToString("MMM", Culture);

    /// <summary>The time on the wall, with its seconds: 8 May 2020, 14:03:22.</summary>
    public string Instant(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, zone);
        return $"{Day(DateOnly.FromDateTime(local.DateTime))}, {local.ToString("HH:mm:ss", Culture)}";
    }

    /// <summary>For sorting names the way the language does.</summary>
    public static IComparer<string> ByName => StringComparer.Create(Culture, CompareOptions.IgnoreCase);

    // German sets the sign apart, with a space that does not break.
    private static string WithSign(string number) => IsGerman ? $"{number}\u00A0%" : $"{number}%";

    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    private static bool IsGerman => Culture.TwoLetterISOLanguageName == "de";
}
