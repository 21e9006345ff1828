using System.Security.Claims;
using Fleet.Platform.Http;
using Fleet.Portal.Domain;
using Fleet.Portal.Features.Accesses;
using Fleet.Portal.Features.Handovers;
using Fleet.Portal.Web;

namespace Fleet.Portal.Features.Me;

/// <summary>Reads what is the signed-in person's own. The services decide what that is; who has more roles asks for their own expressly.</summary>
internal sealed class Own(FleetApi api, TimeProvider time)
{
    private const int Most = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);

    public static string[] Roles { get; } = [Platform.Security.Roles.Employee];

    /// <summary>The person whose account is signed in.</summary>
    public static Guid? PersonOf(ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(Caller.PersonClaim), out var person) ? person : null;

    public Task<Answer<Listed<Handover>>> HandoversAsync(Guid person, CancellationToken ct) => api.GetAsync<Listed<Handover>>(AskHandovers(person), ct);

    public Task<Answer<Listed<Access>>> AccessesAsync(Guid person, CancellationToken ct) => api.GetAsync<Listed<Access>>(AskAccesses(person), ct);

    /// <summary>The devices of these hand-overs that have not come back.</summary>
    public static IReadOnlyList<OwnDevice> DevicesOf(Listed<Handover> handovers) =>
        [.. handovers.Items.SelectMany(h => h.Devices.Where(d => d.ReturnedAt is null).Select(d => new OwnDevice(d, h.EffectiveAt))).DistinctBy(d => d.Device.DeviceId)];

    /// <summary>What waits for the receiver's word.</summary>
    public static IEnumerable<Handover> ToConfirm(Listed<Handover> handovers) => handovers.Items.Where(h => h.AcceptedAt is null && h.Devices.Any(d => d.ReturnedAt is null));

    /// <summary>The accesses of a device, once all of them are over, or after a moment: provisioning hears of a loss from another service.</summary>
    public async Task<IReadOnlyList<Access>?> EndedAsync(Guid person, Guid device, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var found = (await AccessesAsync(person, ct)).Value?.Items.Where(a => a.DeviceId == device).ToList();
            if (found is null || found.All(a => !a.IsLive()) || time.GetElapsedTime(began) >= Patience) return found;
            await Task.Delay(Pause, time, ct);
        }
    }

    public static string AskHandovers(Guid person) => Links.Of("api/assignment/handovers", [("personId", $"{person}"), ("sort", "-effectiveAt"), ("limit", $"{Most}")]);

    public static string AskAccesses(Guid person) => Links.Of("api/provisioning/accesses", [("personId", $"{person}"), ("limit", $"{Most}")]);
}

/// <summary>A device that somebody has.</summary>
/// <param name="Since">When it was handed over.</param>
public sealed record OwnDevice(HandedDevice Device, DateTimeOffset Since);
