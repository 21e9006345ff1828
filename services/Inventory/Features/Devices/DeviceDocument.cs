using Fleet.Inventory.Domain;
using Fleet.Platform.Store;

namespace Fleet.Inventory.Features.Devices;

/// <summary>How devices are stored, and by what they are found.</summary>
internal static class DeviceDocument
{
    public static readonly Field<Device> AssetTag = new("assetTag", d => Key.Folded(d.Description.AssetTag));
    public static readonly Field<Device> SerialNumber = new("serialNumber", d => Key.Folded(d.Description.SerialNumber));
    public static readonly Field<Device> Kind = new("kind", d => Events.Word(d.Description.Kind));
    public static readonly Field<Device> Manufacturer = new("manufacturer", d => Key.Folded(d.Description.Manufacturer));
    public static readonly Field<Device> Model = new("model", d => Key.Folded(d.Description.Model));
    public static readonly Field<Device> Location = new("location", d => d.Description.Location is { } location ? Key.Folded(location) : null);
    public static readonly Field<Device> WarrantyEnds = new("warrantyEnds", d => WarrantyOf(d) is { } day ? Key.Of(day) : null);
    public static readonly Field<Device> Status = new("status", d => Events.Word(d.Stands().Status));
    public static readonly Field<Device> HolderId = new("holderId", d => d.Stands().HolderId is { } holder ? Key.Of(holder) : null);
    public static readonly Field<Device> Since = new("since", d => Key.Of(d.Stands().Since));

    /// <summary>For sorting: nothing is left out, what has no warranty is last.</summary>
    public static readonly Field<Device> WarrantyOrder = new("warrantyOrder", d => Key.Of(WarrantyOf(d) ?? DateOnly.MaxValue));

    /// <summary>What somebody remembers of a device.</summary>
    public static readonly Field<Device> Words = Field<Device>.Many("words", d => Key.Words(
        d.Description.AssetTag, d.Description.SerialNumber, d.Description.Manufacturer, d.Description.Model, d.Description.Location));

    private static readonly DocumentIndex<Device> OneEachTag = DocumentIndex<Device>.OneEach(AssetTag);
    private static readonly DocumentIndex<Device> OneEachSerialNumber = DocumentIndex<Device>.OneEach(SerialNumber);

    public static readonly DocumentType<Device> Type = new(
        "devices",
        OneEachTag,
        OneEachSerialNumber,
        DocumentIndex<Device>.On(Status),
        DocumentIndex<Device>.On(Kind),
        DocumentIndex<Device>.On(Status, Kind),
        DocumentIndex<Device>.On(HolderId),
        DocumentIndex<Device>.On(Manufacturer),
        DocumentIndex<Device>.On(Model),
        DocumentIndex<Device>.On(Location),
        DocumentIndex<Device>.On(WarrantyEnds),
        DocumentIndex<Device>.On(WarrantyOrder),
        DocumentIndex<Device>.On(Since),
        DocumentIndex<Device>.On(Words));

    /// <summary>Whether a write was refused because of the asset tag; otherwise it was the serial number.</summary>
    public static bool IsAboutTheTag(this WriteResult refused) => refused.Index == OneEachTag.Name;

    private static DateOnly? WarrantyOf(Device device) => device.Description.Purchase?.WarrantyEnds;
}
