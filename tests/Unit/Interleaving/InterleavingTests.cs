using CsCheck;
using Fleet.Audit.Features.Log;
using static Fleet.Tests.Unit.Interleaving.March;

namespace Fleet.Tests.Unit.Interleaving;

/// <summary>
/// No fact may depend on the order of arrival, in any queues. A life is lived as it happened, every news at once, and again with the news late, in other
/// orders and twice: what the queuess show, and what they said last of each thing, has to be the same. Small lives in every order that there is for what
/// one queues is told; a longer one in some hundred of its orders, all queuess' news mixed.
/// </summary>
public class InterleavingTests(Databases databases) : IClassFixture<Databases>
{
    [Theory]
    [MemberData(nameof(Queues))]
    public async Task Every_order_of_a_loss_and_the_issue_it_follows_dates_the_loss_alike(string queues)
    {
        var known = await EveryOrderIsAlikeAsync(queues, new Life([.. Offices, Hire(Ada, Roads, 2)], [Register(3), Issue(Ada, 4), Lose(6)]));

        known.ShouldContain(line => line.StartsWith("inventory:") && line.Contains("\"status\":\"lost\",\"since\":\"2020-03-06T11:00:00Z\""));
        known.ShouldContain("audit: 2020-03-05 Figures { Staff = 1, Eligible = 1, WithLaptop = 1, WithVpn = 0, Ready = 0 }");
        known.ShouldContain("audit: 2020-03-06 Figures { Staff = 1, Eligible = 1, WithLaptop = 0, WithVpn = 0, Ready = 0 }");
    }

    [Theory]
    [MemberData(nameof(Queues))]
    public async Task Every_order_of_an_issue_a_return_and_a_loss_leaves_the_same_holder(string queues)
    {
        var known = await EveryOrderIsAlikeAsync(queues, new Life([.. Offices, Hire(Ada, Roads, 2), Register(3)], [Issue(Ada, 4), Return(5), Lose(6)]));

        known.ShouldContain(line => line.StartsWith("told last: DeviceState") && line.Contains("\"status\":\"lost\"") && !line.Contains("holderId"));
    }

    [Theory]
    [MemberData(nameof(Queues))]
    public async Task Every_order_of_a_loss_a_find_and_another_issue_leaves_it_with_the_new_holder(string queues)
    {
        var before = new Life([.. Offices, Hire(Ada, Roads, 2), Hire(Ben, Schools, 2), Register(3), Issue(Ada, 4)], [Lose(6), Find(7), Issue(Ben, 9)]);
        var known = await EveryOrderIsAlikeAsync(queues, before);

        known.ShouldContain(line => line.StartsWith("inventory:") && line.Contains("\"status\":\"assigned\",\"since\":\"2020-03-09T09:00:00Z\"") && line.Contains("Ben Berger"));
    }

    [Theory]
    [MemberData(nameof(Queues))]
    public async Task Every_order_of_a_hire_a_move_and_a_new_name_shows_the_new_name_and_both_offices(string queues)
    {
        var known = await EveryOrderIsAlikeAsync(queues, new Life([.. Offices, Register(1)], [Hire(Ada, Roads, 2), Issue(Ada, 3), Move(Ada, Schools, 5), Rename(Ada, "Lang", 9)]));

        known.ShouldContain(line => line.StartsWith("inventory:") && line.Contains("Ada Lang"));
        known.ShouldContain("audit: 2020-03-04 Roads office Figures { Staff = 1, Eligible = 1, WithLaptop = 1, WithVpn = 0, Ready = 0 }");
        known.ShouldContain("audit: 2020-03-05 Schools office Figures { Staff = 1, Eligible = 1, WithLaptop = 1, WithVpn = 0, Ready = 0 }");
    }

    [Theory]
    [MemberData(nameof(Queues))]
    public async Task Every_order_of_an_issue_a_key_and_a_return_ends_the_access_with_the_return(string queues)
    {
        var known = await EveryOrderIsAlikeAsync(queues, new Life([.. Offices, Hire(Ada, Roads, 2), Register(3)], [Issue(Ada, 4), Key(Ada, 4, 5), Return(9)]));

        known.ShouldContain(line => line.StartsWith("provisioning:") && line.Contains("\"endedAt\":\"2020-03-09T10:00:00Z\",\"reason\":\"returned\""));
        known.ShouldContain("audit: 2020-03-08 Figures { Staff = 1, Eligible = 1, WithLaptop = 1, WithVpn = 1, Ready = 1 }");
        known.ShouldContain("audit: 2020-03-09 Figures { Staff = 1, Eligible = 1, WithLaptop = 0, WithVpn = 0, Ready = 0 }");
    }

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

        await Gen.Int.SampleAsync(seed => County.ShouldEndAsync(databases, life, Post.Random(seed), expected), iter: Orders);
    }

    private const int Orders = 200;

    public static TheoryData<string> Queues => ["inventory-", "assignment-follow-devices", "assignment-advance-case", "provisioning-", "audit-", "gateway-"];

    /// <summary>Everything ends as if all news had come at once, whenever the queues hears of them; returns how it ends.</summary>
    private async Task<IReadOnlyList<string>> EveryOrderIsAlikeAsync(string queues, Life life)
    {
        var expected = await County.LiveAsync(databases, life);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var orders = await Post.EveryAsync(queues, fact => queues != "audit-" || EventTypes.IsCoverageFact(fact.GetType().Name), post => County.ShouldEndAsync(databases, life, post, expected));
        TestContext.Current.SendDiagnosticMessage("{0} orders of what {1} is told {2}", orders, queues, watch.Elapsed);
        return expected;
    }
}
