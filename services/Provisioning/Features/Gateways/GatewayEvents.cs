using Fleet.Contracts;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;

namespace Fleet.Provisioning.Features.Gateways;

/// <summary>What is told of a gateway.</summary>
internal static class GatewayEvents
{
    /// <summary>The event of this write of a gateway.</summary>
    public static PendingEvent Changed(this Cause cause, Document<Gateway> gateway) => new VpnGatewayChanged
    {
        Meta = cause.Meta(gateway.State.GatewayId, gateway.Version + 1, gateway.Events + 1, cause.RecordedAt, gateway.ToldAt),
        Gateway = new VpnGatewayState
        {
            GatewayId = gateway.State.GatewayId,
            Name = gateway.State.Name,
            Endpoint = gateway.State.Endpoint,
            PublicKey = gateway.State.PublicKey,
            Network = gateway.State.Network,
            Dns = gateway.State.Dns,
            AllowedIps = gateway.State.AllowedIps,
        },
    }.Pending();
}
