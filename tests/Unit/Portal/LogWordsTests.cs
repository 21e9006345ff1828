using Fleet.Audit.Features.Log;
using Fleet.Portal.Features.Log;
using Fleet.Portal.Wording;

namespace Fleet.Tests.Unit.Portal;

public sealed class LogWordsTests
{
    [Fact]
    public void The_events_that_the_page_offers_are_those_of_the_log() => LogWords.Types.Order().ShouldBe(EventTypes.Names.Order());

    [Theory, InlineData("en"), InlineData("de")]
    public void Each_event_and_what_it_happens_to_has_a_name(string culture)
    {
        using var language = Language.Of(culture);
        LogWords.Types.ShouldAllBe(type => Words.Find($"Event.{type}") != null);
        LogWords.Types.ShouldAllBe(type => Words.Find($"EntityKind.{EventTypes.KindOf(type)}") != null);
    }
}
