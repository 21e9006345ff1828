namespace Fleet.Audit.Domain;

/// <summary>
/// The end of the log, and what was appended last. It is written before the entries themselves: a single write decides what comes next, and whoever
/// finds it after a crash stores the entries again. All entries before <see cref="Batch"/> are stored.
/// </summary>
internal sealed record LogHead
{
    /// <summary>Sequence of the last entry; 0: the log is empty.</summary>
    public long Sequence { get; init; }

    /// <summary>Hash of the last entry.</summary>
    public string Hash { get; init; } = Chain.Beginning;

    /// <summary>
    /// Up to this instant (UTC) the log is closed: no later entry is logged at or before it, whatever the clocks of the processes that append say.
    /// What was known at an instant that is closed stays known for ever. Never before the last entry.
    /// </summary>
    public DateTimeOffset ClosedUntil { get; init; }

    /// <summary>The entries that were appended together last, ascending.</summary>
    public IReadOnlyList<LogEntry> Batch { get; init; } = [];

    /// <summary>Sequence up to which every entry is certainly stored.</summary>
    public long Settled => Sequence - Batch.Count;

    /// <summary>The entry with this sequence, if it is one of the last batch.</summary>
    public LogEntry? Batched(long sequence) => sequence > Settled && sequence <= Sequence ? Batch[(int)(sequence - Settled - 1)] : null;

    /// <summary>The head after these entries were appended in this order, each logged now or as soon after as the log is not closed.</summary>
    public LogHead Append(IEnumerable<LogEntry> entries, DateTimeOffset now)
    {
        var (sequence, hash, closedUntil) = (Sequence, Hash, ClosedUntil);
        var batch = new List<LogEntry>();
        foreach (var entry in entries)
        {
            closedUntil = now > closedUntil ? now.ToUniversalTime() : closedUntil.AddTicks(1);
            var placed = Chain.Link(entry, ++sequence, closedUntil, hash);
            hash = placed.Hash;
            batch.Add(placed);
        }

        return new LogHead { Sequence = sequence, Hash = hash, ClosedUntil = closedUntil, Batch = batch };
    }

    /// <summary>The head after the log was closed at least up to then.</summary>
    public LogHead Close(DateTimeOffset until) => until > ClosedUntil ? this with { ClosedUntil = until.ToUniversalTime() } : this;
}
