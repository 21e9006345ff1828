using Fleet.Contracts;

namespace Fleet.Audit.Features.Log;

/// <summary>The events the log knows: their names, what each happened to, and in whose stream it is numbered.</summary>
internal static class EventTypes
{
    /// <summary>The kind of a person's own events.</summary>
    public const string Person = "person";

    // A device's events come from two aggregates with the same id: the device itself and its custody. Each numbers its own.
    private static readonly Dictionary<string, Known> All = new Known[]
    {
        new(typeof(DeviceRegistered), "device", "device", IsFact: false),
        new(typeof(DeviceChanged), "device", "device", IsFact: false),
        new(typeof(DeviceStatusChanged), "device", "device", IsFact: false),
        new(typeof(UnitChanged), "unit", "unit", IsFact: true),
        new(typeof(PersonRegistered), Person, Person, IsFact: true),
        new(typeof(PersonChanged), Person, Person, IsFact: true),
        new(typeof(PersonLeft), Person, Person, IsFact: true),
        new(typeof(DeviceIssued), "device", "custody", IsFact: true),
        new(typeof(DeviceReturned), "device", "custody", IsFact: true),
        new(typeof(DeviceLossReported), "device", "custody", IsFact: true),
        new(typeof(DeviceFound), "device", "custody", IsFact: true),
        new(typeof(CustodyCorrected), "device", "custody", IsFact: true),
        new(typeof(HandoverAccepted), "handover", "handover", IsFact: false),
        new(typeof(CaseOpened), "case", "case", IsFact: false),
        new(typeof(CaseProgressed), "case", "case", IsFact: false),
        new(typeof(CaseClosed), "case", "case", IsFact: false),
        new(typeof(VpnGatewayChanged), "vpnGateway", "vpnGateway", IsFact: false),
        new(typeof(VpnAccessRequested), "vpnAccess", "vpnAccess", IsFact: true),
        new(typeof(VpnAccessActivated), "vpnAccess", "vpnAccess", IsFact: true),
        new(typeof(VpnAccessRevoked), "vpnAccess", "vpnAccess", IsFact: true),
        new(typeof(AccountChanged), "account", "account", IsFact: false),
        new(typeof(AccountRemoved), "account", "account", IsFact: false),
        new(typeof(SignedIn), "session", "session", IsFact: false),
        new(typeof(SignedOut), "session", "session", IsFact: false),
        new(typeof(SignInRefused), "signIn", "signIn", IsFact: false),
    }.ToDictionary(t => t.Type.Name);

    /// <summary>All names, as the log writes them.</summary>
    public static IEnumerable<string> Names => All.Keys;

    /// <summary>What such an event happens to, in the caller's words.</summary>
    public static string KindOf(string type) => All[type].Kind;

    /// <summary>Whose events are numbered together with it; an event of a newer build that is unknown here is in none.</summary>
    public static string? StreamOf(string type) => All.TryGetValue(type, out var known) ? known.Stream : null;

    /// <summary>Whether coverage figures depend on such events.</summary>
    public static bool IsCoverageFact(string type) => All.TryGetValue(type, out var known) && known.IsFact;

    private sealed record Known(Type Type, string Kind, string Stream, bool IsFact);
}
