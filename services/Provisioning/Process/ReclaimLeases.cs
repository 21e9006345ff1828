using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;

namespace Fleet.Provisioning.Process;

/// <summary>
/// Frees addresses whose access has ended while the lease stayed: a crash fell between the two writes. Nothing waits for it, so it
/// looks at the start and then seldom.
/// </summary>
internal sealed partial class ReclaimLeases(IDocumentStore store, AddressPool addresses, TimeProvider time, ILogger<ReclaimLeases> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await ReclaimAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogPostponed(error.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Frees what an ended access still holds.</summary>
    internal async Task ReclaimAsync(CancellationToken ct)
    {
        var query = new Query<Lease> { OrderBy = LeaseDocument.AccessId, Limit = Query<Lease>.MaxLimit };
        do
        {
            var page = await store.QueryAsync(query, ct);
            var accesses = await store.FindManyAsync<Access>([.. page.Items.Select(l => l.State.AccessId!.Value.ToString())], ct);
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Looking for forgotten addresses is put off: {Reason}")]
    private partial void LogPostponed(string reason);
}
