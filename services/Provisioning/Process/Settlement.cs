using Fleet.Contracts;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;
using Fleet.Provisioning.Features.Accesses;

namespace Fleet.Provisioning.Process;

/// <summary>
/// Writes down what accesses are by their <see cref="Standing"/>, and makes those that hand-overs bring about. Doing it again changes nothing. Whoever
/// learns something of a device or a person stores that first and settles after; whoever makes an access settles it after: the one who looks last sees both.
/// </summary>
internal sealed class Settlement(IDocumentStore store, Standing standing, AddressPool addresses, PeerChanges changes)
{
    /// <summary>Makes the accesses of a device what its custody says.</summary>
    public async Task SettleDeviceAsync(DeviceCustody custody, Cause cause, CancellationToken ct)
    {
        var requested = custody.Requested().ToList();
        foreach (var page in requested.Chunk(Query<Access>.MaxLimit))
        {
            var there = (await store.FindManyAsync<Access>([.. page.Select(a => Key.Of(a.AccessId))], ct)).Select(a => a.State.AccessId).ToHashSet();
            foreach (var access in page.Where(a => !there.Contains(a.AccessId)))
            {
                var document = Document<Access>.New(access.AccessId, access);
                // A version conflict says that it was made meanwhile.
                await store.WriteAsync(document, [cause.Changed(document)], ct);
            }
        }

        await SettleAllAsync(AccessDocument.DeviceId.Is(custody.DeviceId), cause, ct);
    }

    /// <summary>Makes the accesses of a person what their employments say.</summary>
    public Task SettlePersonAsync(Guid personId, Cause cause, CancellationToken ct) => SettleAllAsync(AccessDocument.PersonId.Is(personId), cause, ct);

    /// <summary>Returns when the access is what all that is known says, also when that moved on meanwhile.</summary>
    public async Task SettleAsync(Document<Access> access, Cause cause, CancellationToken ct)
    {
        while (true)
        {
            var settled = await standing.OfAsync(access.State, ct);
            if (ReferenceEquals(settled, access.State)) return;
            var document = access.With(settled);
            // When it is due is nobody else's business until it is.
            var isTold = !settled.Spells.SequenceEqual(access.State.Spells) || settled.Reason != access.State.Reason;
            if ((await store.WriteAsync(document, isTold ? [cause.Changed(document)] : [], ct)).IsWritten)
            {
                changes.Announce();
                if (!settled.IsLive) await addresses.FreeAsync(settled.AccessId, ct);
            }

            if (await store.FindAsync<Access>(access.Id, ct) is not { } now) return;
            access = now;
        }
    }

    private async Task SettleAllAsync(Condition<Access> which, Cause cause, CancellationToken ct)
    {
        await foreach (var access in store.AllAsync(new Query<Access> { Where = [which] }, ct)) await SettleAsync(access, cause, ct);
    }
}
