using Fleet.Provisioning.Domain;

namespace Fleet.Tests.Unit.Provisioning;

public class Ipv4NetworkTests
{
    [Theory]
    [InlineData("10.20.0.0/22", "10.20.0.1", "10.20.0.2", "10.20.3.254")]
    [InlineData("10.0.0.0/8", "10.0.0.1", "10.0.0.2", "10.255.255.254")]
    [InlineData("192.168.7.8/30", "192.168.7.9", "192.168.7.10", "192.168.7.10")]
    [InlineData("255.255.255.252/30", "255.255.255.253", "255.255.255.254", "255.255.255.254")]
    public void Gateway_first_peer_and_last_peer_lie_inside_without_network_and_broadcast_address(string cidr, string gateway, string first, string last)
    {
        var network = Ipv4Network.Parse(cidr);

        network.AddressAt(Ipv4Network.GatewayOffset).ShouldBe(gateway);
        network.AddressAt(Ipv4Network.FirstPeerOffset).ShouldBe(first);
        network.AddressAt(network.LastPeerOffset).ShouldBe(last);
        network.ToString().ShouldBe(cidr);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("10.20.0.0")]
    [InlineData("10.20.0.0/")]
    [InlineData("10.20.0.1/22")]
    [InlineData("10.20.0.0/7")]
    [InlineData("10.20.0.0/31")]
    [InlineData("10.20.0.0/022")]
    [InlineData("10.20.0.0/+22")]
    [InlineData("10.20/22")]
    [InlineData("010.020.000.000/22")]
    [InlineData("10.20.0.256/22")]
    [InlineData("10.20.0.0/22/1")]
    [InlineData(" 10.20.0.0/22")]
    [InlineData("fd00::/64")]
    public void Anything_but_a_canonical_network_of_8_to_30_bits_is_refused(string? text) => Ipv4Network.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("10.20.0.0/22", "10.20.0.0/22", true)]
    [InlineData("10.20.0.0/22", "10.20.3.0/24", true)]
    [InlineData("10.20.3.0/24", "10.0.0.0/8", true)]
    [InlineData("10.20.0.0/22", "10.20.4.0/22", false)]
    [InlineData("10.20.4.0/22", "10.20.0.0/22", false)]
    [InlineData("255.0.0.0/8", "0.0.0.0/8", false)]
    [InlineData("255.0.0.0/8", "255.255.255.252/30", true)]
    public void Networks_overlap_when_one_lies_in_the_other(string one, string other, bool overlap)
    {
        Ipv4Network.Parse(one).Overlaps(Ipv4Network.Parse(other)).ShouldBe(overlap);
        Ipv4Network.Parse(other).Overlaps(Ipv4Network.Parse(one)).ShouldBe(overlap);
    }

    [Fact]
    public void No_address_is_made_outside_the_network()
    {
        var network = Ipv4Network.Parse("10.20.0.0/30");

        Should.Throw<ArgumentOutOfRangeException>(() => network.AddressAt(4));
        Should.Throw<ArgumentOutOfRangeException>(() => network.AddressAt(-1));
    }
}
