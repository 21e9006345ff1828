using System.Text.Json.Serialization;

namespace Fleet.Assignment.Domain;

/// <summary>Where a device is, as far as people are concerned.</summary>
internal enum CustodyStatus
{
    Free,
    Held,
    Lost,
    Stolen,
}

/// <summary>The person who has a device, or had it last.</summary>
internal sealed record Holder(Guid PersonId, string Name, string UserName);

/// <summary>
/// A hand-over on its way has laid its hand on the device; nobody else gets it meanwhile. A claim is worth what its hand-over is:
/// see <see cref="Handover.WorthOf"/>.
/// </summary>
/// <param name="HandoverId">The hand-over.</param>
/// <param name="Attempt">The hand-over's attempt; claims of an earlier one are void.</param>
/// <param name="For">Who is to receive the device.</param>
/// <param name="ClaimedAt">Since when.</param>
internal sealed record Claim(Guid HandoverId, int Attempt, Holder For, DateTimeOffset ClaimedAt);

/// <summary>What the inventory says about a device.</summary>
internal sealed record DeviceFacts(string AssetTag, string Kind, string Model, string Status, DateTimeOffset Since)
{
    /// <summary>Whether the inventory has it at hand. Who holds it and whether it is lost stands in the custody, which is newer than the inventory's echo of it.</summary>
    [JsonIgnore]
    public bool IsUsable => Status is not ("ordered" or "inRepair" or "retired" or "disposed");

    [JsonIgnore]
    public bool IsGone => Status is "retired" or "disposed";
}

/// <summary>What became of a decision about a custody.</summary>
internal enum CustodyVerdict
{
    Done,

    /// <summary>Somebody holds the device.</summary>
    AlreadyIssued,

    /// <summary>Another hand-over is on its way.</summary>
    Claimed,

    /// <summary>It is reported lost or stolen.</summary>
    Missing,

    /// <summary>It is ordered, in repair, retired or disposed of.</summary>
    NotAvailable,

    /// <summary>Nobody holds it, and it is not lost.</summary>
    NotIssued,

    /// <summary>The same loss was reported before.</summary>
    AlreadyReported,

    /// <summary>The instant lies before <see cref="Custody.Earliest"/>.</summary>
    TooEarly,
}

/// <summary>Who has a device. One document per device, its id is the device's; its facts never overlap in time.</summary>
internal sealed record Custody
{
    public required Guid DeviceId { get; init; }

    public required DeviceFacts Device { get; init; }

    /// <summary>The inventory's version that <see cref="Device"/> is copied from.</summary>
    public long FactsVersion { get; init; }

    /// <summary>The inventory's version of the newest change of status that was considered; a description may overtake it.</summary>
    public long StatusVersion { get; init; }

    public CustodyStatus Status { get; init; }

    /// <summary>Who has it; after a return or a loss: who had it last.</summary>
    public Holder? Holder { get; init; }

    /// <summary>The hand-over by which the holder got it.</summary>
    public Guid? HandoverId { get; init; }

    /// <summary>Whether the holder's kit holds VPN.</summary>
    public bool VpnIncluded { get; init; }

    /// <summary>When <see cref="Status"/> became true; null: nothing ever happened.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    public Claim? Claim { get; init; }

    /// <summary>The next fact may not lie before this.</summary>
    [JsonIgnore]
    public DateTimeOffset Earliest => ChangedAt > Device.Since ? ChangedAt.Value : Device.Since;

    /// <summary>Now, or the earliest instant after it that may be a fact's: the inventory's clock may be a little ahead.</summary>
    public DateTimeOffset EarliestFrom(DateTimeOffset now) => now > Earliest ? now : Earliest;

    [JsonIgnore]
    public bool IsMissing => Status is CustodyStatus.Lost or CustodyStatus.Stolen;

    /// <summary>The inventory's newer description; an older one changes nothing.</summary>
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
        return (verdict, verdict == CustodyVerdict.Done ? this with { Claim = new Claim(handover.HandoverId, handover.Attempt, handover.Receiver, now) } : this);
    }

    public bool IsClaimedBy(Handover handover) => Claim?.HandoverId == handover.HandoverId && Claim.Attempt == handover.Attempt;

    /// <summary>The claim has come to nothing.</summary>
    public Custody Released() => this with { Claim = null };

    /// <summary>The claiming hand-over is completed: the receiver has the device. Nothing but the claim's end can have come between, so this cannot be refused.</summary>
    public Custody IssuedBy(Handover handover) => this with
    {
        Status = CustodyStatus.Held,
        Holder = handover.Receiver,
        HandoverId = handover.HandoverId,
        VpnIncluded = handover.VpnIncluded,
        ChangedAt = handover.EffectiveAt,
        Claim = null,
    };

    /// <summary>It came back, or turned up again after a loss. A claim must be settled before.</summary>
    public (CustodyVerdict Verdict, Custody Custody) Return(DateTimeOffset effectiveAt) =>
        Status == CustodyStatus.Free ? (CustodyVerdict.NotIssued, this)
        : effectiveAt < Earliest ? (CustodyVerdict.TooEarly, this)
        : (CustodyVerdict.Done, this with { Status = CustodyStatus.Free, ChangedAt = effectiveAt });

    /// <summary>It is gone; its holder stays known as the last. A claim must be settled before.</summary>
    /// <param name="loss">Lost or stolen; the one may be corrected to the other.</param>
    /// <param name="effectiveAt">Since when.</param>
    public (CustodyVerdict Verdict, Custody Custody) ReportLoss(CustodyStatus loss, DateTimeOffset effectiveAt) =>
        Status == loss ? (CustodyVerdict.AlreadyReported, this)
        : Device.IsGone ? (CustodyVerdict.NotAvailable, this)
        : effectiveAt < Earliest ? (CustodyVerdict.TooEarly, this)
        : (CustodyVerdict.Done, this with { Status = loss, ChangedAt = effectiveAt });

    /// <summary>
    /// What a change of status in the inventory means here. Older news than considered before mean nothing. A loss counts whenever it is said to have
    /// been: a device that may be stolen must not stay in anybody's name. A find counts unless the device was handed over after it.
    /// </summary>
    public (StatusEffect Effect, Custody Custody) FollowStatus(StatusNews news)
    {
        if (news.Version <= StatusVersion) return (StatusEffect.None, this);

        var next = this with { StatusVersion = news.Version };
        if (!news.IsDecision) return (StatusEffect.None, next);

        var at = EarliestFrom(news.EffectiveAt);
        if (news.Loss is { } loss)
            return Status == loss ? (StatusEffect.None, next) : (StatusEffect.Lost, next with { Status = loss, ChangedAt = at });

        var isFound = news.WasMissing && (IsMissing || (Status == CustodyStatus.Held && news.EffectiveAt >= ChangedAt));
        return isFound ? (StatusEffect.Found, next with { Status = CustodyStatus.Free, ChangedAt = at }) : (StatusEffect.None, next);
    }
}

/// <summary>What a change of status in the inventory did to a custody.</summary>
internal enum StatusEffect
{
    None,
    Lost,
    Found,
}

/// <summary>The inventory changed a device's status.</summary>
/// <param name="Version">The inventory's version.</param>
/// <param name="IsDecision">Somebody decided it there; otherwise it is the echo of a custody's own event.</param>
/// <param name="WasMissing">Whether the device was lost or stolen before.</param>
/// <param name="Loss">Lost or stolen, if that is what it is now.</param>
/// <param name="EffectiveAt">Since when.</param>
internal sealed record StatusNews(long Version, bool IsDecision, bool WasMissing, CustodyStatus? Loss, DateTimeOffset EffectiveAt);
