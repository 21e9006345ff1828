using Microsoft.Extensions.Logging;

namespace Fleet.Platform.Store;

/// <summary>
/// Whether the store reads and writes, as far as anybody in this process knows. The first failure makes it unwell; from then on it is probed with a
/// small write twice a second until one succeeds. Consumers wait here instead of failing.
/// </summary>
public sealed partial class StoreHealth(TimeProvider time, ILogger<StoreHealth> logger) : IDisposable
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private Func<CancellationToken, Task>? _probe;
    private TaskCompletionSource? _recovery;
    private string? _reason;

    public bool IsWell => Reason is null;

    /// <summary>Why the store is not well, in one sentence without credentials; null when it is.</summary>
    public string? Reason
    {
        get
        {
            lock (_gate) return _reason;
        }
    }

    /// <summary>Completes at once while the store is well, otherwise when it is well again.</summary>
    public Task WaitUntilWellAsync(CancellationToken ct)
    {
        lock (_gate) return _recovery is null ? Task.CompletedTask : _recovery.Task.WaitAsync(ct);
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    /// <summary>Says how to find out whether the store is well: throws while it is not.</summary>
    internal void ProbeWith(Func<CancellationToken, Task> probe) => _probe = probe;

    /// <summary>Somebody's call failed.</summary>
    internal void Failed(StoreUnavailableException error)
    {
        lock (_gate)
        {
            _reason = error.Message;
            if (_recovery is not null || _stopping.IsCancellationRequested) return;
            _recovery = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var stopping = _stopping.Token;
            // Not a part of whatever request happened to fail first, in logs and traces.
            using (ExecutionContext.SuppressFlow()) _ = Task.Run(() => ProbeAsync(stopping), CancellationToken.None);
        }

        LogUnwell(error.Message);
    }

    private async Task ProbeAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(ProbeInterval, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopping.IsCancellationRequested) return;
            try
            {
                await _probe!(stopping);
                break;
            }
            catch (Exception error) when (!stopping.IsCancellationRequested)
            {
                lock (_gate) _reason = error.Message;
            }
            catch (Exception)
            {
                // The process ends.
                return;
            }
        }

        TaskCompletionSource? recovered;
        lock (_gate)
        {
            recovered = _recovery;
            _recovery = null;
            _reason = null;
        }

        LogWell();
        recovered?.TrySetResult();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store is away; commands are refused and consumers wait: {Reason}")]
    private partial void LogUnwell(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The store is well again")]
    private partial void LogWell();
}
