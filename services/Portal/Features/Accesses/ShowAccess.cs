using Fleet.Platform.Security;
using Fleet.Portal.Features.Devices;
using Fleet.Portal.Features.VpnGateways;
using Fleet.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Accesses;

/// <summary>Shows one VPN access: whose, from which device, and what it is now.</summary>
internal static class ShowAccess
{
    public static void MapShowAccess(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/accesses/{id:guid}", Handle).WithName(nameof(ShowAccess)).RequireRole(Roles.Staff);

    private static async Task<Results<RazorComponentResult<AccessPage>, ProblemHttpResult>> Handle(Guid id, string? done, FleetApi api, CancellationToken ct)
    {
        var access = await AccessActs.ReadAsync(api, id, ct);
        if (access.Value is null) return Refusals.Of(access.Status);
        // Their names are a comfort: the access is shown without them while the inventory is away.
        var device = access.Value.DeviceId is { } deviceId ? await DeviceActs.ReadAsync(api, deviceId, ct) : null;
        var gateway = access.Value.GatewayId is { } gatewayId ? await api.GetAsync<VpnGateway>($"api/provisioning/gateways/{gatewayId}", ct) : null;
        return new RazorComponentResult<AccessPage>(new { Model = new AccessModel(access.Value, device?.Value?.AssetTag, gateway?.Value?.Name, AccessActs.Message(done)) });
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Device">The device's tag; null: there is none, or it cannot be read right now.</param>
/// <param name="Gateway">The gateway's name; null: there is none, or it cannot be read right now.</param>
/// <param name="Done">The key of the text that says what was done just now, or null.</param>
public sealed record AccessModel(Access Access, string? Device, string? Gateway, string? Done);
