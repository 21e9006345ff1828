using System.Text.Json;
using Fleet.Inventory.Domain;
using Fleet.Platform.Store;

namespace Fleet.Inventory;

/// <summary>What the inventory stores, and by what it is found.</summary>
internal static class Documents
{
    public static readonly Field<Device> AssetTag = new("assetTag", d => Key.Folded(d.Description.AssetTag));
    public static readonly Field<Device> SerialNumber = new("serialNumber", d => Key.Folded(d.Description.SerialNumber));
    public static readonly Field<Device> Status = new("status", d => Word(d.Status));
    public static readonly Field<Device> Kind = new("kind", d => Word(d.Description.Kind));
    public static readonly Field<Device> Holder = new("holder", d => d.Holder is null ? null : Key.Of(d.Holder.PersonId));

    private static readonly DocumentIndex<Device> OneEachTag = DocumentIndex<Device>.OneEach(AssetTag);
    private static readonly DocumentIndex<Device> OneEachSerialNumber = DocumentIndex<Device>.OneEach(SerialNumber);

    public static readonly DocumentType<Device> Devices = new(
        "devices",
        OneEachTag,
        OneEachSerialNumber,
        DocumentIndex<Device>.On(Status),
        DocumentIndex<Device>.On(Kind),
        DocumentIndex<Device>.On(Status, Kind),
        DocumentIndex<Device>.On(Holder));

    /// <summary>Whether a write was refused because of the asset tag; otherwise it was the serial number.</summary>
    public static bool IsAboutTheTag(this WriteResult refused) => refused.Index == OneEachTag.Name;

    /// <summary>An enum's value as it is written everywhere outside: camelCase.</summary>
    public static string Word<TEnum>(TEnum value) where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
