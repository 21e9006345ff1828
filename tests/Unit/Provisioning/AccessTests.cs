using Fleet.Provisioning.Domain;

namespace Fleet.Tests.Unit.Provisioning;

public class AccessTests
{
    private const string Key = "key";
    private static readonly DateTimeOffset Monday = new(2020, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Tuesday = Monday.AddDays(1);
    private static readonly Guid Gateway = Guid.CreateVersion7();
    private static readonly Access Requested = new() { AccessId = Guid.CreateVersion7(), PersonId = Guid.CreateVersion7(), RequestedAt = Monday };
    private static readonly Access Active = Requested.Activate(Key, Gateway, "10.20.0.2", Monday);

    [Fact]
    public void A_requested_access_takes_a_key_from_its_beginning_on()
    {
        Requested.Judge(Key, Monday).ShouldBe(KeyVerdict.Accepted);
        Requested.Judge(Key, Monday.AddTicks(-1)).ShouldBe(KeyVerdict.TooEarly);
    }

    [Fact]
    public void An_active_access_has_key_address_gateway_and_beginning()
    {
        Active.State.ShouldBe(AccessState.Active);
        Active.PublicKey.ShouldBe(Key);
        Active.Address.ShouldBe("10.20.0.2");
        Active.GatewayId.ShouldBe(Gateway);
        Active.ChangedAt.ShouldBe(Monday);
    }

    [Fact]
    public void The_same_key_again_is_done_already_and_another_one_is_refused()
    {
        Active.Judge(Key, Tuesday).ShouldBe(KeyVerdict.AlreadyDone);
        Active.Judge("other", Tuesday).ShouldBe(KeyVerdict.HasAnotherKey);
    }

    [Fact]
    public void Requested_and_active_accesses_can_be_revoked_with_a_reason()
    {
        foreach (var access in new[] { Requested, Active })
        {
            var (verdict, revoked) = access.Revoke("left", Tuesday);

            verdict.ShouldBe(RevokeVerdict.Accepted);
            revoked.State.ShouldBe(AccessState.Revoked);
            revoked.Reason.ShouldBe("left");
            revoked.ChangedAt.ShouldBe(Tuesday);
            revoked.IsLive.ShouldBeFalse();
        }
    }

    [Fact]
    public void Nothing_is_revoked_before_it_began()
    {
        var (verdict, same) = Active.Revoke("left", Monday.AddTicks(-1));

        verdict.ShouldBe(RevokeVerdict.TooEarly);
        same.ShouldBe(Active);
    }

    [Fact]
    public void A_revoked_access_stays_as_it_is()
    {
        var revoked = Active.Revoke("left", Tuesday).Access;

        revoked.Judge(Key, Tuesday).ShouldBe(KeyVerdict.Ended);
        revoked.Revoke("again", Tuesday).ShouldBe((RevokeVerdict.Ended, revoked));
    }

    [Fact]
    public void The_configuration_holds_everything_but_the_private_key()
    {
        var gateway = new Fleet.Provisioning.Domain.Gateway
        {
            GatewayId = Gateway,
            Name = "main",
            Endpoint = "vpn.example.org:51820",
            PublicKey = "gateway-key",
            Network = "10.20.0.0/22",
            Dns = ["10.20.0.1"],
            AllowedIps = ["10.0.0.0/8", "192.168.0.0/16"],
        };

        PeerConfiguration.Of(Active, gateway).ShouldBe(
            """
            [Interface]
            # Put in the private key that belongs to key. Fleet never sees it.
            PrivateKey = <private key>
            Address = 10.20.0.2/32
            DNS = 10.20.0.1

            [Peer]
            PublicKey = gateway-key
            Endpoint = vpn.example.org:51820
            AllowedIPs = 10.0.0.0/8, 192.168.0.0/16
            PersistentKeepalive = 25

            """, StringCompareShould.IgnoreLineEndings);
    }
}
