using System.Security.Claims;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;

namespace Fleet.Portal.Features.Devices;

/// <summary>What the acts on a device have in common.</summary>
internal static class DeviceActs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);

    /// <summary>Who may act.</summary>
    public static string[] Roles { get; } = [Platform.Security.Roles.It, Platform.Security.Roles.Admin];

    /// <summary>Whether they may act; others are offered nothing.</summary>
    public static bool AreFor(ClaimsPrincipal? user) => user.HasAnyOf(Roles);

    /// <summary>The device's page with a message.</summary>
    /// <param name="id">The device.</param>
    /// <param name="what">The end of the message's key.</param>
    public static string Done(Guid id, string what) => $"/devices/{id}?done={what}";

    /// <summary>The key of a message, or null when the address names none.</summary>
    public static string? Message(string? what) => what is not null && Words.Find($"Device.Done.{what}") is not null ? $"Device.Done.{what}" : null;

    public static Task<Answer<Device>> ReadAsync(FleetApi api, Guid id, CancellationToken ct) => api.GetAsync<Device>($"api/inventory/devices/{id}", ct);

    /// <summary>
    /// Waits a moment for the inventory to hear of what another service has done, so that the page that comes next shows it. It is done either way.
    /// </summary>
    public static async Task HeardAsync(FleetApi api, Guid id, Func<Device, bool> heard, TimeProvider time, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < Patience && await ReadAsync(api, id, ct) is { Value: { } device } && !heard(device)) await Task.Delay(Pause, time, ct);
    }
}
