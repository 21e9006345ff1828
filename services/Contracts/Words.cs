namespace Fleet.Contracts;

/// <summary>Kinds of devices, as <see cref="DeviceState.Kind"/> and <see cref="CustodyState.Kind"/> say them.</summary>
public static class DeviceKinds
{
    public const string Laptop = "laptop";
    public const string Desktop = "desktop";
    public const string Dock = "dock";
    public const string Monitor = "monitor";
    public const string Phone = "phone";
    public const string Tablet = "tablet";
    public const string Headset = "headset";
    public const string Token = "token";
    public const string Other = "other";

    public static IReadOnlyList<string> All { get; } = [Laptop, Desktop, Dock, Monitor, Phone, Tablet, Headset, Token, Other];
}

/// <summary>States of a device, as <see cref="DeviceState.Status"/> says them.</summary>
public static class DeviceStatuses
{
    public const string Ordered = "ordered";
    public const string InStock = "inStock";
    public const string Assigned = "assigned";
    public const string InRepair = "inRepair";
    public const string Lost = "lost";
    public const string Stolen = "stolen";
    public const string Retired = "retired";
    public const string Disposed = "disposed";

    public static IReadOnlyList<string> All { get; } = [Ordered, InStock, Assigned, InRepair, Lost, Stolen, Retired, Disposed];
}

/// <summary>Where a device is as far as people are concerned: the states of a <see cref="CustodySpell"/>.</summary>
public static class CustodyStates
{
    public const string Free = "free";
    public const string Held = "held";
    public const string Lost = "lost";
    public const string Stolen = "stolen";

    public static IReadOnlyList<string> All { get; } = [Free, Held, Lost, Stolen];
}

/// <summary>Levels of the organisation, highest first.</summary>
public static class UnitKinds
{
    public const string County = "county";
    public const string Department = "department";
    public const string Office = "office";
    public const string Team = "team";

    public static IReadOnlyList<string> All { get; } = [County, Department, Office, Team];
}

/// <summary>What a kit can hold beside the kinds of devices.</summary>
public static class ItemKinds
{
    public const string Vpn = "vpn";
    public const string Software = "software";

    public static IReadOnlyList<string> All { get; } = [.. DeviceKinds.All, Vpn, Software];
}

/// <summary>States of a joiner's case.</summary>
public static class CaseStatuses
{
    public const string Open = "open";
    public const string Ready = "ready";
    public const string Cancelled = "cancelled";

    public static IReadOnlyList<string> All { get; } = [Open, Ready, Cancelled];
}

/// <summary>States of a VPN access: those of an <see cref="AccessSpell"/>.</summary>
public static class AccessStates
{
    public const string Requested = "requested";
    public const string Active = "active";
    public const string Suspended = "suspended";
    public const string Revoked = "revoked";
    public const string Expired = "expired";

    public static IReadOnlyList<string> All { get; } = [Requested, Active, Suspended, Revoked, Expired];
}

/// <summary>Kinds of accounts: of people, who sign in, and of programs, which ask for tokens.</summary>
public static class AccountKinds
{
    public const string Person = "person";
    public const string Client = "client";

    public static IReadOnlyList<string> All { get; } = [Person, Client];
}
