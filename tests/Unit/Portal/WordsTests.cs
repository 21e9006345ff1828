using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Fleet.Portal.Wording;

namespace Fleet.Tests.Unit.Portal;

public partial class WordsTests
{
    private static readonly DateOnly Day = new(2020, 5, 8);

    [Theory]
    [InlineData("en", "33.4%", "25%", "1,400", "467 of 1,400")]
    [InlineData("de", "33,4\u00A0%", "25\u00A0%", "1.400", "467 von 1.400")]
    public void Numbers_are_written_as_the_language_writes_them(string culture, string percent, string whole, string count, string share)
    {
        using var language = Language.Of(culture);
        Words.Percent(33.4m).ShouldBe(percent);
        Words.WholePercent(25).ShouldBe(whole);
        Words.Count(1400).ShouldBe(count);
        New().Share(467, 1400).ShouldBe(share);
    }

    [Theory]
    [InlineData("en", "100.0%", "0.0%")]
    [InlineData("de", "100,0\u00A0%", "0,0\u00A0%")]
    public void Whole_percentages_keep_their_decimal(string culture, string hundred, string zero)
    {
        using var language = Language.Of(culture);
        Words.Percent(100m).ShouldBe(hundred);
        Words.Percent(0m).ShouldBe(zero);
    }

    [Fact]
    public void Where_nobody_could_be_counted_there_is_a_dash_and_no_percentage() => Words.Percent(null).ShouldBe("–");

    [Theory]
    [InlineData("en", "8 May 2020", "Friday, 8 May 2020", "8 May")]
    [InlineData("de", "8. Mai 2020", "Freitag, 8. Mai 2020", "8. Mai")]
    public void Days_are_written_as_the_language_writes_them(string culture, string day, string withWeekday, string shortDay)
    {
        using var language = Language.Of(culture);
        Words.Day(Day).ShouldBe(day);
        Words.DayWithWeekday(Day).ShouldBe(withWeekday);
        Words.ShortDay(Day).ShouldBe(shortDay);
    }

    [Fact]
    public void Instants_are_shown_as_the_clock_on_the_wall_showed_them()
    {
        using var language = Language.Of("en");
        New().Instant(new DateTimeOffset(2020, 5, 8, 22, 30, 5, TimeSpan.Zero)).ShouldBe("9 May 2020, 00:30:05");
    }

    [Theory]
    [InlineData("en", "department", "Department")]
    [InlineData("de", "department", "Dezernat")]
    [InlineData("de", "guild", "guild")]
    public void Kinds_of_units_have_names_and_unknown_ones_keep_theirs(string culture, string kind, string name)
    {
        using var language = Language.Of(culture);
        Words.Kind(kind).ShouldBe(name);
    }

    [Fact]
    public void Every_text_is_there_in_both_languages_with_the_same_places_for_numbers()
    {
        var english = Words.Texts("en");
        var german = Words.Texts("de");
        german.Keys.Order().ShouldBe(english.Keys.Order());
        foreach (var (key, text) in english) Places(german[key]).ShouldBe(Places(text), key);

        static IEnumerable<string> Places(string text) => Placeholder().Matches(text).Select(m => m.Value).Distinct().Order();
    }

    [Fact]
    public void Every_text_the_pages_name_is_there()
    {
        var english = Words.Texts("en");
        var named = Directory.EnumerateFiles(PortalFolder(), "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".razor", StringComparison.Ordinal) || (f.EndsWith(".cs", StringComparison.Ordinal) && !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}")))
            .SelectMany(f => NamedText().Matches(File.ReadAllText(f))).Select(m => m.Groups["key"].Value).Distinct().ToList();
        named.Count.ShouldBeGreaterThan(80);
        named.Where(key => !english.ContainsKey(key)).ShouldBeEmpty();
    }

    private static Words New() => new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

    private static string PortalFolder([CallerFilePath] string here = "") => Path.Combine(here, "../../../../services/Portal");

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("""(?:(?:W|words)\["|"(?=Error\.))(?<key>[A-Za-z.0-9]+)["]""")]
    private static partial Regex NamedText();
}
