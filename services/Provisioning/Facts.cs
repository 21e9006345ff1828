using Fleet.Contracts;
using Fleet.Platform.Http;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;

namespace Fleet.Provisioning;

/// <summary>Turns changes of documents into the events that tell of them.</summary>
internal static class Facts
{
    public const string Service = "provisioning";

    public static Cause Acting(this Caller caller, DateTimeOffset now) =>
        new(new Actor { Subject = caller.Subject, Role = caller.ActingRole }, caller.CorrelationId, now);

    /// <summary>The event of this write of a gateway.</summary>
    public static PendingEvent Changed(this Cause cause, Document<Gateway> gateway) => Pending(new VpnGatewayChanged
    {
        Meta = cause.Meta(gateway.State.GatewayId, gateway.Version + 1, cause.RecordedAt),
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
    });

    /// <summary>The event of this write of an access: requested, activated or revoked, as its new state says.</summary>
    public static PendingEvent Changed(this Cause cause, Document<Access> access)
    {
        var meta = cause.Meta(access.State.AccessId, access.Version + 1, access.State.ChangedAt);
        var state = StateOf(access.State);
        return access.State.State switch
        {
            AccessState.Requested => Pending(new VpnAccessRequested { Meta = meta, Access = state }),
            AccessState.Active => Pending(new VpnAccessActivated { Meta = meta, Access = state }),
            AccessState.Revoked => Pending(new VpnAccessRevoked { Meta = meta, Access = state }),
            var other => throw new InvalidOperationException($"There is no event for an access that becomes {other}."),
        };
    }

    private static VpnAccessState StateOf(Access access) => new()
    {
        AccessId = access.AccessId,
        PersonId = access.PersonId,
        DeviceId = access.DeviceId,
        GatewayId = access.GatewayId,
        State = Documents.Word(access.State),
        Address = access.Address,
        PublicKey = access.PublicKey,
        ExpiresOn = access.ExpiresOn,
        Reason = access.Reason,
    };

    private static PendingEvent Pending(IFleetEvent fact) => new(fact.Meta.EventId, fact.Meta.CorrelationId, fact);
}
