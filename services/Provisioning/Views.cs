using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;

namespace Fleet.Provisioning;

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

/// <summary>A VPN access as answers show it.</summary>
/// <param name="GatewayId">The gateway asked for; once active, the one it belongs to.</param>
/// <param name="Address">Null until active.</param>
/// <param name="PublicKey">Null until active.</param>
/// <param name="EndedAt">Since when it is over; null while it is not.</param>
/// <param name="Reason">Why it is over.</param>
internal sealed record AccessView(
    Guid Id, Guid PersonId, Guid? DeviceId, Guid? GatewayId, AccessState State, string? Address, string? PublicKey, DateOnly? ExpiresOn,
    DateTimeOffset RequestedAt, DateTimeOffset? ActivatedAt, DateTimeOffset? EndedAt, string? Reason)
{
    public static AccessView Of(Access access) => new(
        access.AccessId, access.PersonId, access.DeviceId, access.GatewayId, access.State, access.Address, access.PublicKey, access.ExpiresOn,
        access.RequestedAt, access.ActivatedAt, access.EndedAt, access.Reason);

    public static AccessView Of(Document<Access> access) => Of(access.State);
}
