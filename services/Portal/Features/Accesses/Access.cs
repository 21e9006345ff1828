namespace Fleet.Portal.Features.Accesses;

/// <summary>A VPN access as provisioning shows it.</summary>
/// <param name="State">requested, active, suspended, revoked or expired.</param>
/// <param name="EndsAt">The first instant after its last day, if an end is known.</param>
/// <param name="EndedAt">Since when it is over.</param>
/// <param name="Reason">Why it is over.</param>
public sealed record Access(
    Guid Id, Guid PersonId, AccessPerson? Person, Guid? DeviceId, Guid? GatewayId, string State, string? Address, string? PublicKey, DateOnly? ExpiresOn,
    DateTimeOffset RequestedAt, DateTimeOffset? ActivatedAt, DateTimeOffset? EndsAt, DateTimeOffset? EndedAt, string? Reason)
{
    /// <summary>Whether it may still be used, now or once it has a key.</summary>
    public bool IsLive() => EndedAt is null && State is not ("revoked" or "expired");
}

public sealed record AccessPerson(string Name);

/// <summary>The body that enrols a public key.</summary>
public sealed record NewKey(string? PublicKey);

/// <summary>The words of provisioning that its lists filter by.</summary>
internal static class AccessWords
{
    public static IReadOnlyList<string> States { get; } = ["requested", "active", "suspended", "revoked", "expired"];
}
