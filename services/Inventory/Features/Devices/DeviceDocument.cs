using System.Globalization;
using Fleet.Inventory.Domain;
using Fleet.Platform.Http;
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
    public static readonly Field<Device> Bought = new("bought", d => d.Description.Purchase?.Date is { } day ? Key.Of(day) : null);
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

    /// <summary>What is counted.</summary>
    private static readonly DocumentIndex<Device> Stock = DocumentIndex<Device>.On(Status, Kind, Bought, WarrantyEnds);

    public static readonly DocumentType<Device> Type = new(
        "devices",
        OneEachTag,
        OneEachSerialNumber,
        DocumentIndex<Device>.On(Status),
        DocumentIndex<Device>.On(Kind),
        DocumentIndex<Device>.On(Status, Kind),
        Stock,
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

    /// <summary>How many devices there are of each status, kind, day of purchase and end of warranty.</summary>
    public static async Task<IReadOnlyCollection<Alike>> CountAsync(IDocumentStore store, CancellationToken ct) =>
    [
        .. from tally in await store.CountAsync(Stock, ct)
           select new Alike(Choice.Of<DeviceStatus>(tally.Values[0], "status")!.Value, Choice.Of<DeviceKind>(tally.Values[1], "kind")!.Value, DayIn(tally.Values[2]), DayIn(tally.Values[3]), tally.Documents),
    ];

    private static DateOnly? DayIn(string? key) => key is null ? null : DateOnly.Parse(key, CultureInfo.InvariantCulture);

    private static DateOnly? WarrantyOf(Device device) => device.Description.Purchase?.WarrantyEnds;
}
