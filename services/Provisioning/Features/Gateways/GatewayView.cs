using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;

namespace Fleet.Provisioning.Features.Gateways;

/// <summary>A VPN gateway as answers show it.</summary>
/// <param name="Address">The gateway's own address in its network.</param>
internal sealed record GatewayView(
    Guid Id, string Name, string Endpoint, string PublicKey, string Network, string Address, IReadOnlyList<string> Dns, IReadOnlyList<string> AllowedIps)
{
    public static GatewayView Of(Gateway gateway) => new(
        gateway.GatewayId, gateway.Name, gateway.Endpoint, gateway.PublicKey, gateway.Network,
        Ipv4Network.Parse(gateway.Network).AddressAt(Ipv4Network.GatewayOffset), gateway.Dns, gateway.AllowedIps);

    public static GatewayView Of(Document<Gateway> gateway) => Of(gateway.State);
}
