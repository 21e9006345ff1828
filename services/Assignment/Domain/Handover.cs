using System.Text.Json.Serialization;

namespace Fleet.Assignment.Domain;

/// <summary>How far a hand-over is.</summary>
internal enum HandoverStatus
{
    /// <summary>The intent is written; devices are being claimed.</summary>
    Claiming,

    /// <summary>Done: the receiver has the devices.</summary>
    Completed,

    /// <summary>It came to nothing. Nobody sees it; only the same request sent again takes it up, as another attempt.</summary>
    Refused,
}

/// <summary>What a claim is worth.</summary>
internal enum ClaimWorth
{
    /// <summary>Its hand-over, or correction, is on its way.</summary>
    Held,

    /// <summary>Its hand-over, or correction, is committed; the custody only has not been told yet.</summary>
    Earned,

    /// <summary>It came to nothing.</summary>
    Void,
}

/// <summary>A device of a hand-over.</summary>
/// <param name="DeviceId">The device.</param>
/// <param name="AssetTag">What was written on it then.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="SpellId">The spell of its custody that begins with the hand-over.</param>
internal sealed record HandedDevice(Guid DeviceId, string AssetTag, string Kind, Guid SpellId);

/// <summary>Who acts, in the terms of the audit log, kept so that whoever finishes the act does so in their name.</summary>
internal sealed record ActedBy(string Subject, string Role, Guid? PersonId, Guid CorrelationId);

/// <summary>What a hand-over says and what a correction may change: to whom, when, which devices.</summary>
internal sealed record HandoverContent(Guid PersonId, bool VpnIncluded, DateTimeOffset EffectiveAt, IReadOnlyList<HandedDevice> Devices);

/// <summary>Somebody says that a hand-over was other than recorded.</summary>
internal sealed record Correction
{
    public required Guid CorrectionId { get; init; }

    public required Guid HandoverId { get; init; }

    /// <summary>Why, in their words.</summary>
    public required string Reason { get; init; }

    public required ActedBy By { get; init; }

    /// <summary>When it was said.</summary>
    public required DateTimeOffset At { get; init; }

    public required HandoverContent Before { get; init; }

    public required HandoverContent After { get; init; }

    /// <summary>Every device that is in it before or after.</summary>
    [JsonIgnore]
    public IEnumerable<HandedDevice> Devices => Before.Devices.Concat(After.Devices).DistinctBy(d => d.DeviceId);

    /// <summary>The act that begins the device's spell; null: the device was not in it.</summary>
    public Act? ActFor(Guid deviceId) => Handover.ActOf(HandoverId, After, deviceId);
}

/// <summary>
/// One act of handing devices to a person, over several documents: the intent (this document, claiming), a claim on each device's custody, the
/// commit (this document, completed), and each custody confirmed. The commit decides: claims are let go only after this document says that the
/// attempt cannot be completed any more, and it is completed only by a write over the very version that the claims were made under.
/// A correction goes the same way: intent (<see cref="Correcting"/>), claims, commit (<see cref="Corrections"/>), custodies.
/// </summary>
internal sealed record Handover
{
    /// <summary>An intent this old is not being worked on any more.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public required Guid HandoverId { get; init; }

    public required HandoverStatus Status { get; init; }

    /// <summary>Counted from 1; a refused hand-over that is requested again is a new attempt.</summary>
    public required int Attempt { get; init; }

    /// <summary>Who receives the devices.</summary>
    public required Guid PersonId { get; init; }

    public required IReadOnlyList<HandedDevice> Devices { get; init; }

    /// <summary>Whether the receiver's kit holds VPN.</summary>
    public required bool VpnIncluded { get; init; }

    public required DateTimeOffset EffectiveAt { get; init; }

    public DateOnly? DueBack { get; init; }

    /// <summary>When the receiver confirmed it; another receiver has to confirm anew.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    public required ActedBy By { get; init; }

    /// <summary>When this attempt began, and the event's time of recording.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>A correction on its way.</summary>
    public Correction? Correcting { get; init; }

    /// <summary>All corrections, oldest first.</summary>
    public IReadOnlyList<Correction> Corrections { get; init; } = [];

    [JsonIgnore]
    public HandoverContent Content => new(PersonId, VpnIncluded, EffectiveAt, Devices);

    /// <summary>When somebody else may undo what is on its way; null: nothing is.</summary>
    [JsonIgnore]
    public DateTimeOffset? UndoneAt => Status == HandoverStatus.Claiming ? StartedAt + Patience : Correcting?.At + Patience;

    /// <summary>What a claim is worth, given its hand-over as it is now (null: there is none).</summary>
    public static ClaimWorth WorthOf(Claim claim, Handover? handover) => handover switch
    {
        null or { Status: HandoverStatus.Refused } => ClaimWorth.Void,
        _ when claim.CorrectionId is { } correction =>
            handover.Correcting?.CorrectionId == correction ? ClaimWorth.Held
            : handover.Corrections.Any(c => c.CorrectionId == correction) ? ClaimWorth.Earned
            : ClaimWorth.Void,
        _ when handover.Attempt != claim.Attempt => ClaimWorth.Void,
        { Status: HandoverStatus.Completed } => ClaimWorth.Earned,
        _ => ClaimWorth.Held,
    };

    public Handover Complete() => this with { Status = HandoverStatus.Completed };

    /// <summary>What is on its way comes to nothing.</summary>
    public Handover Undo() => Status == HandoverStatus.Claiming ? this with { Status = HandoverStatus.Refused } : this with { Correcting = null };

    /// <summary>The correction on its way is done: the hand-over is as it says.</summary>
    public Handover CommitCorrection() => Correcting is not { } correction ? this : this with
    {
        PersonId = correction.After.PersonId,
        VpnIncluded = correction.After.VpnIncluded,
        EffectiveAt = correction.After.EffectiveAt,
        Devices = correction.After.Devices,
        AcceptedAt = correction.After.PersonId == PersonId ? AcceptedAt : null,
        Correcting = null,
        Corrections = [.. Corrections, correction],
    };

    /// <summary>The act that begins a device's spell. A correction may have changed the hand-over since; the claim then is that one's.</summary>
    public Act ActFor(Guid deviceId) => ActOf(HandoverId, Corrections is [var first, ..] ? first.Before : Content, deviceId)
        ?? throw new InvalidOperationException($"The device {deviceId} is not in the hand-over {HandoverId}.");

    public static Act? ActOf(Guid handoverId, HandoverContent content, Guid deviceId) => content.Devices.FirstOrDefault(d => d.DeviceId == deviceId) is { } device
        ? new Act(device.SpellId, content.EffectiveAt, CustodyStatus.Held, content.PersonId, handoverId, content.VpnIncluded)
        : null;

    /// <summary>The receiver confirms; doing it again changes nothing.</summary>
    public Handover Accept(DateTimeOffset now) => AcceptedAt is null ? this with { AcceptedAt = now } : this;
}
