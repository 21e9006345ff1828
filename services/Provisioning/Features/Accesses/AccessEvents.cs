using Fleet.Contracts;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;

namespace Fleet.Provisioning.Features.Accesses;

/// <summary>What is told of an access.</summary>
internal static class AccessEvents
{
    /// <summary>The event of this write of an access: requested, activated or ended, as its new state says.</summary>
    public static PendingEvent Changed(this Cause cause, Document<Access> access)
    {
        var meta = cause.Meta(access.State.AccessId, access.Version + 1, access.Events + 1, access.State.ChangedAt, access.ToldAt);
        var state = StateOf(access.State);
        return access.State.State switch
        {
            AccessState.Requested => new VpnAccessRequested { Meta = meta, Access = state }.Pending(),
            AccessState.Active => new VpnAccessActivated { Meta = meta, Access = state }.Pending(),
            AccessState.Revoked or AccessState.Expired => new VpnAccessRevoked { Meta = meta, Access = state }.Pending(),
            var other => throw new InvalidOperationException($"There is no event for an access that becomes {other}."),
        };
    }

    private static VpnAccessState StateOf(Access access) => new()
    {
        AccessId = access.AccessId,
        PersonId = access.PersonId,
        DeviceId = access.DeviceId,
        GatewayId = access.GatewayId,
        State = Events.Word(access.State),
        Address = access.Address,
        PublicKey = access.PublicKey,
        ExpiresOn = access.ExpiresOn,
        Reason = access.Reason,
        Spells = [.. access.Spells.Select((s, i) => new Contracts.AccessSpell
        {
            From = s.From,
            Until = i + 1 < access.Spells.Count ? access.Spells[i + 1].From : null,
            State = Events.Word(s.State),
        })],
    };
}
