using System.Text.Json;
using Fleet.Platform.Store;
using MassTransit;

namespace Fleet.Platform.Work;

/// <summary>Jobs to be done once, kept as documents: nothing that was enqueued is forgotten before it is done, and none is given up silently.</summary>
public sealed class Jobs(IDocumentStore store, TimeProvider time)
{
    internal Signal Enqueued { get; } = new();

    /// <summary>Stores a job. False: one of this kind with this key is there already (or was done within the last week); nothing changes.</summary>
    /// <param name="key">What makes it one and the same: the id of what it is about, or the event's that wants it.</param>
    /// <param name="job">What is to be done. Its type has a handler.</param>
    /// <param name="dueAt">Not before this. Null: at once.</param>
    /// <param name="ct">Ends the waiting, before anything is stored.</param>
    public async Task<bool> EnqueueAsync<TJob>(string key, TJob job, DateTimeOffset? dueAt, CancellationToken ct) where TJob : class
    {
        var kind = KindOf(typeof(TJob));
        var state = new Job { Kind = kind, Key = key, Payload = JsonSerializer.Serialize(job, FleetJson.Options), DueAt = dueAt ?? time.GetUtcNow() };
        var isNew = (await store.WriteAsync(new Document<Job>(IdOf(kind, key), 0, state), ct)).IsWritten;
        if (isNew) Enqueued.Set();
        return isNew;
    }

    /// <summary>The job with this key, or null when there is none (any more).</summary>
    public async Task<Job?> FindAsync<TJob>(string key, CancellationToken ct) where TJob : class =>
        (await store.FindAsync<Job>(IdOf(KindOf(typeof(TJob)), key), ct))?.State;

    /// <summary>Jobs that were given up, oldest first.</summary>
    public async Task<IReadOnlyList<Job>> FailedAsync(CancellationToken ct) =>
        [.. (await store.QueryAsync(new Query<Job> { OrderBy = Job.FailedAt, Limit = Query<Job>.MaxLimit }, ct)).Items.Select(d => d.State)];

    /// <summary>Tries a job again that was given up. False: there is none like that.</summary>
    public async Task<bool> RetryAsync(string kind, string key, CancellationToken ct)
    {
        if (await store.FindAsync<Job>(IdOf(kind, key), ct) is not { State.Status: JobStatus.Failed } found) return false;
        var isWritten = (await store.WriteAsync(found.With(found.State.Again(time.GetUtcNow())), ct)).IsWritten;
        if (isWritten) Enqueued.Set();
        return isWritten;
    }

    internal static string KindOf(Type job) => KebabCaseEndpointNameFormatter.Instance.SanitizeName(job.Name);

    private static string IdOf(string kind, string key) => $"{kind}:{key}";
}
