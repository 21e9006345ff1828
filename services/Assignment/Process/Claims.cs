using Fleet.Assignment.Domain;
using Fleet.Contracts;
using Fleet.Platform.Store;

namespace Fleet.Assignment.Process;

/// <summary>
/// The steps of a hand-over over several documents (see <see cref="Handover"/>). Each is one conditional write that may be repeated by anybody at
/// any time: by the request itself, by a later request that meets a claim, and by <see cref="FinishHandovers"/>.
/// </summary>
internal sealed class Claims(IDocumentStore store, TimeProvider time)
{
    /// <summary>Claims a device for a hand-over that is still claiming.</summary>
    /// <returns>The verdict, and the custody as it is then stored.</returns>
    public async Task<(CustodyVerdict Verdict, Document<Custody> Custody)> ClaimAsync(
        Document<Custody> custody, Handover handover, CancellationToken ct)
    {
        while (true)
        {
            var (verdict, claimed) = custody.State.ClaimFor(handover, time.GetUtcNow());
            if (verdict == CustodyVerdict.Claimed)
            {
                var settled = await SettleAsync(custody, ct);
                if (settled.State.Claim is not null) return (verdict, settled);
                custody = settled;
                continue;
            }

            if (verdict != CustodyVerdict.Done || ReferenceEquals(claimed, custody.State)) return (verdict, custody);
            if (await TryWriteAsync(custody, claimed, [], ct) is { } written) return (verdict, written);
            custody = await ReloadAsync(custody, ct);
        }
    }

    /// <summary>
    /// Ends a claim whose hand-over is completed (the custody is confirmed: <see cref="DeviceIssued"/>) or has come to nothing (the claim is let go).
    /// The claim of a hand-over on its way stays.
    /// </summary>
    public async Task<Document<Custody>> SettleAsync(Document<Custody> custody, CancellationToken ct)
    {
        while (custody.State.Claim is { } claim)
        {
            var handover = (await store.FindAsync<Handover>(claim.HandoverId, ct))?.State;
            var worth = Handover.WorthOf(claim, handover);
            if (worth == ClaimWorth.Held) return custody;
            custody = worth == ClaimWorth.Earned
                ? await ConfirmAsync(custody, handover!, ct)
                : await TryWriteAsync(custody, custody.State.Released(), [], ct) ?? await ReloadAsync(custody, ct);
        }

        return custody;
    }

    /// <summary>Ends a claim like <see cref="SettleAsync"/>, and undoes a hand-over that is on its way: the device is gone.</summary>
    public async Task<Document<Custody>> BreakAsync(Document<Custody> custody, CancellationToken ct)
    {
        while ((custody = await SettleAsync(custody, ct)).State.Claim is { } claim)
        {
            if (await store.FindAsync<Handover>(claim.HandoverId, ct) is { State.Status: HandoverStatus.Claiming } handover)
                await store.WriteAsync(handover.With(handover.State.Refuse()), ct);
            custody = await ReloadAsync(custody, ct);
        }

        return custody;
    }

    /// <summary>Makes the receiver of a completed hand-over the holder, once. Does nothing when somebody else has done it.</summary>
    public async Task<Document<Custody>> ConfirmAsync(Document<Custody> custody, Handover handover, CancellationToken ct)
    {
        var by = handover.By;
        var cause = new Cause(new Actor { Subject = by.Subject, Role = by.Role }, by.CorrelationId, time.GetUtcNow());
        while (custody.State.IsClaimedBy(handover))
        {
            var issued = custody.State.IssuedBy(handover);
            custody = await TryWriteAsync(custody, issued, [Facts.Issued(custody, issued, cause)], ct) ?? await ReloadAsync(custody, ct);
        }

        return custody;
    }

    /// <summary>Lets go what a refused hand-over has claimed.</summary>
    public async Task ReleaseAsync(Handover handover, CancellationToken ct)
    {
        foreach (var custody in await store.FindManyAsync<Custody>([.. handover.Devices.Select(d => Key.Of(d.DeviceId))], ct))
        {
            if (custody.State.IsClaimedBy(handover)) await SettleAsync(custody, ct);
        }
    }

    private async Task<Document<Custody>?> TryWriteAsync(
        Document<Custody> custody, Custody next, IReadOnlyList<PendingEvent> events, CancellationToken ct) =>
        (await store.WriteAsync(custody.With(next), events, ct)).IsWritten ? custody with { Version = custody.Version + 1, State = next } : null;

    private async Task<Document<Custody>> ReloadAsync(Document<Custody> custody, CancellationToken ct) =>
        await store.FindAsync<Custody>(custody.Id, ct) ?? throw new InvalidOperationException($"The custody {custody.Id} is gone; custodies are never deleted.");
}
