using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Inventory.Features.Devices;

/// <summary>Shows the device whose label was scanned; case and white space do not matter.</summary>
internal static class GetDeviceByTag
{
    public static void MapGetDeviceByTag(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/devices/by-tag/{assetTag}", HandleAsync).WithName(nameof(GetDeviceByTag)).WithSummary("Shows the device with an asset tag")
            .RequireRole(Roles.Staff).ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Resource<DeviceView>, ProblemHttpResult>> HandleAsync(string assetTag, IDocumentStore store, CancellationToken ct) =>
        await store.FindByAsync(DeviceDocument.AssetTag.Is(Key.Folded(assetTag)), ct) is { } found
            ? await DeviceView.OfAsync(found, store, ct)
            : Problems.NotFound("device");
}
