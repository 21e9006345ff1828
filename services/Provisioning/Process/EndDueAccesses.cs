using Fleet.Contracts;
using Fleet.Platform.Store;
using Fleet.Platform.Work;
using Fleet.Provisioning.Domain;
using Fleet.Provisioning.Features.Accesses;

namespace Fleet.Provisioning.Process;

/// <summary>
/// Ends the accesses whose last day is over. Nobody depends on its punctuality: whoever lets somebody in asks <see cref="Standing"/>. It writes down
/// the end, as of the day's end however late it comes, tells of it and frees the address.
/// </summary>
internal sealed class EndDueAccesses(IDocumentStore store, Settlement settlement, TimeProvider time) : IWork
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    public async Task RunAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var due = new Query<Access> { Where = [AccessDocument.EndsAt.AtMost(Key.Of(now))], OrderBy = AccessDocument.EndsAt };
        await foreach (var access in store.AllAsync(due, ct)) await settlement.SettleAsync(access, Cause.Due(Events.Service, time.GetUtcNow()), ct);
    }
}
