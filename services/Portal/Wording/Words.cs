using System.Collections.Frozen;
using System.Globalization;
using System.Resources;

namespace Fleet.Portal.Wording;

/// <summary>
/// The portal's words, numbers and days in the reader's language. The texts lie beside the pages that show them (<c>Features/…/Words.resx</c> and
/// <c>Words.de.resx</c>), those that all pages share beside this file; a key is there once.
/// </summary>
internal sealed class Words(TimeZoneInfo zone)
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> ByCulture = Cultures.ToFrozenDictionary(c => c, Read);

    /// <summary>What the portal speaks; the first for those who ask for another language.</summary>
    public static IReadOnlyList<string> Cultures => ["en", "de"];

    /// <summary>All texts of a language.</summary>
    public static IReadOnlyDictionary<string, string> Texts(string culture) => ByCulture[culture];

    /// <summary>A text by its key; numbers in it come as arguments that are written already. A key without a text is shown itself.</summary>
    public string this[string key, params object[] arguments] => Find(key) is not { } text ? key : arguments.Length == 0 ? text : string.Format(Culture, text, arguments);

    /// <summary>A text by its key, or null.</summary>
    public static string? Find(string key) => ByCulture[IsGerman ? "de" : "en"].GetValueOrDefault(key);

    /// <summary>The word of one of the services' states or kinds (<c>Status.inStock</c>); words the portal does not know are shown as they are.</summary>
    public static string Of(string group, string word) => Find($"{group}.{word}") ?? word;

    /// <summary>What a kind of unit is called; kinds the portal does not know are shown as they are.</summary>
    public static string Kind(string kind) => Of("Kind", kind);

    /// <summary>One device, 2 devices: the text <c>key.one</c> for one, <c>key.other</c> with the number for any other.</summary>
    public string Counted(string key, int count) => this[count == 1 ? $"{key}.one" : $"{key}.other", Count(count)];

    /// <summary>A thing of a kit: Laptop, VPN, 2 × Monitor; by the kit's own name where it has one.</summary>
    public string KitItem(string kind, string? name, int count)
    {
        var text = name ?? Find($"DeviceKind.{kind}") ?? Of("ItemKind", kind);
        return count == 1 ? text : this["Times", Count(count), text];
    }

    /// <summary>1,400 or 1.400.</summary>
    public static string Count(long count) => count.ToString("N0", Culture);

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

    /// <summary>The day on which something was, in the office's time zone.</summary>
    public string DayOf(DateTimeOffset instant) => Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime));

    /// <summary>EUR 1,299.00 or 1.299,00 EUR.</summary>
    public static string Money(decimal amount, string currency) =>
        IsGerman ? $"{amount.ToString("N2", Culture)} {currency}" : $"{currency} {amount.ToString("N2", Culture)}";

    /// <summary>For sorting names the way the language does.</summary>
    public static IComparer<string> ByName => StringComparer.Create(Culture, CompareOptions.IgnoreCase);

    // German sets the sign apart, with a space that does not break.
    private static string WithSign(string number) => IsGerman ? $"{number}\u00A0%" : $"{number}%";

    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    private static bool IsGerman => Culture.TwoLetterISOLanguageName == "de";

    private static FrozenDictionary<string, string> Read(string culture)
    {
        var assembly = typeof(Words).Assembly;
        // English is what the program itself carries.
        var language = culture == "en" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(culture);
        return assembly.GetManifestResourceNames().Where(n => n.EndsWith(".Words.resources", StringComparison.Ordinal))
            .SelectMany(n => new ResourceManager(n[..^".resources".Length], assembly).GetResourceSet(language, createIfNotExists: true, tryParents: false)?
                .Cast<System.Collections.DictionaryEntry>() ?? [])
            .ToFrozenDictionary(e => (string)e.Key, e => (string)e.Value!);
    }
}
