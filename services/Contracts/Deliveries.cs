namespace Fleet.Contracts;

/// <summary>
/// Who gets which event: for every event the queues it is delivered to. A queue is named {service}-{consumer}.
/// Each publisher declares these queues and bindings before its first publish, so that nothing is lost whatever order services start in;
/// each consumer checks at its start that it handles exactly what stands here.
/// </summary>
public static class Deliveries
{
    private const string Audit = "audit-record-entry";

    /// <summary>Who keeps a copy of people.</summary>
    private static readonly IReadOnlyList<string> People =
        [Audit, "assignment-advance-case", "inventory-follow-people", "provisioning-follow-people", "gateway-follow-people"];

    /// <summary>Who follows a device's custody, whatever happened to it.</summary>
    private static readonly IReadOnlyList<string> Custody =
        [Audit, "inventory-follow-custody", "assignment-advance-case", "provisioning-follow-custody"];

    /// <summary>Event type to queue names.</summary>
    public static IReadOnlyDictionary<Type, IReadOnlyList<string>> Queues { get; } = new Dictionary<Type, IReadOnlyList<string>>
    {
        [typeof(DeviceRegistered)] = [Audit, "assignment-follow-devices"],
        [typeof(DeviceChanged)] = [Audit, "assignment-follow-devices"],
        [typeof(DeviceStatusChanged)] = [Audit, "assignment-follow-devices"],

        [typeof(UnitChanged)] = [Audit],
        [typeof(PersonRegistered)] = People,
        [typeof(PersonChanged)] = People,
        [typeof(PersonLeft)] = People,
        [typeof(DeviceIssued)] = Custody,
        [typeof(DeviceReturned)] = Custody,
        [typeof(DeviceLossReported)] = Custody,
        [typeof(DeviceFound)] = Custody,
        [typeof(CustodyCorrected)] = Custody,
        [typeof(HandoverAccepted)] = [Audit],
        [typeof(CaseOpened)] = [Audit],
        [typeof(CaseProgressed)] = [Audit],
        [typeof(CaseClosed)] = [Audit],

        [typeof(VpnGatewayChanged)] = [Audit],
        [typeof(VpnAccessRequested)] = [Audit, "assignment-advance-case"],
        [typeof(VpnAccessActivated)] = [Audit, "assignment-advance-case"],
        [typeof(VpnAccessRevoked)] = [Audit, "assignment-advance-case"],

        [typeof(AccountChanged)] = [Audit],
        [typeof(AccountRemoved)] = [Audit],
        [typeof(SignedIn)] = [Audit],
        [typeof(SignedOut)] = [Audit],
        [typeof(SignInRefused)] = [Audit],
    };
}
