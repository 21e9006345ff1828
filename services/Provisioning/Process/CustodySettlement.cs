using Fleet.Contracts;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;
using static Fleet.Provisioning.Documents;

namespace Fleet.Provisioning.Process;

/// <summary>Makes the accesses of a device what its <see cref="DeviceWatch"/> says. Doing it again changes nothing.</summary>
internal sealed class CustodySettlement(IDocumentStore store, AddressPool addresses, PeerChanges changes)
{
    /// <summary>Returns when the accesses fit the watch as it is, also when it moved on meanwhile.</summary>
    public async Task SettleAsync(Document<DeviceWatch> watch, Cause cause, CancellationToken ct)
    {
        while (true)
        {
            if (watch.State.Wanted() is { } wanted)
            {
                var document = Document<Access>.New(wanted.AccessId, wanted);
                // A version conflict says that it was made before.
                await store.WriteAsync(document, [cause.Changed(document)], ct);
            }

            await foreach (var access in store.AllAsync(new Query<Access> { Where = [Accesses.DeviceId.Is(watch.State.DeviceId)] }, ct))
                await RevokeAsync(access, watch.State, cause, ct);

            // The device may have come back while its access was being made; whoever looks last sees both.
            var now = await store.FindAsync<DeviceWatch>(watch.State.DeviceId, ct);
            if (now is null || now.Version == watch.Version) return;
            watch = now;
        }
    }

    private async Task RevokeAsync(Document<Access>? access, DeviceWatch watch, Cause cause, CancellationToken ct)
    {
        while (access is not null && watch.Revoked(access.State) is { } revoked)
        {
            var document = access.With(revoked);
            if ((await store.WriteAsync(document, [cause.Changed(document)], ct)).IsWritten)
            {
                changes.Announce();
                await addresses.FreeAsync(revoked.AccessId, ct);
                return;
            }

            access = await store.FindAsync<Access>(access.Id, ct);
        }
    }
}
