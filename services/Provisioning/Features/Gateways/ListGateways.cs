using Fleet.Platform.Lists;
using Fleet.Platform.Security;
using Fleet.Provisioning.Domain;

namespace Fleet.Provisioning.Features.Gateways;

/// <summary>Lists the VPN gateways.</summary>
internal static class ListGateways
{
    private static readonly ListOf<Gateway, GatewayView> List = new(GatewayDocument.Type)
    {
        Search = GatewayDocument.Words,
        SearchedIn = "the name",
        Sorts = [Sort.By("name", GatewayDocument.Name)],
        Columns =
        [
            Column.Of<GatewayView>("id", g => g.Id),
            Column.Of<GatewayView>("name", g => g.Name),
            Column.Of<GatewayView>("endpoint", g => g.Endpoint),
            Column.Of<GatewayView>("publicKey", g => g.PublicKey),
            Column.Of<GatewayView>("network", g => g.Network),
            Column.Of<GatewayView>("dns", g => g.Dns),
            Column.Of<GatewayView>("allowedIps", g => g.AllowedIps),
        ],
    };

    public static void MapListGateways(this IEndpointRouteBuilder routes) =>
        routes.MapList("/gateways", List, GatewayView.Of).WithName(nameof(ListGateways)).WithSummary("Lists the VPN gateways.").RequireRole(Roles.Staff);
}
