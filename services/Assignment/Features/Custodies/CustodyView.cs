using Fleet.Assignment.Domain;
using Fleet.Assignment.Features.People;
using Fleet.Platform.Store;

namespace Fleet.Assignment.Features.Custodies;

/// <param name="Holder">Who has it; absent when nobody does.</param>
/// <param name="LastHolder">Who had it last; absent while somebody has it.</param>
/// <param name="HandoverId">The hand-over by which they got it.</param>
/// <param name="EffectiveAt">Since when it is so.</param>
internal sealed record CustodyView(
    Guid DeviceId, string AssetTag, string Kind, string Model, CustodyStatus Status, PersonRef? Holder, PersonRef? LastHolder, Guid? HandoverId, DateTimeOffset? EffectiveAt)
{
    public static async Task<CustodyView> OfAsync(Custody custody, IDocumentStore store, CancellationToken ct)
    {
        var held = custody.Spells.LastOrDefault(s => s.Status == CustodyStatus.Held);
        var person = (await store.RefsAsync([held?.PersonId], ct)).Of(held?.PersonId);
        var isHeld = custody.Status == CustodyStatus.Held;
        return new CustodyView(
            custody.DeviceId, custody.Device.AssetTag, custody.Device.Kind, custody.Device.Model, custody.Status,
            isHeld ? person : null, isHeld ? null : person, held?.HandoverId, custody.Current?.From);
    }

    /// <summary>The inventory shows who has a device; custody has no address of its own.</summary>
    public static string LocationOf(Guid deviceId) => $"/api/inventory/devices/{deviceId}";
}
