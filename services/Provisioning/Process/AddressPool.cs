using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;

namespace Fleet.Provisioning.Process;

/// <summary>
/// Gives every access an address of its own. The lease is taken first and the access written after: a crash between leaves a lease that the next
/// try finds again. An access is given one lease, ever; it is free again when the access has ended (<see cref="ReclaimLeases"/> looks after crashes).
/// </summary>
internal sealed class AddressPool(IDocumentStore store, TimeProvider time)
{
    private const int FreedAtATime = 20;

    /// <summary>The access's address, in the named gateway's network or in that of the oldest gateway with room; no lease when none has room.</summary>
    public async Task<(Lease? Lease, Gateway? Gateway)> TakeAsync(Guid accessId, Guid? gatewayId, CancellationToken ct)
    {
        while (await FindAsync(accessId, ct) is { } held)
        {
            // Written again, so that whoever is about to free it (the access was over once) finds it changed.
            if ((await store.WriteAsync(held, ct)).IsWritten) return (held.State, (await store.FindAsync<Gateway>(held.State.GatewayId, ct))!.State);
        }

        Gateway? asked = null;
        var gateways = gatewayId is { } named ? One(await store.FindAsync<Gateway>(named, ct)) : store.AllAsync(new Query<Gateway>(), ct);
        await foreach (var gateway in gateways)
        {
            asked = gateway.State;
            if (await TakeFromAsync(asked, accessId, ct) is { } lease) return (lease, asked);
        }

        return (null, asked);
    }

    /// <summary>Gives back the address of an access that has ended; nothing happens when it has none, or is live again.</summary>
    public async Task FreeAsync(Guid accessId, CancellationToken ct)
    {
        while (await FindAsync(accessId, ct) is { } lease)
        {
            if (await store.FindAsync<Access>(accessId, ct) is { State.IsLive: true }) return;
            if ((await store.WriteAsync(lease.With(lease.State.Free(time.GetUtcNow())), ct)).IsWritten) return;
        }
    }

    private Task<Document<Lease>?> FindAsync(Guid accessId, CancellationToken ct) => store.FindByAsync(LeaseDocument.AccessId.Is(accessId), ct);

    private async Task<Lease?> TakeFromAsync(Gateway gateway, Guid accessId, CancellationToken ct) =>
        await TakeUnusedAsync(gateway, accessId, ct) ?? await TakeFreedAsync(gateway, accessId, ct);

    /// <summary>Addresses that nobody ever had go first, in ascending order, so that an old configuration does not soon meet a new owner.</summary>
    private async Task<Lease?> TakeUnusedAsync(Gateway gateway, Guid accessId, CancellationToken ct)
    {
        var highest = await store.QueryAsync(
            new Query<Lease> { Where = [LeaseDocument.GatewayId.Is(gateway.GatewayId)], OrderBy = LeaseDocument.Offset, Descending = true, Limit = 1 }, ct);
        var offset = highest.Items is [var last] ? last.State.Offset + 1 : Ipv4Network.FirstPeerOffset;
        // Whoever finds an offset taken tries the next one: as many registrations at once cost at most as many tries, and leave no gap.
        for (; offset <= Ipv4Network.Parse(gateway.Network).LastPeerOffset; offset++)
        {
            var lease = new Lease { GatewayId = gateway.GatewayId, Offset = offset, AccessId = accessId };
            if (await TryTakeAsync(new Document<Lease>(Lease.IdOf(gateway.GatewayId, offset), 0, lease), accessId, ct) is { } taken) return taken;
        }

        return null;
    }

    /// <summary>The address that has been free for longest.</summary>
    private async Task<Lease?> TakeFreedAsync(Gateway gateway, Guid accessId, CancellationToken ct)
    {
        while (true)
        {
            var freed = await store.QueryAsync(
                new Query<Lease> { Where = [LeaseDocument.GatewayId.Is(gateway.GatewayId)], OrderBy = LeaseDocument.FreedAt, Limit = FreedAtATime }, ct);
            if (freed.Items.Count == 0) return null;
            foreach (var lease in freed.Items)
            {
                if (await TryTakeAsync(lease.With(lease.State.Take(accessId)), accessId, ct) is { } taken) return taken;
            }
        }
    }

    /// <summary>The lease, or the one that the same access got at the same moment; null when another access was faster.</summary>
    private async Task<Lease?> TryTakeAsync(Document<Lease> lease, Guid accessId, CancellationToken ct) => (await store.WriteAsync(lease, ct)).Outcome switch
    {
        WriteOutcome.Written => lease.State,
        WriteOutcome.DuplicateKey => (await FindAsync(accessId, ct))?.State,
        _ => null,
    };

    private static async IAsyncEnumerable<Document<Gateway>> One(Document<Gateway>? gateway)
    {
        await Task.CompletedTask;
        if (gateway is not null) yield return gateway;
    }
}
