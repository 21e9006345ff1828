namespace Fleet.Portal.Features.VpnGateways;

/// <summary>A VPN gateway as provisioning shows it.</summary>
/// <param name="Address">Its own address in its network.</param>
public sealed record VpnGateway(
    Guid Id, string Name, string Endpoint, string PublicKey, string Network, string Address, IReadOnlyList<string> Dns, IReadOnlyList<string> AllowedIps);
