using System.Text.Json.Serialization;

namespace Fleet.Assignment.Domain;

/// <summary>
/// A hand-over, or a correction of one, is on its way and has laid its hand on the device; nobody else gets it meanwhile. A claim is worth what its
/// hand-over says: see <see cref="Handover.WorthOf"/>.
/// </summary>
/// <param name="HandoverId">The hand-over.</param>
/// <param name="Attempt">The hand-over's attempt; claims of an earlier one are void.</param>
/// <param name="PersonId">Who is to receive the device; for a correction that takes it out of the hand-over: who had it by that.</param>
/// <param name="ClaimedAt">Since when.</param>
/// <param name="CorrectionId">The correction; null: the hand-over itself.</param>
internal sealed record Claim(Guid HandoverId, int Attempt, Guid PersonId, DateTimeOffset ClaimedAt, Guid? CorrectionId = null);

/// <summary>What became of a decision about a custody.</summary>
internal enum CustodyVerdict
{
    Done,

    /// <summary>Somebody holds the device.</summary>
    AlreadyIssued,

    /// <summary>Another hand-over, or a correction, is on its way.</summary>
    Claimed,

    /// <summary>It is reported lost or stolen.</summary>
    Missing,

    /// <summary>It is ordered, in repair, retired or disposed of.</summary>
    NotAvailable,

    /// <summary>Nobody holds it, and it is not lost.</summary>
    NotIssued,

    /// <summary>The same loss was reported before.</summary>
    AlreadyReported,

    /// <summary>The instant lies before <see cref="Custody.Earliest"/>, or, for a correction, before the device's beginning.</summary>
    TooEarly,

    /// <summary>A correction would run into another spell.</summary>
    InTheWay,

    /// <summary>A correction would begin a spell at or after its end.</summary>
    AfterEnd,
}

/// <summary>Who has a device and who had it. One document per device, its id is the device's.</summary>
internal sealed record Custody
{
    /// <summary>The inventory decides by its own clock; what follows a decision must lie after it.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    public required Guid DeviceId { get; init; }

    public required DeviceFacts Device { get; init; }

    /// <summary>The inventory's version that <see cref="Device"/> is copied from.</summary>
    public long FactsVersion { get; init; }

    /// <summary>What was done here, in the order of the instants.</summary>
    public IReadOnlyList<Act> Acts { get; init; } = [];

    public Claim? Claim { get; init; }

    /// <summary>The whole timeline.</summary>
    [JsonIgnore]
    public IReadOnlyList<Spell> Spells => Timeline.Of(Acts, Device.Decisions);

    /// <summary>The spell that holds now; null: nothing ever happened.</summary>
    [JsonIgnore]
    public Spell? Current => Spells is [.., var last] ? last : null;

    [JsonIgnore]
    public CustodyStatus Status => Current?.Status ?? CustodyStatus.Free;

    /// <summary>Who has it; null: nobody.</summary>
    [JsonIgnore]
    public Guid? HolderId => Current is { Status: CustodyStatus.Held } held ? held.PersonId : null;

    /// <summary>The next fact may not lie before this.</summary>
    [JsonIgnore]
    public DateTimeOffset Earliest
    {
        get
        {
            var last = Current is { } spell ? spell.From + (spell.IsDecided ? Moment : TimeSpan.Zero) : Device.Begins;
            return last > Device.Begins ? last : Device.Begins;
        }
    }

    /// <summary>Now, or the earliest instant after it that may be a fact's: the inventory's clock may be a little ahead.</summary>
    public DateTimeOffset EarliestFrom(DateTimeOffset now) => now > Earliest ? now : Earliest;

    [JsonIgnore]
    public bool IsMissing => Status is CustodyStatus.Lost or CustodyStatus.Stolen;

    /// <summary>The inventory's newer news, with all that was decided there; older ones change nothing.</summary>
    public Custody Follow(DeviceFacts device, long version) => version > FactsVersion ? this with { Device = device, FactsVersion = version } : this;

    /// <summary>Whether a hand-over that takes effect then may have the device.</summary>
    public CustodyVerdict MayIssue(DateTimeOffset effectiveAt) =>
        Status == CustodyStatus.Held ? CustodyVerdict.AlreadyIssued
        : Claim is not null ? CustodyVerdict.Claimed
        : IsMissing ? CustodyVerdict.Missing
        : !Device.IsUsable ? CustodyVerdict.NotAvailable
        : effectiveAt < Earliest ? CustodyVerdict.TooEarly
        : CustodyVerdict.Done;

    /// <summary>A hand-over lays its hand on the device. Doing it again changes nothing.</summary>
    public (CustodyVerdict Verdict, Custody Custody) ClaimFor(Handover handover, DateTimeOffset now)
    {
        if (IsClaimedBy(handover)) return (CustodyVerdict.Done, this);
        var verdict = MayIssue(handover.EffectiveAt);
        return (verdict, verdict == CustodyVerdict.Done ? this with { Claim = new Claim(handover.HandoverId, handover.Attempt, handover.PersonId, now) } : this);
    }

    public bool IsClaimedBy(Handover handover) => Claim is { CorrectionId: null } claim && claim.HandoverId == handover.HandoverId && claim.Attempt == handover.Attempt;

    /// <summary>The claim has come to nothing.</summary>
    public Custody Released() => this with { Claim = null };

    /// <summary>The claiming hand-over is completed: the receiver has the device. Nothing but the claim's end can have come between, so this cannot be refused.</summary>
    public Custody IssuedBy(Handover handover) => With(handover.ActFor(DeviceId)) with { Claim = null };

    /// <summary>It came back, or turned up again after a loss. A claim must be settled before.</summary>
    public (CustodyVerdict Verdict, Custody Custody) Return(Guid spellId, DateTimeOffset effectiveAt) =>
        Status == CustodyStatus.Free ? (CustodyVerdict.NotIssued, this)
        : effectiveAt < Earliest ? (CustodyVerdict.TooEarly, this)
        : (CustodyVerdict.Done, With(new Act(spellId, effectiveAt, CustodyStatus.Free)));

    /// <summary>It is gone; out of whose hands stays known. A claim must be settled before.</summary>
    /// <param name="loss">Lost or stolen; the one may be corrected to the other.</param>
    /// <param name="spellId">Id of the new spell.</param>
    /// <param name="effectiveAt">Since when.</param>
    public (CustodyVerdict Verdict, Custody Custody) ReportLoss(CustodyStatus loss, Guid spellId, DateTimeOffset effectiveAt) =>
        Status == loss ? (CustodyVerdict.AlreadyReported, this)
        : Device.IsGone ? (CustodyVerdict.NotAvailable, this)
        : effectiveAt < Earliest ? (CustodyVerdict.TooEarly, this)
        : (CustodyVerdict.Done, With(new Act(spellId, effectiveAt, loss)));

    /// <summary>
    /// Whether a correction of a hand-over may have its way with this device, and the spell that stands in the way otherwise. An act that is moved
    /// keeps its end: what followed stays where it is. A device that is added is held from then on, so it must have been free ever since.
    /// </summary>
    public (CustodyVerdict Verdict, Spell? Obstacle) MayCorrect(Correction correction)
    {
        var act = correction.ActFor(DeviceId);
        var present = Spells.FirstOrDefault(s => s.HandoverId == correction.HandoverId);
        if (act is null) return (CustodyVerdict.Done, null);
        if (act.At < Device.Begins) return (CustodyVerdict.TooEarly, null);
        if (present is not null && act.At != present.From && present.Until <= act.At) return (CustodyVerdict.AfterEnd, present);

        var isAdded = Acts.All(a => a.HandoverId != correction.HandoverId);
        if (isAdded && !Device.IsUsable) return (CustodyVerdict.NotAvailable, null);
        var others = Timeline.Of([.. Acts.Where(a => a.HandoverId != correction.HandoverId)], Device.Decisions);
        var obstacle = others.FirstOrDefault(s => s.Status != CustodyStatus.Free && s.Meets(act.At, present?.Until));
        if (obstacle is null) return (CustodyVerdict.Done, null);
        return obstacle switch
        {
            { Until: null, Status: CustodyStatus.Held } when isAdded => (CustodyVerdict.AlreadyIssued, obstacle),
            { Until: null } when isAdded => (CustodyVerdict.Missing, obstacle),
            _ => (CustodyVerdict.InTheWay, obstacle),
        };
    }

    /// <summary>A correction lays its hand on the device. Doing it again changes nothing.</summary>
    public (CustodyVerdict Verdict, Spell? Obstacle, Custody Custody) ClaimFor(Correction correction, DateTimeOffset now)
    {
        if (Claim?.CorrectionId == correction.CorrectionId) return (CustodyVerdict.Done, null, this);
        if (Claim is not null) return (CustodyVerdict.Claimed, null, this);
        var (verdict, obstacle) = MayCorrect(correction);
        return (verdict, obstacle, verdict == CustodyVerdict.Done
            ? this with { Claim = new Claim(correction.HandoverId, 0, correction.After.PersonId, now, correction.CorrectionId) }
            : this);
    }

    /// <summary>The claiming correction is committed: the past is as it says. Like <see cref="IssuedBy"/> this cannot be refused.</summary>
    public Custody CorrectedBy(Correction correction)
    {
        var others = this with { Acts = [.. Acts.Where(a => a.HandoverId != correction.HandoverId)], Claim = null };
        return correction.ActFor(DeviceId) is { } act ? others.With(act) : others;
    }

    /// <summary>One act more, at its place in the order of the instants; behind those of the same instant.</summary>
    private Custody With(Act act) => this with { Acts = [.. Acts.Where(a => a.At <= act.At), act, .. Acts.Where(a => a.At > act.At)] };
}
