using System.Globalization;
using System.Text;

namespace Fleet.Platform.Store;

/// <summary>Writes values as strings that sort ordinally as the values do, for declared fields.</summary>
public static class Key
{
    // Nobody types more of a word, and nobody may fill an index with one. Both sides of a comparison are cut, so a prefix stays a prefix.
    private const int LongestWord = 64;

    public static string Of(Guid value) => value.ToString();

    public static string Of(DateOnly value) => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Of(DateTimeOffset value) => value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The instant that <see cref="Of(DateTimeOffset)"/> wrote.</summary>
    public static DateTimeOffset Instant(string key) => DateTimeOffset.Parse(key, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>Nineteen digits; negative numbers are refused, they would sort wrongly.</summary>
    public static string Of(long value) => value >= 0
        ? value.ToString("D19", CultureInfo.InvariantCulture)
        : throw new ArgumentOutOfRangeException(nameof(value), value, "Sortable keys are not negative.");

    /// <summary>
    /// Text compared without case and without care for spaces: trimmed, every run of white space one space, composed (NFC), lower case. Never throws;
    /// what is no text (half of a surrogate pair) becomes U+FFFD.
    /// </summary>
    public static string Folded(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune)) text.Append(OfText(rune));
            else if (text.Length > 0 && text[^1] != ' ') text.Append(' ');
        }

        if (text.Length > 0 && text[^1] == ' ') text.Length--;
        return text.ToString().Normalize().ToLowerInvariant();
    }

    /// <summary>
    /// The words by which texts are found, for a field of several values: folded (lower case, accents dropped, ä/ae to a, ö/oe to o, ü/ue to u, ß to
    /// ss), split at whatever is no letter or digit, each once. What holds separators (LT-0042) is a word without them, too (lt0042).
    /// </summary>
    public static IReadOnlyList<string> Words(params IReadOnlyList<string?> texts)
    {
        var words = new HashSet<string>();
        foreach (var part in texts.SelectMany(Parts))
        {
            var inside = Split(part).ToList();
            words.UnionWith(inside);
            if (inside.Count > 1) words.UnionWith(Split(string.Concat(part.EnumerateRunes().Where(r => IsOfWord(r) || IsMark(r)))));
        }

        return [.. words];
    }

    /// <summary>What was typed into a search, as prefixes that must each begin a word (<see cref="Words"/>) of what is found; empty when nothing was typed.</summary>
    public static IReadOnlyList<string> Prefixes(string typed) => [.. Parts(typed).SelectMany(Split).Distinct()];

    private static IEnumerable<string> Parts(string? text) =>
        text is null ? [] : string.Concat(text.EnumerateRunes().Select(OfText)).Normalize(NormalizationForm.FormKD).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Folds letter by letter and never looks ahead: so the fold of a word's beginning is the beginning of the word's fold.</summary>
    private static IEnumerable<string> Split(string decomposed)
    {
        var word = new StringBuilder();
        var afterVowel = false;
        foreach (var rune in decomposed.EnumerateRunes().Append(new Rune(' ')))
        {
            if (IsMark(rune)) continue;
            if (!IsOfWord(rune))
            {
                if (word.Length > 0) yield return word.ToString(0, Math.Min(word.Length, LongestWord));
                word.Clear();
                afterVowel = false;
                continue;
            }

            foreach (var letter in Letters(Rune.ToLowerInvariant(rune)).EnumerateRunes())
            {
                // Mueller, Muller and Müller are one word: an e behind a, o or u may spell a dot pair, so none there counts.
                if (afterVowel && letter.Value == 'e') continue;
                afterVowel = letter.Value is 'a' or 'o' or 'u';
                word.Append(letter);
            }
        }
    }

    /// <summary>Letters that do not come apart into a plain one and its accent.</summary>
    private static string Letters(Rune rune) => rune.Value switch
    {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' or 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        'ħ' => "h",
        'ŧ' => "t",
        _ => rune.ToString(),
    };

    private static bool IsOfWord(Rune rune) => Rune.IsLetterOrDigit(rune);

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Normalization refuses what Unicode keeps for no character (U+FFFE, U+FDD0 …).</summary>
    private static Rune OfText(Rune rune) => (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF ? Rune.ReplacementChar : rune;
}
