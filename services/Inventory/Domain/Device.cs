namespace Fleet.Inventory.Domain;

/// <summary>
/// A device: what it is, in which state, and how it got there. Status and holder are always those of the newest line of its history.
/// Who has a device is decided elsewhere (custody) and followed here, in whatever order the facts arrive.
/// </summary>
internal sealed record Device
{
    public required Guid Id { get; init; }

    public required Description Description { get; init; }

    public required DeviceStatus Status { get; init; }

    /// <summary>Who has it; after a loss: who had it then.</summary>
    public Holder? Holder { get; init; }

    /// <summary>When its own history begins.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>
    /// All that was said about its status, in the order the statuses replaced each other; never empty. They are some dozens in a device's life,
    /// so they are kept here.
    /// </summary>
    public required IReadOnlyList<StatusChange> History { get; init; }

    /// <summary>The lines of the history that changed something; custody confirms what is set by hand, which is no second change.</summary>
    public IEnumerable<StatusChange> Changes() =>
        History.Where((line, i) => i == 0 || line.Status != History[i - 1].Status || line.Holder != History[i - 1].Holder);

    /// <summary>The earliest instant at which its status may change again.</summary>
    public DateTimeOffset EarliestChange() => History.Max(c => c.At);

    /// <summary>A new device.</summary>
    /// <param name="status">In stock, or ordered.</param>
    /// <param name="since">When its history begins; not after now.</param>
    public static Device Register(Guid id, Description description, DeviceStatus status, DateTimeOffset since, Actor actor, DateTimeOffset now) => new()
    {
        Id = id,
        Description = description,
        Status = status,
        Since = since,
        History = [new StatusChange(since, now, status, actor)],
    };

    /// <summary>Corrects what the device is. Its kind stays while somebody has it: what they received was counted as that kind.</summary>
    public (Verdict, Device) Describe(Description description) =>
        description.Kind != Description.Kind && Status == DeviceStatus.Assigned
            ? (Verdict.KindFixedWhileAssigned, this)
            : (Verdict.Done, description == Description ? this : this with { Description = description });

    /// <summary>Sets the status by hand.</summary>
    /// <param name="at">When it became true, not after now; null: now.</param>
    public (Verdict, Device) SetStatus(DeviceStatus status, DateTimeOffset? at, string? note, Actor actor, DateTimeOffset now)
    {
        if (!Transitions.ByHand(Status).Contains(status)) return (Verdict.TransitionRefused, this);
        var earliest = EarliestChange();
        if (at < earliest) return (Verdict.TooEarly, this);

        // What is known comes from several machines; their clocks may be a little ahead of this one.
        var change = new StatusChange(at ?? (now > earliest ? now : earliest), now, status, actor, note);
        return (Verdict.Done, With([.. History, change]));
    }

    /// <summary>
    /// Follows what happened to the device's custody. A fact that was followed before changes nothing (the same instance is returned);
    /// one that arrives after newer ones takes its place in the history and leaves the status to them.
    /// </summary>
    public Device Follow(CustodyFact fact, DateTimeOffset now)
    {
        if (History.Any(c => c.CustodyVersion == fact.Version)) return this;

        var before = History.TakeWhile(c => !(c.CustodyVersion > fact.Version)).ToList();
        var status = fact.Act switch
        {
            CustodyAct.Issued => DeviceStatus.Assigned,
            CustodyAct.Lost => DeviceStatus.Lost,
            CustodyAct.Stolen => DeviceStatus.Stolen,
            // It comes back to the stock, unless it has been moved on by hand already.
            _ => Transitions.IsOutOfOurHands(before[^1].Status) ? DeviceStatus.InStock : before[^1].Status,
        };
        var change = new StatusChange(fact.At, now, status, fact.Actor, fact.Note, fact.Act == CustodyAct.Issued ? fact.Holder : null, fact.Version);
        return With([.. before, change, .. History.Skip(before.Count)]);
    }

    private Device With(IReadOnlyList<StatusChange> history)
    {
        var settled = new List<StatusChange>(history.Count);
        foreach (var change in history)
        {
            // What is lost was lost by whoever had it, also when the hand-over becomes known after the loss.
            var lost = change.Status is DeviceStatus.Lost or DeviceStatus.Stolen && settled.Count > 0;
            settled.Add(lost ? change with { Holder = settled[^1].Holder } : change);
        }

        return this with { Status = settled[^1].Status, Holder = settled[^1].Holder, History = settled };
    }
}

/// <summary>What a device is. Texts are trimmed.</summary>
/// <param name="AssetTag">What the label on it says; unique without regard to case.</param>
/// <param name="SerialNumber">The manufacturer's; unique without regard to case.</param>
internal sealed record Description(
    string AssetTag, string SerialNumber, DeviceKind Kind, string Manufacturer, string Model, Purchase? Purchase = null, string? Location = null);

/// <summary>How a device was bought, as far as known.</summary>
internal sealed record Purchase(string? OrderNumber = null, string? Supplier = null, DateOnly? Date = null, Money? Cost = null, DateOnly? WarrantyEnds = null);

/// <param name="Amount">In units of the currency (euros, not cents).</param>
/// <param name="Currency">ISO 4217.</param>
internal sealed record Money(decimal Amount, string Currency);

/// <summary>The person who has a device.</summary>
internal sealed record Holder(Guid PersonId, string Name, string UserName);

/// <summary>Who did something, in which role.</summary>
internal sealed record Actor(string Subject, string Role);

/// <summary>A line of a device's history.</summary>
/// <param name="At">When it became true.</param>
/// <param name="RecordedAt">When the inventory learned it.</param>
/// <param name="CustodyVersion">The version of the device's custody that says it; null: set by hand.</param>
internal sealed record StatusChange(
    DateTimeOffset At, DateTimeOffset RecordedAt, DeviceStatus Status, Actor Actor, string? Note = null, Holder? Holder = null, long? CustodyVersion = null);

/// <summary>What a decision came to.</summary>
internal enum Verdict
{
    Done,

    /// <summary>The status is not one that may follow the present one by hand.</summary>
    TransitionRefused,

    /// <summary>The change would lie before the last one.</summary>
    TooEarly,

    /// <summary>Somebody has the device; it must come back before it becomes another kind.</summary>
    KindFixedWhileAssigned,
}

internal enum DeviceKind
{
    Laptop,
    Desktop,
    Dock,
    Monitor,
    Phone,
    Tablet,
    Headset,
    Token,
    Other,
}

internal enum DeviceStatus
{
    Ordered,
    InStock,
    Assigned,
    InRepair,
    Lost,
    Stolen,
    Retired,
    Disposed,
}
