namespace Fleet.Inventory.Domain;

/// <summary>
/// Merges what was decided about a device with what is told of its custody into one history: everything in the order of its instants, at the same
/// instant custody before decisions (the custody of a loss that was decided here is the echo of that decision).
/// </summary>
internal static class Timeline
{
    /// <summary>What changed status or holder, oldest first; the first is the registration.</summary>
    public static IReadOnlyList<Change> Changes(IReadOnlyList<Decision> decisions, Custody custody)
    {
        var registered = decisions[0];
        var changes = new List<Change> { Said(registered, registered.Status, null) };
        foreach (var entry in Entries(decisions, custody))
        {
            var before = changes[^1];
            var next = entry.Spell is { } spell ? Told(spell, before, decisions, custody) : Decided(entry.Decision!, before);
            if (next.Status != before.Status || next.HolderId != before.HolderId) changes.Add(next);
        }

        return changes;
    }

    /// <summary>The instant of the last thing that is known.</summary>
    public static DateTimeOffset Latest(IReadOnlyList<Decision> decisions, Custody custody) =>
        decisions.Select(d => d.At).Concat(custody.Spells.Select(s => s.From)).Max();

    private static IEnumerable<Entry> Entries(IReadOnlyList<Decision> decisions, Custody custody) =>
        custody.Spells.Select(s => new Entry(s.From, s, null)).Concat(decisions.Skip(1).Select(d => new Entry(d.At, null, d))).OrderBy(e => e.At);

    private static Change Told(Spell spell, Change before, IReadOnlyList<Decision> decisions, Custody custody)
    {
        var status = spell.State switch
        {
            CustodyState.Held => DeviceStatus.Assigned,
            CustodyState.Lost => DeviceStatus.Lost,
            CustodyState.Stolen => DeviceStatus.Stolen,
            // It comes back to the stock, unless it has been moved on by hand already.
            _ => Transitions.IsOutOfOurHands(before.Status) ? DeviceStatus.InStock : before.Status,
        };
        var holder = spell.State == CustodyState.Free ? null : spell.PersonId;
        var telling = custody.TellingOf(spell);
        return decisions.FirstOrDefault(d => d.EventId == telling.CausedBy) is { } decision
            ? Said(decision, status, holder) with { At = spell.From }
            : new Change(spell.From, telling.RecordedAt, status, holder, telling.Actor, telling.Note);
    }

    private static Change Decided(Decision decision, Change before)
    {
        var wasMissing = Transitions.IsMissing(before.Status);
        return decision.Status switch
        {
            // What is lost was lost by whoever had it.
            DeviceStatus.Lost or DeviceStatus.Stolen => Said(decision, decision.Status, before.HolderId),
            // Found, or struck off: nobody has it any more.
            _ when wasMissing => Said(decision, decision.Status, null),
            // Whoever has it has it, whatever is said here: out of repair it goes back to them.
            DeviceStatus.InStock when before.HolderId is { } holder => Said(decision, DeviceStatus.Assigned, holder),
            _ => Said(decision, decision.Status, before.HolderId),
        };
    }

    private static Change Said(Decision decision, DeviceStatus status, Guid? holderId) =>
        new(decision.At, decision.RecordedAt, status, holderId, decision.Actor, decision.Note);

    private sealed record Entry(DateTimeOffset At, Spell? Spell, Decision? Decision);
}

/// <summary>A line of a device's history: from then on it was in this state with this holder.</summary>
/// <param name="At">When it became true.</param>
/// <param name="RecordedAt">When Fleet learned it.</param>
/// <param name="HolderId">Who has it; after a loss: who had it then.</param>
internal sealed record Change(DateTimeOffset At, DateTimeOffset RecordedAt, DeviceStatus Status, Guid? HolderId, Actor Actor, string? Note = null);
