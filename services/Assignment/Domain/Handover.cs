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
    /// <summary>Its hand-over is on its way.</summary>
    Held,

    /// <summary>Its hand-over is completed; the custody only has not been told yet.</summary>
    Earned,

    /// <summary>Its hand-over came to nothing.</summary>
    Void,
}

/// <summary>A device of a hand-over.</summary>
internal sealed record HandedDevice(Guid DeviceId, string AssetTag, string Kind, DateTimeOffset? ReturnedAt = null);

/// <summary>Who hands over, in the terms of the audit log, kept so that whoever finishes the act does so in their name.</summary>
internal sealed record HandedBy(string Subject, string Role, Guid CorrelationId);

/// <summary>
/// One act of handing devices to a person, over several documents: the intent (this document, claiming), a claim on each device's custody, the
/// commit (this document, completed), and each custody confirmed. The commit decides: claims are let go only after this document says that the
/// attempt cannot be completed any more, and it is completed only by a write over the very version that the claims were made under.
/// </summary>
internal sealed record Handover
{
    /// <summary>An intent this old is not being worked on any more.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public required Guid HandoverId { get; init; }

    public required HandoverStatus Status { get; init; }

    /// <summary>Counted from 1; a refused hand-over that is requested again is a new attempt.</summary>
    public required int Attempt { get; init; }

    public required Holder Receiver { get; init; }

    public required IReadOnlyList<HandedDevice> Devices { get; init; }

    /// <summary>Whether the receiver's kit holds VPN.</summary>
    public required bool VpnIncluded { get; init; }

    public required DateTimeOffset EffectiveAt { get; init; }

    public DateOnly? DueBack { get; init; }

    public DateTimeOffset? AcceptedAt { get; init; }

    public required HandedBy By { get; init; }

    /// <summary>When this attempt began, and the event's time of recording.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When somebody else may undo it; null: it is finished.</summary>
    [JsonIgnore]
    public DateTimeOffset? UndoneAt => Status == HandoverStatus.Claiming ? StartedAt + Patience : null;

    /// <summary>What a claim is worth, given its hand-over as it is now (null: there is none).</summary>
    public static ClaimWorth WorthOf(Claim claim, Handover? handover) => handover switch
    {
        null or { Status: HandoverStatus.Refused } => ClaimWorth.Void,
        _ when handover.Attempt != claim.Attempt => ClaimWorth.Void,
        { Status: HandoverStatus.Completed } => ClaimWorth.Earned,
        _ => ClaimWorth.Held,
    };

    public Handover Complete() => this with { Status = HandoverStatus.Completed };

    public Handover Refuse() => this with { Status = HandoverStatus.Refused };

    /// <summary>The receiver confirms; doing it again changes nothing.</summary>
    public Handover Accept(DateTimeOffset now) => AcceptedAt is null ? this with { AcceptedAt = now } : this;

    /// <summary>A device of it came back; only the first time counts.</summary>
    public Handover WithReturned(Guid deviceId, DateTimeOffset returnedAt) => Devices.Any(d => d.DeviceId == deviceId && d.ReturnedAt is null)
        ? this with { Devices = [.. Devices.Select(d => d.DeviceId == deviceId ? d with { ReturnedAt = returnedAt } : d)] }
        : this;
}
