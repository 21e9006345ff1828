using Fleet.Contracts;

namespace Fleet.Audit;

/// <summary>The events the log knows: their names and what each happened to.</summary>
internal static class EventTypes
{
    private static readonly Dictionary<string, (Type Type, string Kind, bool IsCoverageFact)> All = new (Type Type, string Kind, bool IsCoverageFact)[]
    {
        (typeof(DeviceRegistered), "device", false),
        (typeof(DeviceChanged), "device", false),
        (typeof(DeviceStatusChanged), "device", true),
        (typeof(UnitChanged), "unit", true),
        (typeof(PersonRegistered), "person", true),
        (typeof(PersonChanged), "person", true),
        (typeof(DeviceIssued), "device", true),
        (typeof(DeviceReturned), "device", true),
        (typeof(DeviceLossReported), "device", true),
        (typeof(HandoverAccepted), "handover", false),
        (typeof(CaseOpened), "case", false),
        (typeof(CaseProgressed), "case", false),
        (typeof(CaseClosed), "case", false),
        (typeof(VpnGatewayChanged), "vpnGateway", false),
        (typeof(VpnAccessRequested), "vpnAccess", true),
        (typeof(VpnAccessActivated), "vpnAccess", true),
        (typeof(VpnAccessRevoked), "vpnAccess", true),
        (typeof(PersonLeft), "person", true),
        (typeof(DeviceFound), "device", true),
        (typeof(CustodyCorrected), "device", true),
        (typeof(AccountChanged), "account", false),
        (typeof(AccountRemoved), "account", false),
        (typeof(SignedIn), "session", false),
        (typeof(SignedOut), "session", false),
        (typeof(SignInRefused), "signIn", false),
    }.ToDictionary(t => t.Type.Name);

    /// <summary>All names, for messages to callers.</summary>
    public static IEnumerable<string> Names => All.Keys;

    public static string KindOf(string type) => All[type].Kind;

    /// <summary>Whether coverage figures depend on such events.</summary>
    public static bool IsCoverageFact(string type) => All.TryGetValue(type, out var known) && known.IsCoverageFact;

    /// <summary>The name as the log writes it, whatever case it was asked in; null: there is no such event.</summary>
    public static string? Find(string name) => All.Keys.FirstOrDefault(k => k.Equals(name, StringComparison.OrdinalIgnoreCase));
}
