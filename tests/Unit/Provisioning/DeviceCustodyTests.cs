using Fleet.Provisioning.Domain;

namespace Fleet.Tests.Unit.Provisioning;

public class DeviceCustodyTests
{
    private static readonly DateTimeOffset Monday = new(2020, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Tuesday = Monday.AddDays(1);
    private static readonly Guid Device = Guid.CreateVersion7();
    private static readonly CustodySpell Ada = Held(Monday);
    private static readonly CustodySpell Ben = Held(Tuesday);

    [Fact]
    public void A_laptop_with_VPN_wants_an_access_named_after_its_spell()
    {
        var requested = Custody(1, Ada).Requested().ShouldHaveSingleItem();

        (requested.AccessId, requested.SpellId, requested.PersonId, requested.DeviceId, requested.RequestedAt, requested.State)
            .ShouldBe((Ada.SpellId, Ada.SpellId, Ada.PersonId!.Value, Device, Monday, AccessState.Requested));
    }

    [Fact]
    public void Without_VPN_in_the_kit_or_for_another_device_none_is_wanted()
    {
        Custody(1, Ada with { VpnIncluded = false }).Requested().ShouldBeEmpty();
        (Custody(1, Ada) with { IsLaptop = false }).Requested().ShouldBeEmpty();
    }

    [Fact]
    public void The_newest_version_wins_and_an_older_one_adds_only_what_was_corrected_away()
    {
        var (before, after) = (Custody(1, Ada), Custody(2, Ben));

        var known = after.With(before);

        known.Spells.ShouldBe(before.With(after).Spells);
        known.Held().ShouldBe(Ben with { Version = 2 });
        known.EndOf(Ada.SpellId).ShouldBe(Ending.Revoked(Monday, "corrected"));
        known.EndOf(Ben.SpellId).ShouldBeNull();
        known.With(before).ShouldBeSameAs(known);
        known.With(after).ShouldBeSameAs(known);
    }

    [Theory]
    [InlineData("Free", "returned"), InlineData("Held", "returned"), InlineData("Lost", "lost"), InlineData("Stolen", "stolen")]
    public void A_spell_ends_for_the_reason_that_the_next_one_tells(string next, string reason)
    {
        var known = Custody(2, Ada with { Until = Tuesday }, Ben with { State = Enum.Parse<CustodyState>(next) });

        known.EndOf(Ada.SpellId).ShouldBe(Ending.Revoked(Tuesday, reason));
    }

    [Fact]
    public void Who_gave_it_back_or_lost_it_does_not_hold_it()
    {
        Custody(2, Ada with { Until = Tuesday }, Ben with { State = CustodyState.Stolen }).Held().ShouldBeNull();
        Custody(2, Ada with { Until = Tuesday }, Ben).Held()!.SpellId.ShouldBe(Ben.SpellId);
        Custody(1).Held().ShouldBeNull();
    }

    [Fact]
    public void A_spell_of_no_length_is_over()
    {
        var known = Custody(2, Ada with { Until = Monday }, Held(Monday) with { State = CustodyState.Stolen });

        known.Held().ShouldBeNull();
        known.EndOf(Ada.SpellId).ShouldBe(Ending.Revoked(Monday, "stolen"));
    }

    private static CustodySpell Held(DateTimeOffset from) => new(Guid.CreateVersion7(), from, null, CustodyState.Held, Guid.CreateVersion7(), true, 0);

    private static DeviceCustody Custody(long version, params CustodySpell[] spells) =>
        new() { DeviceId = Device, IsLaptop = true, Version = version, Spells = [.. spells.Select(s => s with { Version = version })] };
}
