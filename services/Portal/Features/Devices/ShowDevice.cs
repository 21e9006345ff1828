using Fleet.Platform.Security;
using Fleet.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Devices;

/// <summary>Shows one device: what it is, who has it, and everything that happened to it, newest first.</summary>
internal static class ShowDevice
{
    public static void MapShowDevice(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/devices/{id:guid}", Handle).WithName(nameof(ShowDevice)).RequireRole(Roles.Staff);

    private static async Task<Results<RazorComponentResult<DevicePage>, ProblemHttpResult>> Handle(Guid id, string? done, FleetApi api, CancellationToken ct)
    {
        var device = await api.GetAsync<Device>($"api/inventory/devices/{id}", ct);
        if (device.Value is null) return Refusals.Of(device.Status);
        var history = await api.GetAsync<Listed<DeviceChange>>($"api/inventory/devices/{id}/history", ct);
        if (history.Value is null) return Refusals.Of(history.Status);
        return new RazorComponentResult<DevicePage>(new { Model = new DeviceModel(device.Value, [.. history.Value.Items.Reverse()], DeviceActs.Message(done)) });
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Changes">Newest first.</param>
/// <param name="Done">The key of the text that says what was done just now, or null.</param>
public sealed record DeviceModel(Device Device, IReadOnlyList<DeviceChange> Changes, string? Done);
