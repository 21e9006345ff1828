using Fleet.Assignment.Domain;
using Fleet.Assignment.Features.Custodies;
using Fleet.Platform.Store;

namespace Fleet.Assignment.Process;

/// <summary>
/// The steps of a hand-over, or of a correction, over several documents (see <see cref="Handover"/>). Each is one conditional write that may be repeated
/// by anybody at any time: by the request itself, by a later request that meets a claim, and by <see cref="FinishHandovers"/>.
/// </summary>
internal sealed class Claims(IDocumentStore store, TimeProvider time)
{
    /// <summary>Claims a device for a hand-over that is still claiming.</summary>
    /// <returns>Null when it is claimed, otherwise why not; and the custody as it is then stored.</returns>
    public Task<(Refusal? Refusal, Document<Custody> Custody)> ClaimAsync(Document<Custody> custody, Handover handover, CancellationToken ct) => ClaimAsync(
        custody,
        state =>
        {
            var (verdict, claimed) = state.ClaimFor(handover, time.GetUtcNow());
            return (verdict == CustodyVerdict.Done ? null : new Refusal(verdict, state), claimed);
        },
        ct);

    /// <summary>Claims a device for a correction that is on its way.</summary>
    /// <returns>Null when it is claimed, otherwise why not; and the custody as it is then stored.</returns>
    public Task<(Refusal? Refusal, Document<Custody> Custody)> ClaimAsync(Document<Custody> custody, Correction correction, CancellationToken ct) => ClaimAsync(
        custody,
        state =>
        {
            var (verdict, obstacle, claimed) = state.ClaimFor(correction, time.GetUtcNow());
            return (verdict == CustodyVerdict.Done ? null : new Refusal(verdict, state, obstacle, IsCorrection: true), claimed);
        },
        ct);

    /// <summary>
    /// Ends a claim whose hand-over or correction is committed (the custody is told) or has come to nothing (the claim is let go).
    /// The claim of one on its way stays.
    /// </summary>
    public async Task<Document<Custody>> SettleAsync(Document<Custody> custody, CancellationToken ct)
    {
        while (custody.State.Claim is { } claim)
        {
            var handover = (await store.FindAsync<Handover>(claim.HandoverId, ct))?.State;
            var worth = Handover.WorthOf(claim, handover);
            if (worth == ClaimWorth.Held) return custody;
            custody = worth == ClaimWorth.Earned
                ? await ConfirmAsync(custody, claim, handover!, ct)
                : await TryWriteAsync(custody, custody.State.Released(), [], ct) ?? await ReloadAsync(custody, ct);
        }

        return custody;
    }

    /// <summary>Ends a claim like <see cref="SettleAsync"/>, and undoes a hand-over or correction that is on its way: the device's story is another now.</summary>
    public async Task<Document<Custody>> BreakAsync(Document<Custody> custody, CancellationToken ct)
    {
        while ((custody = await SettleAsync(custody, ct)).State.Claim is { } claim)
        {
            if (await store.FindAsync<Handover>(claim.HandoverId, ct) is { } handover && Handover.WorthOf(claim, handover.State) == ClaimWorth.Held)
                await store.WriteAsync(handover.With(handover.State.Undo()), ct);
            custody = await ReloadAsync(custody, ct);
        }

        return custody;
    }

    /// <summary>Makes the receiver of a completed hand-over the holder, once. Does nothing when somebody else has done it.</summary>
    public async Task<Document<Custody>> ConfirmAsync(Document<Custody> custody, Handover handover, CancellationToken ct)
    {
        while (custody.State.IsClaimedBy(handover)) custody = await ConfirmAsync(custody, custody.State.Claim!, handover, ct);
        return custody;
    }

    /// <summary>Makes a custody's past what a committed correction says, once. Does nothing when somebody else has done it.</summary>
    public async Task<Document<Custody>> ConfirmAsync(Document<Custody> custody, Handover handover, Correction correction, CancellationToken ct)
    {
        while (custody.State.Claim is { } claim && claim.CorrectionId == correction.CorrectionId) custody = await ConfirmAsync(custody, claim, handover, ct);
        return custody;
    }

    /// <summary>Lets go what a hand-over or correction that came to nothing has claimed.</summary>
    public async Task ReleaseAsync(Guid handoverId, IEnumerable<HandedDevice> devices, CancellationToken ct)
    {
        foreach (var custody in await store.FindManyAsync<Custody>([.. devices.Select(d => Key.Of(d.DeviceId))], ct))
        {
            if (custody.State.Claim?.HandoverId == handoverId) await SettleAsync(custody, ct);
        }
    }

    /// <summary>One write that turns an earned claim into what it was for; the custody as it is afterwards, whoever wrote it.</summary>
    private async Task<Document<Custody>> ConfirmAsync(Document<Custody> custody, Claim claim, Handover handover, CancellationToken ct)
    {
        Custody next;
        IReadOnlyList<PendingEvent> events;
        if (claim.CorrectionId is { } id)
        {
            var correction = handover.Corrections.Single(c => c.CorrectionId == id);
            next = custody.State.CorrectedBy(correction);
            events = [CustodyEvents.Corrected(custody, next, correction, correction.By.At(time.GetUtcNow()))];
        }
        else
        {
            next = custody.State.IssuedBy(handover);
            events = CustodyEvents.Changes(custody, next, handover.By.At(time.GetUtcNow()));
        }

        return await TryWriteAsync(custody, next, events, ct) ?? await ReloadAsync(custody, ct);
    }

    private async Task<(Refusal? Refusal, Document<Custody> Custody)> ClaimAsync(
        Document<Custody> custody, Func<Custody, (Refusal? Refusal, Custody Claimed)> claim, CancellationToken ct)
    {
        while (true)
        {
            var (refusal, claimed) = claim(custody.State);
            if (custody.State.Claim is not null && refusal?.Verdict is CustodyVerdict.Claimed)
            {
                var settled = await SettleAsync(custody, ct);
                if (settled.State.Claim is not null) return (refusal, settled);
                custody = settled;
                continue;
            }

            if (refusal is not null || ReferenceEquals(claimed, custody.State)) return (refusal, custody);
            if (await TryWriteAsync(custody, claimed, [], ct) is { } written) return (null, written);
            custody = await ReloadAsync(custody, ct);
        }
    }

    private async Task<Document<Custody>?> TryWriteAsync(
        Document<Custody> custody, Custody next, IReadOnlyList<PendingEvent> events, CancellationToken ct) =>
        (await store.WriteAsync(custody.With(next), events, ct)).IsWritten
            ? custody with { Version = custody.Version + 1, Events = custody.Events + events.Count, State = next }
            : null;

    private async Task<Document<Custody>> ReloadAsync(Document<Custody> custody, CancellationToken ct) =>
        await store.FindAsync<Custody>(custody.Id, ct) ?? throw new InvalidOperationException($"The custody {custody.Id} is gone; custodies are never deleted.");
}
