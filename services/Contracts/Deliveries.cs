namespace Fleet.Contracts;

/// <summary>
/// Who gets which event: for every event the queues it is delivered to. A queue is named {service}-{consumer}.
/// Each publisher declares these queues and bindings before its first publish, so that nothing is lost whatever order services start in;
/// each consumer checks at its start that it handles exactly what stands here.
/// </summary>
public static class Deliveries
{
    private const string Audit = "audit-record-entry";

    /// <summary>Event type to queue names.</summary>
    public static IReadOnlyDictionary<Type, IReadOnlyList<string>> Queues { get; } = new Dictionary<Type, IReadOnlyList<string>>
    {
        [typeof(DeviceRegistered)] = [Audit, "assignment-follow-devices"],
        [typeof(DeviceChanged)] = [Audit, "assignment-follow-devices"],
        [typeof(DeviceStatusChanged)] = [Audit, "assignment-follow-devices"],

        [typeof(UnitChanged)] = [Audit],
        [typeof(PersonRegistered)] = [Audit, "inventory-follow-people", "assignment-advance-case", "provisioning-follow-people", "gateway-follow-people"],
        [typeof(PersonChanged)] = [Audit, "inventory-follow-people", "assignment-advance-case", "provisioning-follow-people", "gateway-follow-people"],
        [typeof(PersonLeft)] = [Audit, "inventory-follow-people", "provisioning-follow-people", "gateway-follow-people"],
        [typeof(DeviceIssued)] = [Audit, "inventory-follow-custody", "assignment-advance-case", "provisioning-follow-custody"],
        [typeof(DeviceReturned)] = [Audit, "inventory-follow-custody", "assignment-advance-case", "assignment-mark-returned", "provisioning-follow-custody"],
        [typeof(DeviceLossReported)] = [Audit, "inventory-follow-custody", "assignment-advance-case", "provisioning-follow-custody"],
        [typeof(DeviceFound)] = [Audit, "inventory-follow-custody", "provisioning-follow-custody"],
        [typeof(CustodyCorrected)] = [Audit, "inventory-follow-custody", "provisioning-follow-custody"],
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
