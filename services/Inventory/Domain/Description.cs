namespace Fleet.Inventory.Domain;

/// <summary>What a device is. Texts are trimmed.</summary>
/// <param name="AssetTag">What the label on it says; unique without regard to case and white space.</param>
/// <param name="SerialNumber">The manufacturer's; unique without regard to case and white space.</param>
internal sealed record Description(
    string AssetTag, string SerialNumber, DeviceKind Kind, string Manufacturer, string Model, Purchase? Purchase = null, string? Location = null);

/// <summary>How a device was bought, as far as known.</summary>
internal sealed record Purchase(string? OrderNumber = null, string? Supplier = null, DateOnly? Date = null, Money? Cost = null, DateOnly? WarrantyEnds = null);

/// <param name="Amount">In units of the currency (euros, not cents).</param>
/// <param name="Currency">ISO 4217.</param>
internal sealed record Money(decimal Amount, string Currency);

internal enum DeviceKind
{
    Laptop,
    Desktop,
    Dock,
    Monitor,
    Phone,
    Tablet,
    Headset,
    Token,
    Other,
}
