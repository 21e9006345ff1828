using Fleet.Platform.Security;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.VpnGateways;

/// <summary>Shows one VPN gateway.</summary>
internal static class ShowGateway
{
    public static void MapShowGateway(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/vpn-gateways/{id:guid}", Handle).WithName(nameof(ShowGateway)).RequireRole(Roles.Staff);

    private static async Task<Results<RazorComponentResult<GatewayPage>, ProblemHttpResult>> Handle(Guid id, string? done, FleetApi api, CancellationToken ct)
    {
        var gateway = await api.GetAsync<VpnGateway>($"api/provisioning/gateways/{id}", ct);
        if (gateway.Value is null) return Refusals.Of(gateway.Status);
        var message = done is not null && Words.Find($"Gateway.Done.{done}") is not null ? $"Gateway.Done.{done}" : null;
        return new RazorComponentResult<GatewayPage>(new { Gateway = gateway.Value, Done = message });
    }
}
