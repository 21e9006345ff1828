using System.Text.Json.Serialization;

namespace Fleet.Provisioning.Domain;

/// <summary>The states of an access; suspended and expired accesses come with their own features.</summary>
internal enum AccessState
{
    Requested,
    Active,
    Suspended,
    Revoked,
    Expired,
}

/// <summary>Whether an access takes a public key.</summary>
internal enum KeyVerdict
{
    Accepted,

    /// <summary>It is active with this very key; the request came twice.</summary>
    AlreadyDone,

    /// <summary>It is active with another key.</summary>
    HasAnotherKey,

    /// <summary>It is over.</summary>
    Ended,

    /// <summary>The instant lies before the access's last change.</summary>
    TooEarly,
}

/// <summary>Whether an access can be revoked.</summary>
internal enum RevokeVerdict
{
    Accepted,
    Ended,
    TooEarly,
}

/// <summary>One person's VPN access, usually from one device: requested, then active with key and address, then revoked for good.</summary>
internal sealed record Access
{
    public required Guid AccessId { get; init; }

    public required Guid PersonId { get; init; }

    public Guid? DeviceId { get; init; }

    /// <summary>The gateway asked for; once active, the one whose network the address is from.</summary>
    public Guid? GatewayId { get; init; }

    public AccessState State { get; init; }

    public string? Address { get; init; }

    public string? PublicKey { get; init; }

    public DateOnly? ExpiresOn { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset RequestedAt { get; init; }

    public DateTimeOffset? ActivatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The version of the device's custody under which the access was made; it ends when that custody ends (<see cref="DeviceWatch"/>).</summary>
    public long CustodyVersion { get; init; }

    [JsonIgnore]
    public bool IsLive => State is AccessState.Requested or AccessState.Active or AccessState.Suspended;

    /// <summary>When its last fact became true; the next one is not earlier.</summary>
    [JsonIgnore]
    public DateTimeOffset ChangedAt => EndedAt ?? ActivatedAt ?? RequestedAt;

    /// <summary>Decides on a key before an address is taken for it.</summary>
    public KeyVerdict Judge(string publicKey, DateTimeOffset at) =>
        !IsLive ? KeyVerdict.Ended
        : State != AccessState.Requested ? PublicKey == publicKey ? KeyVerdict.AlreadyDone : KeyVerdict.HasAnotherKey
        : at < ChangedAt ? KeyVerdict.TooEarly
        : KeyVerdict.Accepted;

    /// <summary>What an accepted key and an address make of it.</summary>
    public Access Activate(string publicKey, Guid gatewayId, string address, DateTimeOffset at) =>
        this with { State = AccessState.Active, PublicKey = publicKey, GatewayId = gatewayId, Address = address, ActivatedAt = at };

    public (RevokeVerdict Verdict, Access Access) Revoke(string reason, DateTimeOffset at) =>
        !IsLive ? (RevokeVerdict.Ended, this)
        : at < ChangedAt ? (RevokeVerdict.TooEarly, this)
        : (RevokeVerdict.Accepted, this with { State = AccessState.Revoked, Reason = reason, EndedAt = at });
}
