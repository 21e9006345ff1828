using Fleet.Provisioning.Domain;

namespace Fleet.Tests.Unit.Provisioning;

public class AccessTests
{
    private const string Key = "key";
    private static readonly DateTimeOffset Monday = new(2020, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Tuesday = Monday.AddDays(1);
    private static readonly Guid Gateway = Guid.CreateVersion7();
    private static readonly Access Requested = Access.Request(Guid.CreateVersion7(), Guid.CreateVersion7(), Monday);
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
        revoked.Settled(null, Tuesday).ShouldBeSameAs(revoked);
        revoked.Settled(Ending.Revoked(Monday, "stolen"), Tuesday).ShouldBeSameAs(revoked);
    }

    [Fact]
    public void What_ends_an_access_may_be_learned_in_any_order_and_twice()
    {
        var late = Active.Settled(Ending.Revoked(Tuesday.AddDays(1), "returned"), Tuesday.AddDays(2));

        var settled = late.Settled(Ending.Revoked(Tuesday, "stolen"), Tuesday.AddDays(2));

        settled.Spells.ShouldBe([new(AccessState.Requested, Monday), new(AccessState.Active, Monday), new(AccessState.Revoked, Tuesday)]);
        settled.Reason.ShouldBe("stolen");
        settled.Settled(Ending.Revoked(Tuesday, "stolen"), Tuesday.AddDays(3)).ShouldBeSameAs(settled);
    }

    [Fact]
    public void An_access_never_ends_before_its_last_change()
    {
        var settled = Requested.Activate(Key, Gateway, "10.20.0.2", Tuesday).Settled(Ending.Revoked(Monday, "stolen"), Tuesday);

        settled.EndedAt.ShouldBe(Tuesday);
        settled.ActivatedAt.ShouldBe(Tuesday);
    }

    [Fact]
    public void A_request_that_ended_by_mistake_is_as_if_it_had_never_ended() =>
        Requested.Settled(Ending.Revoked(Tuesday, "returned"), Tuesday).Settled(null, Tuesday).Spells.ShouldBe(Requested.Spells);

    [Fact]
    public void What_had_a_key_stays_off_once_it_was_over_until_a_key_is_enrolled_anew()
    {
        var wednesday = Tuesday.AddDays(1);
        var again = Active.Settled(Ending.Revoked(Tuesday, "returned"), Tuesday).Settled(null, wednesday);

        again.State.ShouldBe(AccessState.Requested);
        (again.PublicKey, again.Address, again.ActivatedAt).ShouldBe((null, null, null));
        again.ChangedAt.ShouldBe(wednesday);
        again.RequestedAt.ShouldBe(Monday);
        again.Judge("other", wednesday).ShouldBe(KeyVerdict.Accepted);
    }

    [Fact]
    public void A_corrected_beginning_counts_while_nothing_but_the_request_has_happened()
    {
        Requested.BegunAt(Tuesday).RequestedAt.ShouldBe(Tuesday);
        Requested.BegunAt(Monday).ShouldBeSameAs(Requested);
        Active.BegunAt(Tuesday).ShouldBeSameAs(Active);
    }

    [Fact]
    public void The_first_of_two_ends_counts()
    {
        var (early, late) = (Ending.Revoked(Monday, "stolen"), Ending.Revoked(Tuesday, "left"));

        Ending.First(early, late).ShouldBe(early);
        Ending.First(late, early).ShouldBe(early);
        Ending.First(null, late).ShouldBe(late);
        Ending.First(early, null).ShouldBe(early);
        Ending.First(null, null).ShouldBeNull();
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
