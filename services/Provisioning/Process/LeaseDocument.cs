using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;

namespace Fleet.Provisioning.Process;

/// <summary>How leases of addresses are stored and found.</summary>
internal static class LeaseDocument
{
    /// <summary>An access has one address.</summary>
    public static readonly Field<Lease> AccessId = new("accessId", l => l.AccessId is { } id ? Key.Of(id) : null);

    public static readonly Field<Lease> GatewayId = new("gatewayId", l => Key.Of(l.GatewayId));
    public static readonly Field<Lease> Offset = new("offset", l => Key.Of(l.Offset));
    public static readonly Field<Lease> FreedAt = new("freedAt", l => l.FreedAt is { } at ? Key.Of(at) : null);

    public static readonly DocumentType<Lease> Type = new("leases",
        DocumentIndex<Lease>.OneEach(AccessId), DocumentIndex<Lease>.On(GatewayId, Offset), DocumentIndex<Lease>.On(GatewayId, FreedAt));
}
