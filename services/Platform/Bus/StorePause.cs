using Fleet.Platform.Store;
using Microsoft.Extensions.Logging;

namespace Fleet.Platform.Bus;

/// <summary>Where consumers wait while the store is away. Says once that they do, and once that they go on.</summary>
internal sealed partial class StorePause(IDocumentStore store, ILogger<StorePause> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private Task? _return;

    /// <summary>Returns when the store is well again.</summary>
    public Task WaitAsync(CancellationToken ct)
    {
        lock (_lock)
        {
            // One asks for all who wait.
            if (_return is null or { IsCompleted: true }) _return = ReturnAsync();
            return _return.WaitAsync(ct);
        }
    }

    private async Task ReturnAsync()
    {
        await Task.Yield();
        LogPaused();
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync())
        {
            try
            {
                await store.CheckAsync(CancellationToken.None);
                break;
            }
            catch (Exception)
            {
                // Not yet.
            }
        }

        LogResumed();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store is away; consumers wait and keep their messages")]
    private partial void LogPaused();

    [LoggerMessage(Level = LogLevel.Information, Message = "The store is back; consumers go on")]
    private partial void LogResumed();
}
