using Fleet.Provisioning.Domain;

namespace Fleet.Tests.Unit.Provisioning;

public class NetworkPlanTests
{
    private static readonly DateTimeOffset Now = new(2020, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly NetworkClaim North = Claim("north", "10.20.0.0/22");
    private static readonly NetworkPlan Plan = new NetworkPlan().With(North);

    [Fact]
    public void A_claim_is_in_the_way_of_its_name_and_of_its_addresses()
    {
        Plan.Against(Claim("north", "10.30.0.0/22")).ShouldBe([North]);
        Plan.Against(Claim("south", "10.20.1.0/24")).ShouldBe([North]);
        Plan.Against(Claim("south", "10.20.4.0/22")).ShouldBeEmpty();
        Plan.Against(North).ShouldBeEmpty();
    }

    [Fact]
    public void A_new_claim_takes_the_place_of_those_it_collides_with()
    {
        var south = Claim("south", "10.30.0.0/22");
        var over = Claim("north", "10.20.0.0/16");

        Plan.With(south).With(over).Claims.ShouldBe([south, over]);
    }

    [Fact]
    public void A_claim_is_abandoned_after_half_a_minute()
    {
        North.IsAbandoned(Now.AddSeconds(30)).ShouldBeFalse();
        North.IsAbandoned(Now.AddSeconds(31)).ShouldBeTrue();
    }

    private static NetworkClaim Claim(string name, string network) => new(Guid.CreateVersion7(), name, network, Now);
}
