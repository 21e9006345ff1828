using Fleet.Contracts;
using Fleet.Portal.Features.Accesses;
using Fleet.Portal.Wording;

namespace Fleet.Tests.Unit.Portal;

public sealed class AccessWordsTests
{
    [Fact]
    public void The_states_that_pages_offer_are_those_of_provisioning() => AccessWords.States.ShouldBe(AccessStates.All);

    [Theory, InlineData("en"), InlineData("de")]
    public void Each_state_reason_and_loss_has_a_name_in_both_languages(string culture)
    {
        using var language = Language.Of(culture);
        AccessWords.States.ShouldAllBe(word => Words.Find($"AccessState.{word}") != null);
        AccessWords.Reasons.ShouldAllBe(word => Words.Find($"AccessReason.{word}") != null);
    }
}
