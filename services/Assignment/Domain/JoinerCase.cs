using System.Text.Json.Serialization;

namespace Fleet.Assignment.Domain;

/// <summary>How far a joiner's case is.</summary>
internal enum CaseStatus
{
    Open,

    /// <summary>Everything awaited was there at once.</summary>
    Ready,

    /// <summary>The employment ended before everything was there.</summary>
    Cancelled,
}

/// <summary>What happened to a case; each is an event of its own.</summary>
internal enum CaseChange
{
    Opened,
    Progressed,
    Closed,
}

/// <summary>A stretch of time in which a person had something of a kind: a device, or an active VPN access.</summary>
internal sealed record Possession(ItemKind Kind, DateTimeOffset From, DateTimeOffset? Until)
{
    public bool Covers(DateTimeOffset at) => From <= at && (Until is null || Until > at);
}

/// <summary>One line of the case and how much of it is there.</summary>
internal sealed record CaseItem(KitItem Item, int Fulfilled)
{
    [JsonIgnore]
    public int Missing => Item.IsAwaited ? Item.Count - Fulfilled : 0;
}

/// <summary>
/// What a joiner still waits for; one per employment. It is worked out anew from everything that is known: the kit, the spells of the person's devices
/// and accesses, the employment. So the same facts in any order make the same case; when an earlier fact comes to light, the case follows it.
/// </summary>
internal sealed record JoinerCase
{
    public required Guid CaseId { get; init; }

    public required Guid PersonId { get; init; }

    /// <summary>Which of the person's employments it belongs to, from 1.</summary>
    public required int Employment { get; init; }

    public CaseStatus Status { get; init; }

    /// <summary>The kit's lines and how much of each is there; when ready: how much was.</summary>
    public IReadOnlyList<CaseItem> Items { get; init; } = [];

    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>Ready: the first instant at which everything awaited was there at once. Cancelled: the end of the employment.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The case after what is known now, and what is new about it. A case that was never opened is opened.</summary>
    /// <param name="kit">What the person is to get.</param>
    /// <param name="since">From when on the person waits for it.</param>
    /// <param name="possessions">What the person had, of any kind and time.</param>
    /// <param name="endedAt">The end of the employment, once it is over.</param>
    public (JoinerCase Case, IReadOnlyList<CaseChange> Changes) Decide(
        IReadOnlyList<KitItem> kit, DateTimeOffset since, IReadOnlyCollection<Possession> possessions, DateTimeOffset? endedAt)
    {
        // Something is complete for the first time only when it begins, or when the waiting does.
        var ready = possessions.Select(p => p.From).Where(at => at > since && (endedAt is null || at < endedAt)).Append(since).Order()
            .Cast<DateTimeOffset?>().FirstOrDefault(at => ItemsAt(kit, possessions.Where(p => p.Covers(at!.Value))).All(i => i.Missing == 0));
        var (status, closedAt) = ready is not null ? (CaseStatus.Ready, ready) : endedAt is not null ? (CaseStatus.Cancelled, endedAt) : (CaseStatus.Open, null);
        var items = ItemsAt(kit, possessions.Where(p => closedAt is { } at ? p.Covers(at) : p.Until is null));

        var next = this with { OpenedAt = since, Status = status, ClosedAt = closedAt, Items = items.SequenceEqual(Items) ? Items : items };
        if (next == this) return (this, []);

        var changes = new List<CaseChange>();
        if (OpenedAt is null) changes.Add(CaseChange.Opened);
        else if (!ReferenceEquals(next.Items, Items) || (Status != CaseStatus.Open && status == CaseStatus.Open)) changes.Add(CaseChange.Progressed);
        if (status != CaseStatus.Open && (status != Status || closedAt != ClosedAt)) changes.Add(CaseChange.Closed);
        return (next, changes);
    }

    /// <summary>What there is goes to awaited lines first, in the kit's order.</summary>
    private static IReadOnlyList<CaseItem> ItemsAt(IReadOnlyList<KitItem> kit, IEnumerable<Possession> there)
    {
        var left = there.CountBy(p => p.Kind).ToDictionary();
        var fulfilled = new int[kit.Count];
        foreach (var (line, item) in kit.Index().OrderBy(l => !l.Item.IsAwaited))
        {
            fulfilled[line] = Math.Min(item.Count, left.GetValueOrDefault(item.Kind));
            left[item.Kind] = left.GetValueOrDefault(item.Kind) - fulfilled[line];
        }

        return [.. kit.Select((item, line) => new CaseItem(item, fulfilled[line]))];
    }
}

/// <summary>A VPN access as provisioning's newest news say; the times in which it was active count for a case.</summary>
internal sealed record KnownAccess(Guid AccessId, Guid PersonId, long Version, IReadOnlyList<Possession> Active);
