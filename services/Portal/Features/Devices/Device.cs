namespace Fleet.Portal.Features.Devices;

/// <summary>A device as the inventory shows it.</summary>
/// <param name="Since">Since when it is in this status.</param>
/// <param name="AllowedStatuses">Which statuses can be set by hand now.</param>
/// <param name="Holder">Who has it; after a loss: who had it then.</param>
public sealed record Device(
    Guid Id, string AssetTag, string SerialNumber, string Kind, string Manufacturer, string Model, string Status, DateTimeOffset Since, IReadOnlyList<string> AllowedStatuses,
    Holder? Holder, Purchase? Purchase, string? Location);

/// <param name="Name">Missing while the inventory was not told of the person yet.</param>
public sealed record Holder(Guid PersonId, string? Name);

public sealed record Purchase(string? OrderNumber, string? Supplier, DateOnly? Date, Money? Cost, DateOnly? WarrantyEnds);

public sealed record Money(decimal Amount, string Currency);

/// <summary>A change of a device's status or holder.</summary>
/// <param name="At">When it became true.</param>
/// <param name="RecordedAt">When Fleet learned it.</param>
public sealed record DeviceChange(DateTimeOffset At, DateTimeOffset RecordedAt, string Status, ChangedBy Actor, Holder? Holder, string? Note);

/// <summary>Who did something.</summary>
public sealed record ChangedBy(string Subject, string Role);

/// <summary>The words of the inventory that its lists filter by.</summary>
internal static class DeviceWords
{
    public static IReadOnlyList<string> Kinds { get; } = ["laptop", "desktop", "dock", "monitor", "phone", "tablet", "headset", "token", "other"];
    public static IReadOnlyList<string> Statuses { get; } = ["ordered", "inStock", "assigned", "inRepair", "lost", "stolen", "retired", "disposed"];

    /// <summary>What a new device may be.</summary>
    public static IReadOnlyList<string> NewStatuses { get; } = ["inStock", "ordered"];
}
