using Fleet.Contracts;
using Fleet.Portal.Features.Units;
using Fleet.Portal.Wording;

namespace Fleet.Tests.Unit.Portal;

public sealed class UnitWordsTests
{
    [Fact]
    public void The_kinds_that_pages_offer_are_those_of_assignment() => UnitForm.Kinds.ShouldBe(UnitKinds.All);

    [Theory, InlineData("en"), InlineData("de")]
    public void Each_kind_has_a_name_in_both_languages(string culture)
    {
        using var language = Language.Of(culture);
        UnitForm.Kinds.ShouldAllBe(word => Words.Find($"Kind.{word}") != null);
    }
}
