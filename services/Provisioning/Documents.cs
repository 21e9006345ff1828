using System.Text.Json;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;

namespace Fleet.Provisioning;

/// <summary>The documents of this service and how each is found.</summary>
internal static class Documents
{
    public static DocumentType[] All => [Gateways.Type, NetworkPlans.Type, Accesses.Type, Leases.Type, People.Type, DeviceWatches.Type];

    /// <summary>A state in the words of the wire.</summary>
    public static string Word(AccessState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());

    internal static class Gateways
    {
        public static readonly Field<Gateway> Name = new("name", g => Key.Folded(g.Name));

        public static readonly DocumentType<Gateway> Type = new("gateways", DocumentIndex<Gateway>.OneEach(Name));
    }

    internal static class NetworkPlans
    {
        public static readonly DocumentType<NetworkPlan> Type = new("networkPlans");
    }

    internal static class Accesses
    {
        public static readonly Field<Access> PersonId = new("personId", a => Key.Of(a.PersonId));
        public static readonly Field<Access> DeviceId = new("deviceId", a => a.DeviceId is { } id ? Key.Of(id) : null);
        public static readonly Field<Access> GatewayId = new("gatewayId", a => a.GatewayId is { } id ? Key.Of(id) : null);
        public static readonly Field<Access> State = new("state", a => Word(a.State));

        /// <summary>A key belongs to one access at a time.</summary>
        public static readonly Field<Access> LiveKey = new("liveKey", a => a.IsLive ? a.PublicKey : null);

        /// <summary>The gateway of which it is a peer.</summary>
        public static readonly Field<Access> PeerOf = new("peerOf", a => a.State == AccessState.Active ? Key.Of(a.GatewayId!.Value) : null);

        public static readonly DocumentType<Access> Type = new("accesses",
            DocumentIndex<Access>.On(PersonId), DocumentIndex<Access>.On(DeviceId), DocumentIndex<Access>.On(GatewayId), DocumentIndex<Access>.On(State),
            DocumentIndex<Access>.OneEach(LiveKey), DocumentIndex<Access>.On(PeerOf));
    }

    internal static class Leases
    {
        /// <summary>An access has one address.</summary>
        public static readonly Field<Lease> AccessId = new("accessId", l => l.AccessId is { } id ? Key.Of(id) : null);

        public static readonly Field<Lease> GatewayId = new("gatewayId", l => Key.Of(l.GatewayId));
        public static readonly Field<Lease> Offset = new("offset", l => Key.Of(l.Offset));
        public static readonly Field<Lease> FreedAt = new("freedAt", l => l.FreedAt is { } at ? Key.Of(at) : null);

        public static readonly DocumentType<Lease> Type = new("leases",
            DocumentIndex<Lease>.OneEach(AccessId), DocumentIndex<Lease>.On(GatewayId, Offset), DocumentIndex<Lease>.On(GatewayId, FreedAt));
    }

    internal static class People
    {
        public static readonly Field<Person> UserName = new("userName", p => p.UserName);

        public static readonly DocumentType<Person> Type = new("people", DocumentIndex<Person>.On(UserName));
    }

    internal static class DeviceWatches
    {
        public static readonly DocumentType<DeviceWatch> Type = new("deviceWatches");
    }
}
