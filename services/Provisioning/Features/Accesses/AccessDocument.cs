using System.Text.Json.Nodes;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;

namespace Fleet.Provisioning.Features.Accesses;

/// <summary>How accesses are stored and found.</summary>
internal static class AccessDocument
{
    public static readonly Field<Access> PersonId = new("personId", a => Key.Of(a.PersonId));
    public static readonly Field<Access> DeviceId = new("deviceId", a => a.DeviceId is { } id ? Key.Of(id) : null);
    public static readonly Field<Access> GatewayId = new("gatewayId", a => a.GatewayId is { } id ? Key.Of(id) : null);
    public static readonly Field<Access> State = new("state", a => Events.Word(a.State));
    public static readonly Field<Access> ExpiresOn = new("expiresOn", a => a.ExpiresOn is { } day ? Key.Of(day) : null);

    /// <summary>When a live access is due to end.</summary>
    public static readonly Field<Access> EndsAt = new("endsAt", a => a is { IsLive: true, EndsAt: { } at } ? Key.Of(at) : null);

    /// <summary>A key belongs to one access at a time.</summary>
    public static readonly Field<Access> LiveKey = new("liveKey", a => a.IsLive ? a.PublicKey : null);

    /// <summary>The gateway of which it is a peer.</summary>
    public static readonly Field<Access> PeerOf = new("peerOf", a => a.State == AccessState.Active ? Key.Of(a.GatewayId!.Value) : null);

    public static readonly DocumentType<Access> Type = new("accesses",
        DocumentIndex<Access>.On(PersonId), DocumentIndex<Access>.On(DeviceId), DocumentIndex<Access>.On(GatewayId), DocumentIndex<Access>.On(State),
        DocumentIndex<Access>.On(ExpiresOn), DocumentIndex<Access>.On(EndsAt), DocumentIndex<Access>.OneEach(LiveKey), DocumentIndex<Access>.On(PeerOf));

    /// <summary>Schema 1 had a state and three instants where there is a timeline now. What was over stays over.</summary>
    public static readonly Migration ToTimeline = new(1, Type.Name, state =>
    {
        var word = (string?)state["state"];
        JsonArray spells = [];
        foreach (var (member, spell) in new[] { ("requestedAt", "requested"), ("activatedAt", "active"), ("endedAt", word) })
        {
            if (state[member] is { } from) spells.Add(new JsonObject { ["state"] = spell, ["from"] = from.DeepClone() });
        }

        state["spells"] = spells;
        state["isFinal"] = state["endedAt"] is not null;
        foreach (var old in (string[])["state", "requestedAt", "activatedAt", "endedAt", "custodyVersion"]) state.Remove(old);
        return state;
    });
}
