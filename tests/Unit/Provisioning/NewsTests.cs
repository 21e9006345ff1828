using Fleet.Platform.Bus;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;
using Fleet.Provisioning.Process;

namespace Fleet.Tests.Unit.Provisioning;

public class NewsTests
{
    [Fact]
    public async Task Nothing_is_waited_for_while_the_broker_is_away_and_the_refusal_says_that_news_may_be_late()
    {
        var reads = 0;
        var news = new News(new BrokerState(["provisioning-follow-people"]), TimeProvider.System);

        var found = await news.WaitAsync(
            () =>
            {
                reads++;
                return Task.FromResult<Document<Person>?>(null);
            },
            person => person is not null,
            TestContext.Current.CancellationToken);

        found.ShouldBeNull();
        reads.ShouldBe(1);
        news.IfLate().ShouldNotBeNull().ProblemDetails.Extensions["code"].ShouldBe("assignment-news-late");
    }
}
