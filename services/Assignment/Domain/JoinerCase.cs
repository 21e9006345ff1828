using System.Text.Json.Serialization;

namespace Fleet.Assignment.Domain;

/// <summary>How far a joiner's case is.</summary>
internal enum CaseStatus
{
    /// <summary>Something is known of the person's equipment, but there is no kit to wait for; nobody sees the case yet.</summary>
    Idle,
    Open,

    /// <summary>Everything awaited is there; nothing changes it any more.</summary>
    Ready,
    Cancelled,
}

/// <summary>What happened to a case; each is an event of its own.</summary>
internal enum CaseChange
{
    Opened,
    Progressed,
    Closed,
}

/// <summary>A device or VPN access of the person, as the newest event about it says.</summary>
/// <param name="Id">The device or access.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Version">Version of the custody or access; older ones are old news.</param>
/// <param name="IsThere">The device is held, or the access active.</param>
internal sealed record Equipment(Guid Id, ItemKind Kind, long Version, bool IsThere);

/// <summary>One line of the case and how much of it is there.</summary>
internal sealed record CaseItem(KitItem Item, int Fulfilled)
{
    public int Missing => Item.IsAwaited ? Item.Count - Fulfilled : 0;
}

/// <summary>What a joiner still waits for. One per person.</summary>
internal sealed record JoinerCase
{
    public required Guid CaseId { get; init; }

    public required Guid PersonId { get; init; }

    public CaseStatus Status { get; init; }

    public IReadOnlyList<KitItem> Kit { get; init; } = [];

    public IReadOnlyList<Equipment> Known { get; init; } = [];

    public DateTimeOffset? OpenedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The kit's lines. What there is goes to awaited lines first, in the kit's order.</summary>
    [JsonIgnore]
    public IReadOnlyList<CaseItem> Items
    {
        get
        {
            var left = Known.Where(e => e.IsThere).CountBy(e => e.Kind).ToDictionary();
            var fulfilled = new int[Kit.Count];
            foreach (var (item, line) in Kit.Select((item, line) => (item, line)).OrderBy(l => !l.item.IsAwaited))
            {
                var there = left.GetValueOrDefault(item.Kind);
                fulfilled[line] = Math.Min(item.Count, there);
                left[item.Kind] = there - fulfilled[line];
            }

            return [.. Kit.Select((item, line) => new CaseItem(item, fulfilled[line]))];
        }
    }

    /// <summary>
    /// The case after what is known now. Pure, and indifferent to duplicates and order: the same facts in any order lead to the same case,
    /// until it is closed.
    /// </summary>
    /// <param name="kit">The person's kit as it is now; null: as the case knows it.</param>
    /// <param name="news">A device or access that changed; null: none.</param>
    /// <param name="now">The instant from which on it is so.</param>
    public (JoinerCase Case, IReadOnlyList<CaseChange> Changes) Decide(IReadOnlyList<KitItem>? kit, Equipment? news, DateTimeOffset now)
    {
        if (Status is CaseStatus.Ready or CaseStatus.Cancelled) return (this, []);

        var next = this;
        // A kit that is taken away leaves an open case as it is.
        if (kit is { Count: > 0 } && !kit.SequenceEqual(Kit)) next = next with { Kit = kit };
        if (news is not null && !Known.Any(e => e.Id == news.Id && e.Version >= news.Version))
            next = next with { Known = [.. Known.Where(e => e.Id != news.Id), news] };
        if (ReferenceEquals(next, this) || next.Kit.Count == 0) return (next, []);

        var changes = new List<CaseChange>();
        if (Status == CaseStatus.Idle)
        {
            next = next with { Status = CaseStatus.Open, OpenedAt = now };
            changes.Add(CaseChange.Opened);
        }
        else if (!next.Items.SequenceEqual(Items))
        {
            changes.Add(CaseChange.Progressed);
        }

        if (next.Items.All(i => i.Missing == 0))
        {
            next = next with { Status = CaseStatus.Ready, ClosedAt = now };
            changes.Add(CaseChange.Closed);
        }

        return (next, changes);
    }
}
