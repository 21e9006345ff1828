namespace Fleet.Provisioning.Domain;

/// <summary>
/// One address of a gateway's network and the access that has it. The document's id is gateway and offset, so that an address is never
/// there twice; a unique index on the access gives back the same address to an access whose activation was cut short.
/// </summary>
internal sealed record Lease
{
    public required Guid GatewayId { get; init; }

    /// <summary>Counted from the network's own address.</summary>
    public required long Offset { get; init; }

    /// <summary>Null: free again.</summary>
    public Guid? AccessId { get; init; }

    public DateTimeOffset? FreedAt { get; init; }

    public static string IdOf(Guid gatewayId, long offset) => $"{gatewayId}+{offset}";

    public Lease Take(Guid accessId) => this with { AccessId = accessId, FreedAt = null };

    public Lease Free(DateTimeOffset now) => this with { AccessId = null, FreedAt = now };
}
