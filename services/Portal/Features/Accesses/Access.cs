namespace Fleet.Portal.Features.Accesses;

/// <summary>A VPN access as provisioning shows it.</summary>
/// <param name="Person">Missing while provisioning was not told of the person yet.</param>
/// <param name="GatewayId">The gateway asked for; once active, the one it belongs to.</param>
/// <param name="ExpiresOn">The last day asked for.</param>
/// <param name="EndsAt">The first instant after its last day; null: no end is known.</param>
/// <param name="EndedAt">Since when it is over; null while it is not.</param>
/// <param name="Reason">Why it is over.</param>
public sealed record Access(
    Guid Id, Guid PersonId, AccessPerson? Person, Guid? DeviceId, Guid? GatewayId, string State, string? Address, string? PublicKey, DateOnly? ExpiresOn,
    DateTimeOffset RequestedAt, DateTimeOffset? ActivatedAt, DateTimeOffset? EndsAt, DateTimeOffset? EndedAt, string? Reason)
{
    /// <summary>Whether it works, or may still come to.</summary>
    public bool IsLive() => EndedAt is null;

    /// <summary>Since when it is in its state.</summary>
    public DateTimeOffset Since() => EndedAt ?? ActivatedAt ?? RequestedAt;
}

/// <summary>Whose access it is.</summary>
public sealed record AccessPerson(string Name);

/// <summary>The body that enrols a public key.</summary>
public sealed record NewKey(string? PublicKey);

/// <summary>The words of provisioning.</summary>
internal static class AccessWords
{
    public static IReadOnlyList<string> States { get; } = ["requested", "active", "suspended", "revoked", "expired"];

    /// <summary>Why accesses end by themselves; any other reason is in somebody's own words.</summary>
    public static IReadOnlyList<string> Reasons { get; } = ["lost", "stolen", "returned", "left", "expired", "corrected"];
}
