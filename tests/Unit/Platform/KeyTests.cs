using Fleet.Platform.Store;

namespace Fleet.Tests.Unit.Platform;

public sealed class KeyTests
{
    [Theory]
    [InlineData("Müller", "mueller", "muller", "müller", "MÜLLER", "Mu\u0308ller", "MUELLER")]
    [InlineData("Straße", "strasse", "STRASSE", "STRAẞE")]
    [InlineData("André", "andre", "ANDRÉ", "Andre\u0301")]
    [InlineData("Goethe", "Göthe", "gothe")]
    [InlineData("Süer", "Sueer", "Suer")]
    [InlineData("Łukasz", "lukasz")]
    [InlineData("Søren", "Soren", "Soeren")]
    [InlineData("İpek", "ipek", "Ipek")]
    [InlineData("Josué", "josue")]
    public void Spellings_of_one_word_find_each_other(params string[] spellings)
    {
        foreach (var spelling in spellings) Key.Words(spelling).ShouldBe(Key.Words(spellings[0]));
        Key.Words(spellings[0]).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("Müller")]
    [InlineData("mueller")]
    [InlineData("Straße")]
    [InlineData("Aeeoueüß")]
    [InlineData("Michael")]
    [InlineData("Queen")]
    [InlineData("Mu\u0308eller")]
    [InlineData("Æøœßé")]
    public void The_beginning_of_a_word_begins_the_folded_word(string word)
    {
        var whole = Key.Words(word).ShouldHaveSingleItem();
        for (var length = 1; length <= word.Length; length++) whole.ShouldStartWith(Key.Prefixes(word[..length]).ShouldHaveSingleItem());
    }

    [Fact]
    public void Different_names_stay_different() => Key.Words("Maier").ShouldNotBe(Key.Words("Meyer"));

    [Fact]
    public void Words_end_at_whatever_is_no_letter_or_digit() =>
        Key.Words("von der Leyen", "O'Neil, Ann", null, " ").ShouldBe(["von", "der", "leyen", "o", "neil", "oneil", "ann"]);

    [Fact]
    public void A_number_with_separators_is_found_with_and_without_them()
    {
        var words = Key.Words("LT-0042");
        foreach (var typed in new[] { "LT-0042", "lt-00", "0042", "LT0042", "lt", "LT 0042", "lt/0042" })
            Key.Prefixes(typed).ShouldAllBe(p => words.Any(w => w.StartsWith(p, StringComparison.Ordinal)), typed);
        Key.Prefixes("LT-0043").ShouldContain(p => !words.Any(w => w.StartsWith(p, StringComparison.Ordinal)));
    }

    [Fact]
    public void Nothing_typed_is_no_prefix() => Key.Prefixes(" -, ").ShouldBeEmpty();

    [Fact]
    public void A_word_of_any_length_is_found_by_all_of_it()
    {
        var word = new string('x', 500);
        Key.Words(word).ShouldHaveSingleItem().ShouldStartWith(Key.Prefixes(word).ShouldHaveSingleItem());
    }

    [Theory]
    [InlineData("  LT \t 0042\n", "lt 0042")]
    [InlineData("A\u00a0\u2003B", "a b")]
    [InlineData("Mu\u0308LLER", "müller")]
    [InlineData("", "")]
    [InlineData("   ", "")]
    public void Folded_text_has_one_case_and_single_spaces(string text, string folded) => Key.Folded(text).ShouldBe(folded);

    [Theory]
    [InlineData("a\uD800b")]
    [InlineData("\uDC00")]
    [InlineData("a\uFFFE\0\uFDD0")]
    [InlineData("\U0010FFFF")]
    public void No_text_is_too_odd_to_be_folded(string text)
    {
        Key.Folded(text).ShouldNotBeNull();
        Key.Words(text).ShouldNotBeNull();
        Key.Prefixes(text).ShouldNotBeNull();
    }
}
