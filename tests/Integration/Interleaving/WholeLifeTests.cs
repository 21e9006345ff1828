using CsCheck;
using static Fleet.Tests.Integration.Interleaving.March;

namespace Fleet.Tests.Integration.Interleaving;

/// <summary>A longer life, in some hundred of its orders: all services' news mixed, each once or twice, near the acts or far behind them.</summary>
public class WholeLifeTests(Databases databases) : IClassFixture<Databases>
{
    [Fact]
    public async Task A_small_life_ends_alike_in_whatever_order_and_how_often_its_news_arrive()
    {
        var life = new Life(
            Offices,
            [
                Hire(Ada, Roads, 2), Register(2), Hire(Ben, Schools, 3), Issue(Ada, 3), Key(Ada, 3, 4), Move(Ada, Schools, 5), Describe("room 12"), Return(6), Issue(Ben, 9), Key(Ben, 9, 10),
                Lose(11), Rename(Ada, "Lang", 12), Find(13), Issue(Ada, 16), Key(Ada, 16, 17), Leave(Ben, 18), Revoke(Ada, 16, 19), ReportTheft(20), Return(23), Issue(Ada, 24),
            ]);
        var expected = await County.LiveAsync(databases, life);

        await Gen.Int.SampleAsync(seed => County.ShouldEndAsync(databases, life, Post.Random(seed), expected), iter: 200);
    }
}
