using Fleet.WireGuardAgent.Domain;

namespace Fleet.Tests.Unit.WireGuardAgent;

public class PeersTests
{
    // As wg prints it: the interface first, then a peer that was seen and one that was not.
    private const string Dump =
        "interface-private-key\tinterface-public-key\t51820\toff\n" +
        "key-1\t(none)\t198.51.100.7:40000\t10.20.0.2/32\t1583136000\t1024\t2048\t25\n" +
        "key-2\t(none)\t(none)\t(none)\t0\t0\t0\toff\n" +
        "key-3\t(none)\t(none)\t10.20.0.4/32,fd00::4/128\t0\t0\t0\toff\n";

    [Fact]
    public void A_dump_is_read_without_the_line_of_the_interface() => Peers.ReadDump(Dump).ShouldBe(
        [new Peer("key-1", "10.20.0.2/32"), new Peer("key-2", ""), new Peer("key-3", "10.20.0.4/32,fd00::4/128")]);

    [Fact]
    public void An_interface_without_peers_has_none()
    {
        Peers.ReadDump("interface-private-key\tinterface-public-key\t51820\toff\n").ShouldBeEmpty();
        Peers.ReadDump("").ShouldBeEmpty();
    }

    [Fact]
    public void A_line_that_is_no_peer_is_refused_without_repeating_it() =>
        Should.Throw<FormatException>(() => Peers.ReadDump("interface\nkey-1\tsecret\n")).Message.ShouldNotContain("secret");

    [Fact]
    public void The_difference_removes_the_unwanted_and_sets_the_missing_and_the_changed()
    {
        var change = Peers.Difference(
            [Peer.At("stays", "10.20.0.2"), Peer.At("goes", "10.20.0.3"), Peer.At("moves", "10.20.0.4")],
            [Peer.At("stays", "10.20.0.2"), Peer.At("moves", "10.20.0.5"), Peer.At("comes", "10.20.0.3")]);

        change.Remove.ShouldBe(["goes"]);
        change.Set.ShouldBe([Peer.At("moves", "10.20.0.5"), Peer.At("comes", "10.20.0.3")]);
        change.IsNothing.ShouldBeFalse();
    }

    [Fact]
    public void Equal_peers_in_another_order_need_nothing() =>
        Peers.Difference([Peer.At("a", "10.20.0.2"), Peer.At("b", "10.20.0.3")], [Peer.At("b", "10.20.0.3"), Peer.At("a", "10.20.0.2")]).IsNothing.ShouldBeTrue();

    [Fact]
    public void Whoever_leaves_leaves_before_somebody_gets_their_address()
    {
        var calls = Peers.SetArguments(new PeerChange(["goes"], [Peer.At("comes", "10.20.0.3"), Peer.At("too", "10.20.0.4")]), peersPerCall: 2).ToList();

        calls.Count.ShouldBe(2);
        calls[0].ShouldBe(["peer", "goes", "remove", "peer", "comes", "allowed-ips", "10.20.0.3/32"]);
        calls[1].ShouldBe(["peer", "too", "allowed-ips", "10.20.0.4/32"]);
    }
}
