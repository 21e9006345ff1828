using Fleet.Platform.Store;
using Fleet.Platform.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fleet.Platform.Work;

/// <summary>Does the jobs that are due, several at a time, each under a lease of its own: replicas share them and none does the same one.</summary>
internal sealed partial class JobRunner(
    Jobs jobs, IEnumerable<JobKind> kinds, IServiceProvider services, IDocumentStore store, TimeProvider time, ILogger<JobRunner> logger) : BackgroundService
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(15);

    // Timers come due, and other processes enqueue, without a signal here.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, JobKind> _kinds = kinds.ToDictionary(k => k.Name);
    private readonly Dictionary<string, Task> _running = [];

    // Kept between looks: only who has watched a lease may take it over.
    private readonly Dictionary<string, Lease> _leases = [];
    private bool _failing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await StartDueAsync(stoppingToken);
                if (_failing) LogGoesOn();
                _failing = false;
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                if (!_failing) LogPutOff(error.Message);
                _failing = true;
            }
            catch (OperationCanceledException)
            {
                break;
            }

            using var wait = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            wait.CancelAfter(Look);
            await jobs.Enqueued.WaitAsync(wait.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(_running.Values);
    }

    private async Task StartDueAsync(CancellationToken ct)
    {
        var due = new Query<Job> { Where = [Job.Due.AtMost(Key.Of(time.GetUtcNow()))], OrderBy = Job.Due };
        var seen = new HashSet<string>();
        foreach (var ended in _running.Where(r => r.Value.IsCompleted).Select(r => r.Key).ToList())
        {
            _running.Remove(ended);
            _leases.Remove(ended);
        }

        await foreach (var found in store.AllAsync(due, ct))
        {
            seen.Add(found.Id);
            // Kinds of a newer build wait for it.
            if (!_kinds.TryGetValue(found.State.Kind, out var kind) || _running.ContainsKey(found.Id)) continue;
            if (!_leases.TryGetValue(found.Id, out var lease)) _leases[found.Id] = lease = new Lease(store, time, $"job {found.Id}", Length);
            if (_running.Count >= AtOnce)
            {
                await lease.WatchAsync(ct);
                return;
            }

            if (!await lease.TryHoldAsync(ct)) continue;
            _running[found.Id] = RunAsync(found.Id, kind, lease, ct);
        }

        foreach (var gone in _leases.Keys.Where(id => !seen.Contains(id) && !_running.ContainsKey(id)).ToList()) _leases.Remove(gone);
    }

    private async Task RunAsync(string id, JobKind kind, Lease lease, CancellationToken ct)
    {
        await Task.Yield();
        try
        {
            await DoAsync(id, kind, lease, ct);
            await lease.ForgetAsync();
        }
        catch (Exception error)
        {
            // What became of it could not be stored: the lease lapses, and it is done again.
            if (!ct.IsCancellationRequested) LogUnknown(id, error.Message);
        }
        finally
        {
            jobs.Enqueued.Set();
        }
    }

    private async Task DoAsync(string id, JobKind kind, Lease lease, CancellationToken ct)
    {
        // Read again now that nobody else changes it.
        if (await store.FindAsync<Job>(id, ct) is not { State.Status: JobStatus.Waiting } found || found.State.DueAt > time.GetUtcNow()) return;
        var begun = found.With(found.State.Begin());
        if (!(await store.WriteAsync(begun, ct)).IsWritten) return;
        begun = begun with { Version = begun.Version + 1 };

        Job ended;
        try
        {
            // Not ours any more: whoever has it now writes what became of it.
            if (!await lease.ActAsync(token => kind.HandleAsync(services, begun.State.Payload, token), ct)) return;
            ended = begun.State.Finish(time.GetUtcNow());
        }
        catch (Exception error) when (error is StoreUnavailableException || ct.IsCancellationRequested)
        {
            ended = begun.State.PutBack();
        }
        catch (Exception error)
        {
            ended = begun.State.Fail(error.GetBaseException().Message, time.GetUtcNow());
            LogFailed(error, id, ended.Attempts);
        }

        if (!(await store.WriteAsync(begun.With(ended), CancellationToken.None)).IsWritten || ended.Status != JobStatus.Failed) return;
        LogGivenUp(id);
        FleetMeter.JobsFailed.Add(1, new KeyValuePair<string, object?>("fleet.job.kind", kind.Name));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The job {Id} failed at attempt {Attempt}")]
    private partial void LogFailed(Exception error, string id, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "The job {Id} is given up; it stays stored as failed")]
    private partial void LogGivenUp(string id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What became of the job {Id} could not be stored, it will be done again: {Reason}")]
    private partial void LogUnknown(string id, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Jobs are put off: {Reason}")]
    private partial void LogPutOff(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Jobs go on")]
    private partial void LogGoesOn();
}
