using Fleet.Contracts;
using Fleet.Inventory.Domain;
using Fleet.Inventory.Features.People;
using Fleet.Platform.Lists;
using Fleet.Platform.Security;
using Fleet.Platform.Store;

namespace Fleet.Inventory.Features.Devices;

/// <summary>Lists devices.</summary>
internal static class ListDevices
{
    private static readonly ListOf<Device, DeviceView> List = new(DeviceDocument.Type)
    {
        Filters =
        [
            Filter.Word("status", DeviceDocument.Status, DeviceStatuses.All),
            Filter.Word("kind", DeviceDocument.Kind, DeviceKinds.All),
            Filter.Id("holderId", DeviceDocument.HolderId, "Only those that one of these people has, or had when they were lost; separated by commas."),
            Filter.Text("assetTag", DeviceDocument.AssetTag),
            Filter.Text("serialNumber", DeviceDocument.SerialNumber),
            Filter.Text("manufacturer", DeviceDocument.Manufacturer),
            Filter.Text("model", DeviceDocument.Model),
            Filter.Text("location", DeviceDocument.Location),
            Filter.Days("warrantyEnds", DeviceDocument.WarrantyEnds),
            Filter.Instants("since", DeviceDocument.Since),
        ],
        Search = DeviceDocument.Words,
        SearchedIn = "asset tag, serial number, manufacturer, model and location",
        Sorts =
        [
            Sort.By("assetTag", DeviceDocument.AssetTag),
            Sort.By("serialNumber", DeviceDocument.SerialNumber),
            Sort.By("model", DeviceDocument.Model),
            Sort.By("status", DeviceDocument.Status),
            Sort.By("since", DeviceDocument.Since),
            Sort.By("warrantyEnds", DeviceDocument.WarrantyOrder),
        ],
        Columns =
        [
            Column.Of<DeviceView>("assetTag", d => d.AssetTag),
            Column.Of<DeviceView>("serialNumber", d => d.SerialNumber),
            Column.Of<DeviceView>("kind", d => d.Kind),
            Column.Of<DeviceView>("manufacturer", d => d.Manufacturer),
            Column.Of<DeviceView>("model", d => d.Model),
            Column.Of<DeviceView>("status", d => d.Status),
            Column.Of<DeviceView>("since", d => d.Since),
            Column.Of<DeviceView>("holder", d => d.Holder?.Name),
            Column.Of<DeviceView>("location", d => d.Location),
            Column.Of<DeviceView>("orderNumber", d => d.Purchase?.OrderNumber),
            Column.Of<DeviceView>("supplier", d => d.Purchase?.Supplier),
            Column.Of<DeviceView>("purchaseDate", d => d.Purchase?.Date),
            Column.Of<DeviceView>("cost", d => d.Purchase?.Cost?.Amount),
            Column.Of<DeviceView>("currency", d => d.Purchase?.Cost?.Currency),
            Column.Of<DeviceView>("warrantyEnds", d => d.Purchase?.WarrantyEnds),
            Column.Of<DeviceView>("begins", d => d.Begins),
            Column.Of<DeviceView>("id", d => d.Id),
        ],
    };

    public static void MapListDevices(this IEndpointRouteBuilder routes) =>
        routes.MapList("/devices", List, ViewAsync).WithName(nameof(ListDevices)).WithSummary("Lists devices").RequireRole(Roles.Staff);

    private static async Task<IReadOnlyList<DeviceView>> ViewAsync(IReadOnlyList<Document<Device>> page, HttpContext http, CancellationToken ct)
    {
        var names = await PeopleNames.OfAsync(http.RequestServices.GetRequiredService<IDocumentStore>(), page.Select(d => d.State.Stands().HolderId), ct);
        return [.. page.Select(d => DeviceView.Of(d.State, names))];
    }
}
