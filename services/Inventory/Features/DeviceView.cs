using Fleet.Inventory.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Store;

namespace Fleet.Inventory.Features;

/// <summary>A device as answers show it.</summary>
/// <param name="Since">When its history begins (UTC).</param>
/// <param name="Holder">Who has it; after a loss: who had it then.</param>
internal sealed record DeviceView(
    Guid Id,
    string AssetTag,
    string SerialNumber,
    DeviceKind Kind,
    string Manufacturer,
    string Model,
    DeviceStatus Status,
    DateTimeOffset Since,
    HolderView? Holder = null,
    Purchase? Purchase = null,
    string? Location = null)
{
    public static DeviceView Of(Device device) => new(
        device.Id,
        device.Description.AssetTag,
        device.Description.SerialNumber,
        device.Description.Kind,
        device.Description.Manufacturer,
        device.Description.Model,
        device.Status,
        device.Since,
        HolderView.Of(device.Holder),
        device.Description.Purchase,
        device.Description.Location);

    public static Resource<DeviceView> Of(Document<Device> document) => new(Of(document.State), document.Version);
}

/// <summary>The person who has a device.</summary>
internal sealed record HolderView(Guid PersonId, string Name)
{
    public static HolderView? Of(Holder? holder) => holder is null ? null : new(holder.PersonId, holder.Name);
}
