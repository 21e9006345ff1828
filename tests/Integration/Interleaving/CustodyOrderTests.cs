using static Fleet.Tests.Integration.Interleaving.March;

namespace Fleet.Tests.Integration.Interleaving;

/// <summary>Hand-overs, returns, losses and finds, in every order of what one service is told.</summary>
public class CustodyOrderTests(Databases databases) : IClassFixture<Databases>
{
    [Theory]
    [MemberData(nameof(EveryOrder.Queues), MemberType = typeof(EveryOrder))]
    public async Task Every_order_of_a_loss_and_the_issue_it_follows_dates_the_loss_alike(string queues)
    {
        var known = await EveryOrder.ShouldEndAlikeAsync(databases, queues, new Life([.. Offices, Hire(Ada, Roads, 2)], [Register(3), Issue(Ada, 4), Lose(6)]));

        known.ShouldContain(line => line.StartsWith("inventory:") && line.Contains("\"status\":\"lost\",\"since\":\"2020-03-06T11:00:00Z\""));
        known.ShouldContain("audit: 2020-03-05 Figures { Staff = 1, Eligible = 1, WithLaptop = 1, WithVpn = 0, Ready = 0, EligibleNotReady = 1 }");
        known.ShouldContain("audit: 2020-03-06 Figures { Staff = 1, Eligible = 1, WithLaptop = 0, WithVpn = 0, Ready = 0, EligibleNotReady = 1 }");
    }

    [Theory]
    [MemberData(nameof(EveryOrder.Queues), MemberType = typeof(EveryOrder))]
    public async Task Every_order_of_an_issue_a_return_and_a_loss_leaves_the_same_holder(string queues)
    {
        var known = await EveryOrder.ShouldEndAlikeAsync(databases, queues, new Life([.. Offices, Hire(Ada, Roads, 2), Register(3)], [Issue(Ada, 4), Return(5), Lose(6)]));

        known.ShouldContain(line => line.StartsWith("told last: DeviceState") && line.Contains("\"status\":\"lost\"") && !line.Contains("holderId"));
    }

    [Theory]
    [MemberData(nameof(EveryOrder.Queues), MemberType = typeof(EveryOrder))]
    public async Task Every_order_of_a_loss_a_find_and_another_issue_leaves_it_with_the_new_holder(string queues)
    {
        var life = new Life([.. Offices, Hire(Ada, Roads, 2), Hire(Ben, Schools, 2), Register(3), Issue(Ada, 4)], [Lose(6), Find(7), Issue(Ben, 9)]);
        var known = await EveryOrder.ShouldEndAlikeAsync(databases, queues, life);

        known.ShouldContain(line => line.StartsWith("inventory:") && line.Contains("\"status\":\"assigned\",\"since\":\"2020-03-09T09:00:00Z\"") && line.Contains("Ben Berger"));
    }
}
