using static Fleet.Tests.Integration.Interleaving.March;

namespace Fleet.Tests.Integration.Interleaving;

/// <summary>People and VPN accesses, in every order of what one service is told.</summary>
public class PeopleAndAccessOrderTests(Databases databases) : IClassFixture<Databases>
{
    [Theory]
    [MemberData(nameof(EveryOrder.Queues), MemberType = typeof(EveryOrder))]
    public async Task Every_order_of_a_hire_a_move_and_a_new_name_shows_the_new_name_and_both_offices(string queues)
    {
        var known = await EveryOrder.ShouldEndAlikeAsync(databases, queues, new Life(Offices, [Hire(Ada, Roads, 2), Move(Ada, Schools, 5), Rename(Ada, "Lang", 9)]));

        known.ShouldContain(line => line.StartsWith("gateway:") && line.Contains("Ada Lang"));
        known.ShouldContain("audit: 2020-03-04 Roads office Figures { Staff = 1, Eligible = 1, WithLaptop = 0, WithVpn = 0, Ready = 0, EligibleNotReady = 1 }");
        known.ShouldContain("audit: 2020-03-05 Schools office Figures { Staff = 1, Eligible = 1, WithLaptop = 0, WithVpn = 0, Ready = 0, EligibleNotReady = 1 }");
    }

    [Theory]
    [MemberData(nameof(EveryOrder.Queues), MemberType = typeof(EveryOrder))]
    public async Task Every_order_of_an_issue_a_key_and_a_return_ends_the_access_with_the_return(string queues)
    {
        var known = await EveryOrder.ShouldEndAlikeAsync(databases, queues, new Life([.. Offices, Hire(Ada, Roads, 2), Register(3)], [Issue(Ada, 4), Key(Ada, 4, 5), Return(9)]));

        known.ShouldContain(line => line.StartsWith("provisioning:") && line.Contains("\"endedAt\":\"2020-03-09T10:00:00Z\",\"reason\":\"returned\""));
        known.ShouldContain("audit: 2020-03-08 Figures { Staff = 1, Eligible = 1, WithLaptop = 1, WithVpn = 1, Ready = 1, EligibleNotReady = 0 }");
        known.ShouldContain("audit: 2020-03-09 Figures { Staff = 1, Eligible = 1, WithLaptop = 0, WithVpn = 0, Ready = 0, EligibleNotReady = 1 }");
    }
}
