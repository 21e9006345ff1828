namespace Fleet.Assignment.Domain;

/// <summary>Where a device is, as far as people are concerned.</summary>
internal enum CustodyStatus
{
    Free,
    Held,
    Lost,
    Stolen,
}

/// <summary>
/// Something that somebody did about a device's custody: from <paramref name="At"/> on it is so. Acts are what is stored; spells follow from them.
/// </summary>
/// <param name="SpellId">The spell that begins with it.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Status">What the device is from then on.</param>
/// <param name="PersonId">Held: by whom.</param>
/// <param name="HandoverId">Held: the hand-over by which they got it.</param>
/// <param name="VpnIncluded">Held: whether the holder's kit holds VPN.</param>
internal sealed record Act(Guid SpellId, DateTimeOffset At, CustodyStatus Status, Guid? PersonId = null, Guid? HandoverId = null, bool VpnIncluded = false);

/// <summary>A stretch of time in which a device was in one state with one person.</summary>
/// <param name="SpellId">That of the act, or of the inventory's decision, with which it began.</param>
/// <param name="From">When it began.</param>
/// <param name="Until">When the next began; null: it is the last.</param>
/// <param name="Status">What the device was.</param>
/// <param name="PersonId">Held: who had it. Lost or stolen: out of whose hands, if it was in anybody's.</param>
/// <param name="HandoverId">Held: the hand-over.</param>
/// <param name="VpnIncluded">Held: whether the holder's kit held VPN.</param>
/// <param name="IsDecided">Whether the inventory decided it.</param>
internal sealed record Spell(
    Guid SpellId, DateTimeOffset From, DateTimeOffset? Until, CustodyStatus Status, Guid? PersonId, Guid? HandoverId, bool VpnIncluded, bool IsDecided)
{
    /// <summary>Whether it has an instant in common with the stretch from <paramref name="from"/> until <paramref name="until"/> (null: for ever).</summary>
    public bool Meets(DateTimeOffset from, DateTimeOffset? until) => (Until is null || Until > from) && (until is null || From < until);
}

/// <summary>
/// A device's custody over time: what was done here and what was decided in the inventory, told as one story in the order of the instants. It is a pure
/// function of the two sets, so neither the order in which they became known nor duplicates can matter. Spells are ascending and without gaps or
/// overlaps, as each ends where the next begins; the last one is open, and before the first the device was free.
/// </summary>
internal static class Timeline
{
    public static IReadOnlyList<Spell> Of(IReadOnlyList<Act> acts, IReadOnlyList<Decision> decisions)
    {
        var entries = acts.Select((act, i) => (act.At, Order: 0, Number: i, Act: (Act?)act, Decision: (Decision?)null))
            .Concat(decisions.Select(d => (d.At, Order: 1, d.Number, Act: (Act?)null, Decision: (Decision?)d)))
            .OrderBy(e => e.At).ThenBy(e => e.Order).ThenBy(e => e.Number);

        var spells = new List<Spell>();
        foreach (var entry in entries)
        {
            var before = spells is [.., var last] ? last : null;
            if ((entry.Act is { } act ? After(before, act) : After(before, entry.Decision!)) is not { } next) continue;
            if (before is not null) spells[^1] = before with { Until = next.From };
            spells.Add(next);
        }

        return spells;
    }

    private static Spell? After(Spell? before, Act act) => act.Status switch
    {
        CustodyStatus.Held => new Spell(act.SpellId, act.At, null, CustodyStatus.Held, act.PersonId, act.HandoverId, act.VpnIncluded, IsDecided: false),
        var status when status == StatusOf(before) => null,
        var status => new Spell(act.SpellId, act.At, null, status, status == CustodyStatus.Free ? null : before?.PersonId, null, false, IsDecided: false),
    };

    /// <summary>A loss is a loss whatever was before; a device in stock is a find only when it was gone. Nothing else that the inventory decides moves it.</summary>
    private static Spell? After(Spell? before, Decision decision)
    {
        CustodyStatus? status = decision.Status switch
        {
            DeviceStatus.Lost => CustodyStatus.Lost,
            DeviceStatus.Stolen => CustodyStatus.Stolen,
            DeviceStatus.InStock when StatusOf(before) is CustodyStatus.Lost or CustodyStatus.Stolen => CustodyStatus.Free,
            _ => null,
        };
        return status is null || status == StatusOf(before)
            ? null
            : new Spell(decision.EventId, decision.At, null, status.Value, status == CustodyStatus.Free ? null : before?.PersonId, null, false, IsDecided: true);
    }

    private static CustodyStatus StatusOf(Spell? spell) => spell?.Status ?? CustodyStatus.Free;
}
