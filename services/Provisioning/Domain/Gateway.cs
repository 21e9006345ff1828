namespace Fleet.Provisioning.Domain;

/// <summary>A WireGuard gateway that peers connect to.</summary>
internal sealed record Gateway
{
    public required Guid GatewayId { get; init; }

    public required string Name { get; init; }

    /// <summary>host:port that peers connect to.</summary>
    public required string Endpoint { get; init; }

    public required string PublicKey { get; init; }

    /// <summary>In CIDR form; see <see cref="Ipv4Network"/>.</summary>
    public required string Network { get; init; }

    public required IReadOnlyList<string> Dns { get; init; }

    /// <summary>What peers route through the tunnel, in CIDR form; never empty.</summary>
    public required IReadOnlyList<string> AllowedIps { get; init; }
}

/// <summary>
/// The networks and names of all gateways in one document, so that two gateways created at the same moment cannot overlap:
/// a gateway claims here first and is written after.
/// </summary>
internal sealed record NetworkPlan
{
    /// <summary>The id of the only document of its type.</summary>
    public const string Id = "networks";

    public IReadOnlyList<NetworkClaim> Claims { get; init; } = [];

    /// <summary>The claims that stand in the way of another one.</summary>
    public IEnumerable<NetworkClaim> Against(NetworkClaim claim)
    {
        var network = Ipv4Network.Parse(claim.Network);
        return Claims.Where(c => c.GatewayId != claim.GatewayId && (c.NameKey == claim.NameKey || Ipv4Network.Parse(c.Network).Overlaps(network)));
    }

    public NetworkPlan With(NetworkClaim claim) => new() { Claims = [.. Claims.Except(Against(claim)), claim] };
}

/// <param name="GatewayId">Who claims.</param>
/// <param name="NameKey">The gateway's name, folded.</param>
/// <param name="Network">In CIDR form.</param>
/// <param name="ClaimedAt">A claim whose gateway was not written soon after is what a crash left, and gives way.</param>
internal sealed record NetworkClaim(Guid GatewayId, string NameKey, string Network, DateTimeOffset ClaimedAt)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public bool IsAbandoned(DateTimeOffset now) => now - ClaimedAt > Patience;

    /// <summary>The same request made again; it goes on with the id that the first one claimed.</summary>
    public bool IsSameAs(NetworkClaim other) => NameKey == other.NameKey && Network == other.Network;
}
