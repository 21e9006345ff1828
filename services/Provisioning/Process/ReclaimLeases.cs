using Fleet.Platform.Store;
using Fleet.Platform.Work;
using Fleet.Provisioning.Domain;

namespace Fleet.Provisioning.Process;

/// <summary>Frees addresses whose access has ended while the lease stayed: a crash fell between the two writes. Nothing waits for it, so it looks seldom.</summary>
internal sealed partial class ReclaimLeases(IDocumentStore store, AddressPool addresses, ILogger<ReclaimLeases> logger) : IWork
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    public async Task RunAsync(CancellationToken ct)
    {
        var query = new Query<Lease> { OrderBy = LeaseDocument.AccessId, Limit = Query<Lease>.MaxLimit };
        do
        {
            var page = await store.QueryAsync(query, ct);
            var accesses = await store.FindManyAsync<Access>([.. page.Items.Select(l => Key.Of(l.State.AccessId!.Value))], ct);
            foreach (var ended in accesses.Where(a => !a.State.IsLive))
            {
                await addresses.FreeAsync(ended.State.AccessId, ct);
                LogReclaimed(ended.State.AccessId);
            }

            query = query with { After = page.Next };
        }
        while (query.After is not null);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The address of the ended access {AccessId} is free again")]
    private partial void LogReclaimed(Guid accessId);
}
