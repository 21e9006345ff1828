using Fleet.Platform.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fleet.Platform.Work;

/// <summary>
/// Does one recurring work whenever it is due and no other replica has it. Frequent work keeps its lease; seldom work gives it back after each round and
/// keeps when it is due next, so that restarts do not do it more often.
/// </summary>
internal sealed partial class WorkLoop(string name, TimeSpan interval, IWork work, IDocumentStore store, TimeProvider time, ILogger<WorkLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);

    // Soon after the return of a store that was away.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private readonly Lease _lease = new(store, time, name, Length);
    private bool _failing;

    private bool IsSeldom => interval > Length;

    /// <summary>A round that failed comes again a little sooner than the next one would.</summary>
    private TimeSpan Retry => interval < LongestRetry ? interval : LongestRetry;

    /// <summary>Does a round if it is due and ours to do. Returns how long to wait before the next look.</summary>
    internal async Task<TimeSpan> TurnAsync(CancellationToken ct)
    {
        if (!_lease.IsHeld) await _lease.WatchAsync(ct);
        if (Wait() is var early && early > TimeSpan.Zero) return early;
        if (!await _lease.TryHoldAsync(ct)) return Sooner(_lease.RenewAfter, interval);
        if (Wait() is var missed && missed > TimeSpan.Zero)
        {
            // Another replica did it between the look and the taking.
            await _lease.ReleaseAsync(_lease.Due);
            return missed;
        }

        var next = Retry;
        try
        {
            if (await _lease.ActAsync(work.RunAsync, ct)) next = interval;
            if (_failing) LogGoesOn(name);
            _failing = false;
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            if (!_failing) LogFailed(error, name);
            _failing = true;
        }

        if (IsSeldom && !ct.IsCancellationRequested) await _lease.ReleaseAsync(time.GetUtcNow() + next);
        return next;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = Sooner(interval, LongestPause);
            try
            {
                wait = await TurnAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                // The lease could not be read or written.
                if (!_failing) LogPutOff(name, error.Message);
                _failing = true;
            }
            catch (OperationCanceledException)
            {
                break;
            }

            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await GiveBackAsync();
    }

    private async Task GiveBackAsync()
    {
        try
        {
            await _lease.ReleaseAsync();
        }
        catch (StoreUnavailableException)
        {
            // Then it passes on by itself.
        }
    }

    /// <summary>A due time that is further ahead than one interval was written by a clock that goes wrong.</summary>
    private TimeSpan Wait() => IsSeldom && _lease.Due is { } due && due - time.GetUtcNow() is var wait && wait > TimeSpan.Zero && wait <= interval ? wait : TimeSpan.Zero;

    private static TimeSpan Sooner(TimeSpan a, TimeSpan b) => a < b ? a : b;

    [LoggerMessage(Level = LogLevel.Error, Message = "The work {Name} failed; it is tried again and again")]
    private partial void LogFailed(Exception error, string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The work {Name} is put off: {Reason}")]
    private partial void LogPutOff(string name, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The work {Name} goes on")]
    private partial void LogGoesOn(string name);
}
