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
        var spells = new HashSet<Guid?>();
        await foreach (var access in store.AllAsync(new Query<Access> { Where = [AccessDocument.DeviceId.Is(custody.DeviceId)] }, ct))
            spells.Add((await SettleAsync(access, cause, ct)).SpellId);

        foreach (var requested in custody.Requested().Where(a => !spells.Contains(a.SpellId)))
        {
            var document = Document<Access>.New(requested.AccessId, requested);
            var isNew = (await store.WriteAsync(document, [cause.Changed(document)], ct)).IsWritten;
            // Otherwise it was made meanwhile.
            var made = isNew ? document with { Version = 1, Events = 1 } : await store.FindAsync<Access>(requested.AccessId, ct);
            if (made is not null) await SettleAsync(made, cause, ct);
        }
    }

    /// <summary>Makes the accesses of a person what their employments say.</summary>
    public async Task SettlePersonAsync(Guid personId, Cause cause, CancellationToken ct)
    {
        await foreach (var access in store.AllAsync(new Query<Access> { Where = [AccessDocument.PersonId.Is(personId)] }, ct)) await SettleAsync(access, cause, ct);
    }

    /// <summary>Returns when the access is what all that is known says, also when that moved on meanwhile.</summary>
    public async Task<Access> SettleAsync(Document<Access> access, Cause cause, CancellationToken ct)
    {
        while (true)
        {
            var settled = await standing.OfAsync(access.State, ct);
            if (ReferenceEquals(settled, access.State)) return settled;
            var document = access.With(settled);
            // When it is due is nobody else's business until it is.
            var isTold = !settled.Spells.SequenceEqual(access.State.Spells) || settled.Reason != access.State.Reason;
            if ((await store.WriteAsync(document, isTold ? [cause.Changed(document)] : [], ct)).IsWritten)
            {
                changes.Announce();
                if (!settled.IsLive) await addresses.FreeAsync(settled.AccessId, ct);
            }

            access = await store.FindAsync<Access>(access.Id, ct) ?? throw new InvalidOperationException($"The access {access.Id} is gone.");
        }
    }
}
