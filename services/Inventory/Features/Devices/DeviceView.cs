using Fleet.Inventory.Domain;
using Fleet.Inventory.Features.People;
using Fleet.Platform.Http;
using Fleet.Platform.Store;

namespace Fleet.Inventory.Features.Devices;

/// <summary>A device as answers show it.</summary>
/// <param name="Since">Since when it is in this status (UTC).</param>
/// <param name="Begins">When its own history begins (UTC).</param>
/// <param name="AllowedStatuses">Which statuses can be set by hand now.</param>
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
    DateTimeOffset Begins,
    IReadOnlyList<DeviceStatus> AllowedStatuses,
    HolderView? Holder = null,
    Purchase? Purchase = null,
    string? Location = null)
{
    /// <summary>One device, with its holder's present name.</summary>
    public static async Task<DeviceView> OfAsync(Device device, IDocumentStore store, CancellationToken ct) =>
        Of(device, await PeopleNames.OfAsync(store, [device.Stands().HolderId], ct));

    /// <summary>One stored device with its version.</summary>
    public static async Task<Resource<DeviceView>> OfAsync(Document<Device> document, IDocumentStore store, CancellationToken ct) =>
        new(await OfAsync(document.State, store, ct), document.Version);

    public static DeviceView Of(Device device, PeopleNames names)
    {
        var standing = device.Stands();
        return new(
            device.Id,
            device.Description.AssetTag,
            device.Description.SerialNumber,
            device.Description.Kind,
            device.Description.Manufacturer,
            device.Description.Model,
            standing.Status,
            standing.Since,
            device.Begins,
            Transitions.ByHand(standing.Status),
            HolderView.Of(standing.HolderId, names),
            device.Description.Purchase,
            device.Description.Location);
    }
}

/// <summary>The person who has a device.</summary>
/// <param name="Name">Left out while the inventory was not told of the person yet.</param>
internal sealed record HolderView(Guid PersonId, string? Name = null)
{
    public static HolderView? Of(Guid? personId, PeopleNames names) => personId is { } id ? new(id, names.Of(id)) : null;
}
