namespace Fleet.Portal.Features.Log;

/// <summary>An entry of the audit log.</summary>
/// <param name="Type">The event's name.</param>
/// <param name="EffectiveAt">When it became true.</param>
/// <param name="LoggedAt">When the log learned it.</param>
/// <param name="PersonId">The person it concerns, when that is not the entity.</param>
public sealed record LogEntry(long Sequence, string Type, LogEntity Entity, DateTimeOffset EffectiveAt, DateTimeOffset LoggedAt, LogActor Actor, Guid? PersonId);

/// <summary>What it happened to.</summary>
public sealed record LogEntity(string Kind, Guid Id)
{
    /// <summary>The page of it, where there is one.</summary>
    public string? Page() => Kind switch
    {
        "device" => $"/devices/{Id}",
        "person" => $"/people/{Id}",
        "handover" => $"/handovers/{Id}",
        "case" => $"/cases/{Id}",
        "vpnAccess" => $"/accesses/{Id}",
        "vpnGateway" => $"/vpn-gateways/{Id}",
        _ => null,
    };
}

public sealed record LogActor(string Subject, string Role);

/// <summary>What walking the whole chain came to.</summary>
/// <param name="Verified">Whether every entry is the one that was appended, and none is missing.</param>
/// <param name="Entries">How many entries hold, from the first on.</param>
/// <param name="Hash">Of the last of these.</param>
/// <param name="BrokenAt">The first entry that is changed or missing.</param>
/// <param name="GapCount">How often events are missing that were never received.</param>
public sealed record ChainState(bool Verified, long Entries, string Hash, long? BrokenAt, int GapCount);

/// <summary>The words of the log that its list filters by.</summary>
internal static class LogWords
{
    public static IReadOnlyList<string> Types { get; } =
    [
        "DeviceRegistered", "DeviceChanged", "DeviceStatusChanged", "DeviceIssued", "DeviceReturned", "DeviceLossReported", "DeviceFound", "CustodyCorrected", "HandoverAccepted",
        "PersonRegistered", "PersonChanged", "PersonLeft", "UnitChanged", "CaseOpened", "CaseProgressed", "CaseClosed", "VpnGatewayChanged", "VpnAccessRequested",
        "VpnAccessActivated", "VpnAccessRevoked", "AccountChanged", "AccountRemoved", "SignedIn", "SignedOut", "SignInRefused",
    ];
}
