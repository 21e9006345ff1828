using Fleet.Inventory.Domain;
using Fleet.Platform.Store;

namespace Fleet.Inventory.Features.Devices;

/// <summary>How devices are stored, and by what they are found.</summary>
internal static class DeviceDocument
{
    public static readonly Field<Device> AssetTag = new("assetTag", d => Key.Folded(d.Description.AssetTag));
    public static readonly Field<Device> SerialNumber = new("serialNumber", d => Key.Folded(d.Description.SerialNumber));
    public static readonly Field<Device> Status = new("status", d => Events.Word(d.Stands().Status));
    public static readonly Field<Device> Kind = new("kind", d => Events.Word(d.Description.Kind));
    public static readonly Field<Device> HolderId = new("holderId", d => d.Stands().HolderId is { } holder ? Key.Of(holder) : null);

    private static readonly DocumentIndex<Device> OneEachTag = DocumentIndex<Device>.OneEach(AssetTag);
    private static readonly DocumentIndex<Device> OneEachSerialNumber = DocumentIndex<Device>.OneEach(SerialNumber);

    public static readonly DocumentType<Device> Type = new(
        "devices",
        OneEachTag,
        OneEachSerialNumber,
        DocumentIndex<Device>.On(Status),
        DocumentIndex<Device>.On(Kind),
        DocumentIndex<Device>.On(Status, Kind),
        DocumentIndex<Device>.On(HolderId));

    /// <summary>Whether a write was refused because of the asset tag; otherwise it was the serial number.</summary>
    public static bool IsAboutTheTag(this WriteResult refused) => refused.Index == OneEachTag.Name;
}
