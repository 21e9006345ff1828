using Fleet.Assignment.Domain;
using Fleet.Assignment.Features.People;
using Fleet.Platform.Store;

namespace Fleet.Assignment.Features.Handovers;

/// <param name="Person">Who received the devices, as they are called today.</param>
/// <param name="Devices">What was handed over.</param>
/// <param name="Corrections">What was corrected, oldest first.</param>
internal sealed record HandoverView(
    Guid Id, Guid PersonId, PersonRef? Person, IReadOnlyList<HandedDeviceView> Devices, DateTimeOffset EffectiveAt, DateOnly? DueBack, DateTimeOffset? AcceptedAt,
    HandoverStatus Status, IReadOnlyList<CorrectionView> Corrections)
{
    public static async Task<HandoverView> OfAsync(Handover handover, IDocumentStore store, CancellationToken ct) => (await OfAsync([handover], store, ct))[0];

    /// <summary>Views of some hand-overs. Names are the people's, returns the custodies': both are read here and stored in no hand-over.</summary>
    public static async Task<IReadOnlyList<HandoverView>> OfAsync(IReadOnlyList<Handover> handovers, IDocumentStore store, CancellationToken ct)
    {
        var people = await store.RefsAsync(handovers.SelectMany(h => h.Corrections.Select(c => (Guid?)c.Before.PersonId).Append(h.PersonId)), ct);
        var custodies = new Dictionary<Guid, Custody>();
        foreach (var some in handovers.SelectMany(h => h.Devices).Select(d => Key.Of(d.DeviceId)).Distinct().Chunk(Query<Custody>.MaxLimit))
        {
            foreach (var custody in await store.FindManyAsync<Custody>(some, ct)) custodies[custody.State.DeviceId] = custody.State;
        }

        return [.. handovers.Select(h => Of(h, people, custodies))];
    }

    /// <summary>The view of a hand-over that is being completed.</summary>
    public static HandoverView OfNew(Handover handover, PersonRef receiver) => Of(handover, new Dictionary<Guid, PersonRef> { [receiver.PersonId] = receiver }, []);

    public static string LocationOf(Guid id) => $"/api/assignment/handovers/{id}";

    private static HandoverView Of(Handover handover, IReadOnlyDictionary<Guid, PersonRef> people, Dictionary<Guid, Custody> custodies) => new(
        handover.HandoverId, handover.PersonId, people.Of(handover.PersonId),
        [.. handover.Devices.Select(d => HandedDeviceView.Of(d, custodies.GetValueOrDefault(d.DeviceId), handover.HandoverId))],
        handover.EffectiveAt, handover.DueBack, handover.AcceptedAt, handover.Status,
        [.. handover.Corrections.Select(c => new CorrectionView(
            c.At, c.By.Subject, c.Reason, c.Before.PersonId, people.Of(c.Before.PersonId), c.Before.EffectiveAt, [.. c.Before.Devices.Select(d => d.AssetTag)]))]);
}

/// <param name="ReturnedAt">When it came back; absent: it has not.</param>
/// <param name="LostAt">Since when it is lost or stolen, out of this hand-over; absent: it is not.</param>
internal sealed record HandedDeviceView(Guid DeviceId, string AssetTag, string Kind, DateTimeOffset? ReturnedAt, DateTimeOffset? LostAt)
{
    public static HandedDeviceView Of(HandedDevice device, Custody? custody, Guid handoverId)
    {
        // When the device was nobody's, or somebody else's, for the first time after the hand-over; a loss between is no return.
        var returned = custody?.Spells.SkipWhile(s => s.HandoverId != handoverId).Skip(1).FirstOrDefault(s => s.Status is CustodyStatus.Free or CustodyStatus.Held)?.From;
        return new HandedDeviceView(device.DeviceId, device.AssetTag, device.Kind, returned, returned is null && custody is { IsMissing: true } ? custody.Current!.From : null);
    }
}

/// <param name="At">When it was corrected.</param>
/// <param name="By">Who corrected it.</param>
/// <param name="PersonId">Who had received the devices, before.</param>
/// <param name="EffectiveAt">When, before.</param>
/// <param name="AssetTags">Which devices, before.</param>
internal sealed record CorrectionView(
    DateTimeOffset At, string By, string Reason, Guid PersonId, PersonRef? Person, DateTimeOffset EffectiveAt, IReadOnlyList<string> AssetTags);
