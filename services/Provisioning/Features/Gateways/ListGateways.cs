using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Provisioning.Features.Gateways;

/// <summary>Lists the VPN gateways, oldest first.</summary>
internal static class ListGateways
{
    public static void MapListGateways(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/gateways", Handle).WithName(nameof(ListGateways)).RequireRole(Roles.Staff);

    private static async Task<Ok<ListView<GatewayView>>> Handle([AsParameters] Paging paging, IDocumentStore store, CancellationToken ct) =>
        TypedResults.Ok(ListView<GatewayView>.Of(await store.QueryAsync(paging.Of(new Query<Gateway>()), ct), GatewayView.Of));
}
