using MassTransit;

namespace Fleet.Contracts;

/// <summary>A VPN gateway was created or changed. Aggregate: the gateway.</summary>
[MessageUrn("fleet.provisioning.vpn-gateway-changed.v1")]
[EntityName("fleet.provisioning.vpn-gateway-changed.v1")]
public sealed record VpnGatewayChanged : IFleetEvent
{
    public EventMeta Meta { get; init; } = new();

    public VpnGatewayState Gateway { get; init; } = new();
}

/// <summary>Somebody is to get VPN; the public key is still missing. Aggregate: the access.</summary>
[MessageUrn("fleet.provisioning.vpn-access-requested.v1")]
[EntityName("fleet.provisioning.vpn-access-requested.v1")]
public sealed record VpnAccessRequested : IFleetEvent
{
    public EventMeta Meta { get; init; } = new();

    public VpnAccessState Access { get; init; } = new();
}

/// <summary>An access works: it has a key and an address. Aggregate: the access.</summary>
[MessageUrn("fleet.provisioning.vpn-access-activated.v1")]
[EntityName("fleet.provisioning.vpn-access-activated.v1")]
public sealed record VpnAccessActivated : IFleetEvent
{
    public EventMeta Meta { get; init; } = new();

    public VpnAccessState Access { get; init; } = new();
}

/// <summary>An access ended for good: revoked, or expired. Aggregate: the access.</summary>
[MessageUrn("fleet.provisioning.vpn-access-revoked.v1")]
[EntityName("fleet.provisioning.vpn-access-revoked.v1")]
public sealed record VpnAccessRevoked : IFleetEvent
{
    public EventMeta Meta { get; init; } = new();

    public VpnAccessState Access { get; init; } = new();
}

/// <summary>A WireGuard gateway that peers connect to.</summary>
public sealed record VpnGatewayState
{
    public Guid GatewayId { get; init; }

    public string Name { get; init; } = "";

    /// <summary>host:port that peers connect to.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>WireGuard public key, 32 bytes in base64.</summary>
    public string PublicKey { get; init; } = "";

    /// <summary>The network the addresses come from, in CIDR form (10.20.0.0/22).</summary>
    public string Network { get; init; } = "";

    public IReadOnlyList<string> Dns { get; init; } = [];

    /// <summary>What peers route through the tunnel, in CIDR form.</summary>
    public IReadOnlyList<string> AllowedIps { get; init; } = [];
}

/// <summary>One person's VPN access, usually from one device.</summary>
public sealed record VpnAccessState
{
    public Guid AccessId { get; init; }

    public Guid PersonId { get; init; }

    public Guid? DeviceId { get; init; }

    public Guid? GatewayId { get; init; }

    /// <summary>One of <see cref="AccessStates"/>: that of the last spell.</summary>
    public string State { get; init; } = "";

    /// <summary>The peer's own address (10.20.0.7); null until active.</summary>
    public string? Address { get; init; }

    /// <summary>WireGuard public key, 32 bytes in base64; null until enrolled.</summary>
    public string? PublicKey { get; init; }

    public DateOnly? ExpiresOn { get; init; }

    /// <summary>Why it is revoked, in a few words.</summary>
    public string? Reason { get; init; }

    /// <summary>What it was from when to when, ascending, without gaps; the last one is open.</summary>
    public IReadOnlyList<AccessSpell> Spells { get; init; } = [];
}

/// <summary>A stretch of time in which an access was in one state.</summary>
public sealed record AccessSpell
{
    public DateTimeOffset From { get; init; }

    /// <summary>When the next began; null: it is the last.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>One of <see cref="AccessStates"/>.</summary>
    public string State { get; init; } = "";
}
