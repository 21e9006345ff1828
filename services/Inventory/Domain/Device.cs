using System.Text.Json.Serialization;

namespace Fleet.Inventory.Domain;

/// <summary>
/// A device: what it is, what was decided about it here, and what is told of its custody. Status, holder and history are nothing of their own but
/// read off these (<see cref="Timeline"/>), so that they do not depend on the order in which any of it became known.
/// </summary>
internal sealed record Device
{
    public required Guid Id { get; init; }

    public required Description Description { get; init; }

    /// <summary>All that somebody decided about its status, in the order of deciding; the first is its registration.</summary>
    public required IReadOnlyList<Decision> Decisions { get; init; }

    /// <summary>Who has it is decided elsewhere and followed here.</summary>
    public Custody Custody { get; init; } = Custody.None;

    /// <summary>When its own history begins.</summary>
    [JsonIgnore]
    public DateTimeOffset Begins => Decisions[0].At;

    /// <summary>In which state it is, with whom, since when.</summary>
    public Standing Stands() => Standing.Of(History());

    /// <summary>How its status and holder came about, oldest first; never empty.</summary>
    public IReadOnlyList<Change> History() => Timeline.Changes(Decisions, Custody);

    /// <summary>The earliest instant at which its status may change again.</summary>
    public DateTimeOffset EarliestChange() => Timeline.Latest(Decisions, Custody);

    /// <summary>A new device.</summary>
    /// <param name="eventId">The event that tells of it.</param>
    /// <param name="status">In stock, or ordered.</param>
    /// <param name="begins">When its history begins; not after now.</param>
    public static Device Register(
        Guid id, Description description, Guid eventId, DeviceStatus status, DateTimeOffset begins, Actor actor, DateTimeOffset now) => new()
        {
            Id = id,
            Description = description,
            Decisions = [new Decision(1, eventId, status, begins, now, actor)],
        };

    /// <summary>Corrects what the device is. Its kind stays while somebody has it: what they received was counted as that kind.</summary>
    public (Verdict, Device) Describe(Description description) =>
        description.Kind != Description.Kind && Stands().IsHeld
            ? (Verdict.KindFixedWhileAssigned, this)
            : (Verdict.Done, description == Description ? this : this with { Description = description });

    /// <summary>Sets the status by hand.</summary>
    /// <param name="eventId">The event that tells of it.</param>
    /// <param name="at">When it became true, not after now; null: now.</param>
    public (Verdict, Device) SetStatus(Guid eventId, DeviceStatus status, DateTimeOffset? at, string? note, Actor actor, DateTimeOffset now)
    {
        if (!Transitions.ByHand(Stands().Status).Contains(status)) return (Verdict.TransitionRefused, this);
        var earliest = EarliestChange();
        if (at < earliest) return (Verdict.TooEarly, this);

        // What is known comes from several machines; their clocks may be a little ahead of this one.
        var then = at ?? Later(now, earliest);
        var decision = new Decision(Decisions.Count + 1, eventId, status, then, Later(now, then), actor, note);
        return (Verdict.Done, this with { Decisions = [.. Decisions, decision] });
    }

    /// <summary>Follows what happened to the device's custody; news that add nothing return the same instance.</summary>
    public Device Follow(CustodyNews news)
    {
        var custody = Custody.Merge(news);
        return ReferenceEquals(custody, Custody) ? this : this with { Custody = custody };
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

/// <summary>Somebody set a device's status by hand, or registered it.</summary>
/// <param name="Number">Its place among the device's decisions, from 1 without gaps.</param>
/// <param name="EventId">The event that tells of it.</param>
/// <param name="At">When it became true.</param>
/// <param name="RecordedAt">When it was decided.</param>
internal sealed record Decision(
    int Number, Guid EventId, DeviceStatus Status, DateTimeOffset At, DateTimeOffset RecordedAt, Actor Actor, string? Note = null);

/// <summary>Who did something, in which role, and which person that is, if known.</summary>
internal sealed record Actor(string Subject, string Role, Guid? PersonId = null, Guid? OnBehalfOf = null);

/// <summary>In which state a device is.</summary>
/// <param name="HolderId">Who has it; after a loss: who had it then.</param>
/// <param name="Since">Since when it is in this state: the next hand-over of a device begins another "assigned".</param>
internal sealed record Standing(DeviceStatus Status, Guid? HolderId, DateTimeOffset Since)
{
    /// <summary>Whether somebody has it, also while it is in repair.</summary>
    public bool IsHeld => HolderId is not null && !Transitions.IsMissing(Status);

    /// <summary>What a history came to.</summary>
    public static Standing Of(IReadOnlyList<Change> history)
    {
        var last = history[^1];
        var first = history.Count - 1;
        while (first > 0 && IsSameState(history[first - 1], last)) first--;
        return new Standing(last.Status, last.HolderId, history[first].At);
    }

    private static bool IsSameState(Change one, Change other) =>
        one.Status == other.Status && (one.Status != DeviceStatus.Assigned || one.HolderId == other.HolderId);
}

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
