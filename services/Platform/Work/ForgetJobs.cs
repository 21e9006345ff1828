using Fleet.Platform.Store;

namespace Fleet.Platform.Work;

/// <summary>Forgets jobs that were done a week ago.</summary>
internal sealed class ForgetJobs(IDocumentStore store, TimeProvider time) : IWork
{
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    public async Task RunAsync(CancellationToken ct)
    {
        var old = new Query<Job> { Where = [Job.DoneAt.AtMost(Key.Of(time.GetUtcNow() - Kept))], OrderBy = Job.DoneAt, Limit = Query<Job>.MaxLimit };
        while ((await store.QueryAsync(old, ct)).Items is { Count: > 0 } done)
        {
            foreach (var job in done) await store.DeleteAsync(job, ct);
        }
    }
}
