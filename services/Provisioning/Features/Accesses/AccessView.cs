using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;
using Fleet.Provisioning.Features.People;

namespace Fleet.Provisioning.Features.Accesses;

/// <summary>A VPN access as answers show it.</summary>
/// <param name="Person">Null while nothing is known of the person here.</param>
/// <param name="GatewayId">The gateway asked for; once active, the one it belongs to.</param>
/// <param name="Address">Null until active.</param>
/// <param name="PublicKey">Null until active.</param>
/// <param name="ExpiresOn">The last day asked for.</param>
/// <param name="EndsAt">The first instant after its last day, by that or because the person leaves; null: no end is known.</param>
/// <param name="EndedAt">Since when it is over; null while it is not.</param>
/// <param name="Reason">Why it is over.</param>
internal sealed record AccessView(
    Guid Id, Guid PersonId, PersonView? Person, Guid? DeviceId, Guid? GatewayId, AccessState State, string? Address, string? PublicKey, DateOnly? ExpiresOn,
    DateTimeOffset RequestedAt, DateTimeOffset? ActivatedAt, DateTimeOffset? EndsAt, DateTimeOffset? EndedAt, string? Reason)
{
    public static AccessView Of(Access access, Person? person) => new(
        access.AccessId, access.PersonId, PersonView.Of(person), access.DeviceId, access.GatewayId, access.State, access.Address, access.PublicKey, access.ExpiresOn,
        access.RequestedAt, access.ActivatedAt, access.EndsAt, access.EndedAt, access.Reason);

    /// <summary>With the person's name as it is now.</summary>
    public static async Task<AccessView> OfAsync(Access access, IDocumentStore store, CancellationToken ct) =>
        Of(access, (await store.FindAsync<Person>(access.PersonId, ct))?.State);
}
