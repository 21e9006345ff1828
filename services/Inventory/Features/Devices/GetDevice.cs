using Fleet.Inventory.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Inventory.Features.Devices;

/// <summary>Shows one device.</summary>
internal static class GetDevice
{
    public static void MapGetDevice(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/devices/{id:guid}", HandleAsync).WithName(nameof(GetDevice)).WithSummary("Shows a device")
            .RequireRole(Roles.Staff).ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Resource<DeviceView>, ProblemHttpResult>> HandleAsync(Guid id, IDocumentStore store, CancellationToken ct) =>
        await store.FindAsync<Device>(id, ct) is { } found ? await DeviceView.OfAsync(found, store, ct) : Problems.NotFound("device");
}
