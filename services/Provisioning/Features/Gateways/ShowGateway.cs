using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Provisioning.Features.Gateways;

/// <summary>Shows one VPN gateway.</summary>
internal static class ShowGateway
{
    public static void MapShowGateway(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/gateways/{id:guid}", Handle).WithName(nameof(ShowGateway)).RequireRole(Roles.Staff);

    private static async Task<Results<Resource<GatewayView>, ProblemHttpResult>> Handle(Guid id, IDocumentStore store, CancellationToken ct) =>
        await store.FindAsync<Gateway>(id, ct) is { } gateway
            ? new Resource<GatewayView>(GatewayView.Of(gateway), gateway.Version)
            : Problems.NotFound("VPN gateway");
}
