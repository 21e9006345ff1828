using Fleet.Assignment.Domain;
using Fleet.Platform;
using Fleet.Platform.Http;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.Handovers;

/// <summary>What handing over and correcting a hand-over have in common.</summary>
internal static class HandoverRules
{
    /// <summary>409 <c>person-has-left</c> when the person's employment has ended by then and no later one is known; otherwise null.</summary>
    public static ProblemHttpResult? IfHasLeft(Person person, DateTimeOffset effectiveAt, FleetCalendar calendar) => person.HasLeftBefore(calendar.DayOf(effectiveAt))
        ? Problems.Conflict("person-has-left", $"{person.Name} has left on {person.Employment.EndDate:yyyy-MM-dd}.")
        : null;

    /// <summary>Whether the person's kit holds VPN.</summary>
    public static async Task<bool> HoldsVpnAsync(Person person, IDocumentStore store, CancellationToken ct) =>
        person.Employment.KitId is { } kitId && await store.FindAsync<Kit>(kitId, ct) is { State.HoldsVpn: true };

    /// <summary>The device as part of a hand-over, with a new spell.</summary>
    public static HandedDevice DeviceOf(Custody custody, DateTimeOffset now) =>
        new(custody.DeviceId, custody.Device.AssetTag, custody.Device.Kind, Guid.CreateVersion7(now));
}
