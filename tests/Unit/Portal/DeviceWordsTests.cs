using Fleet.Contracts;
using Fleet.Portal.Features.Devices;
using Fleet.Portal.Wording;

namespace Fleet.Tests.Unit.Portal;

public sealed class DeviceWordsTests
{
    [Fact]
    public void The_words_that_pages_offer_are_those_of_the_services()
    {
        DeviceWords.Kinds.ShouldBe(DeviceKinds.All);
        DeviceWords.Statuses.ShouldBe(DeviceStatuses.All);
        DeviceWords.NewStatuses.ShouldBeSubsetOf(DeviceStatuses.All);
    }

    [Theory, InlineData("en"), InlineData("de")]
    public void Each_has_a_name_in_both_languages(string culture)
    {
        using var language = Language.Of(culture);
        DeviceWords.Kinds.ShouldAllBe(word => Words.Find($"DeviceKind.{word}") != null);
        DeviceWords.Statuses.ShouldAllBe(word => Words.Find($"DeviceStatus.{word}") != null);
    }

    [Theory, InlineData("en"), InlineData("de")]
    public void Each_status_that_is_set_by_hand_is_an_act_and_says_what_follows(string culture)
    {
        using var language = Language.Of(culture);
        var acts = DeviceWords.Statuses.Except([DeviceStatuses.Ordered, DeviceStatuses.Assigned]);
        acts.ShouldAllBe(word => Words.Find($"DeviceAct.{word}") != null && Words.Find($"DeviceAct.{word}.Text") != null);
    }
}
