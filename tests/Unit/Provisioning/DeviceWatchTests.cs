using Fleet.Provisioning.Domain;

namespace Fleet.Tests.Unit.Provisioning;

public class DeviceWatchTests
{
    private static readonly DateTimeOffset Monday = new(2020, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly DeviceWatch Unknown = new() { DeviceId = Guid.CreateVersion7() };
    private static readonly CustodyBegin Issued2 = Issue(2);
    private static readonly CustodyEnd Returned3 = new(3, "returned", Monday.AddDays(3));
    private static readonly CustodyBegin Issued4 = Issue(4);
    private static readonly CustodyEnd Lost5 = new(5, "lost", Monday.AddDays(5));

    [Fact]
    public void A_laptop_issued_with_VPN_wants_an_access_named_after_the_event()
    {
        var wanted = Unknown.After(Issued2).Wanted().ShouldNotBeNull();

        wanted.AccessId.ShouldBe(Issued2.EventId);
        wanted.PersonId.ShouldBe(Issued2.PersonId);
        wanted.DeviceId.ShouldBe(Unknown.DeviceId);
        wanted.RequestedAt.ShouldBe(Issued2.EffectiveAt);
        wanted.State.ShouldBe(AccessState.Requested);
    }

    [Fact]
    public void Without_VPN_in_the_kit_none_is_wanted() => Unknown.After(Issued2 with { NeedsVpn = false }).Wanted().ShouldBeNull();

    [Fact]
    public void Every_order_of_delivery_with_repetitions_ends_the_same()
    {
        Func<DeviceWatch, DeviceWatch>[] events = [w => w.After(Issued2), w => w.After(Returned3), w => w.After(Issued4), w => w.After(Lost5)];
        var inOrder = events.Aggregate(Unknown, (watch, apply) => apply(watch));

        var orders = from a in Enumerable.Range(0, 4)
                     from b in Enumerable.Range(0, 4)
                     from c in Enumerable.Range(0, 4)
                     from d in Enumerable.Range(0, 4)
                     where new[] { a, b, c, d }.Distinct().Count() == 4
                     select new[] { a, b, c, d };
        foreach (var order in orders) order.Concat(order).Aggregate(Unknown, (watch, i) => events[i](watch)).ShouldBe(inOrder);
        inOrder.Wanted().ShouldBeNull();
        inOrder.Version().ShouldBe(5);
    }

    [Fact]
    public void A_return_heard_of_before_its_hand_over_leaves_nothing_wanted() => Unknown.After(Returned3).After(Issued2).Wanted().ShouldBeNull();

    [Fact]
    public void The_next_hand_over_heard_of_before_the_return_is_not_ended_by_it()
    {
        var watch = Unknown.After(Issued2).After(Issued4);
        var (first, second) = (Unknown.After(Issued2).Wanted()!, watch.Wanted()!);

        watch = watch.After(Returned3);

        watch.Revoked(first).ShouldNotBeNull().Reason.ShouldBe("returned");
        watch.Revoked(second).ShouldBeNull();
        watch.Wanted().ShouldBe(second);
    }

    [Fact]
    public void An_access_made_by_hand_ends_with_the_custody_it_was_made_under()
    {
        var before = new Access { AccessId = Guid.CreateVersion7(), PersonId = Issued2.PersonId, DeviceId = Unknown.DeviceId, RequestedAt = Monday, CustodyVersion = 2 };
        var after = before with { CustodyVersion = 3 };
        var watch = Unknown.After(Issued2).After(Returned3);

        watch.Revoked(before).ShouldNotBeNull().EndedAt.ShouldBe(Returned3.EffectiveAt);
        watch.Revoked(after).ShouldBeNull();
    }

    [Fact]
    public void What_is_over_is_not_ended_again()
    {
        var watch = Unknown.After(Issued2).After(Lost5);
        var revoked = watch.Revoked(Unknown.After(Issued2).Wanted()!).ShouldNotBeNull();

        revoked.Reason.ShouldBe("lost");
        watch.Revoked(revoked).ShouldBeNull();
    }

    [Fact]
    public void An_access_never_ends_before_its_last_change()
    {
        var late = Returned3.EffectiveAt.AddDays(1);
        var active = Unknown.After(Issued2).Wanted()!.Activate("key", Guid.CreateVersion7(), "10.20.0.2", late);

        Unknown.After(Issued2).After(Returned3).Revoked(active).ShouldNotBeNull().EndedAt.ShouldBe(late);
    }

    private static CustodyBegin Issue(long version) => new(version, Guid.CreateVersion7(), Guid.CreateVersion7(), true, Monday.AddDays(version));
}
