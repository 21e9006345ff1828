using Fleet.Audit.Domain;
using Fleet.Platform;
using Fleet.Platform.Store;

namespace Fleet.Audit.Process;

/// <summary>
/// The facts of coverage in memory. The log is their only source: each reading first catches up with what was appended since, by this or another
/// process, so that an answer counts every event that was acknowledged before it. In between it keeps near on its own, so that no caller waits for
/// the whole log.
/// </summary>
internal sealed partial class CoverageView(IDocumentStore store, FleetCalendar calendar, TimeProvider time, ILogger<CoverageView> logger) : BackgroundService
{
    // Few enough at a time that reading a long log does not fill the memory.
    private const int AtATime = 200;

    private static readonly TimeSpan CatchUpEvery = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CoverageFacts _facts = new();
    private long _read;

    /// <summary>Coverage of every day as it was known then.</summary>
    public Task<Coverage> KnownAtAsync(DateTimeOffset knownAt, CancellationToken ct) => InTurnAsync(() => _facts.KnownAt(knownAt), ct);

    public override void Dispose()
    {
        _gate.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(CatchUpEvery, time);
        do
        {
            try
            {
                await InTurnAsync(() => true, stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // Whoever asks for figures meanwhile hears of it; here it is tried again.
                LogBehind(error.GetBaseException().Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Reads from the facts once they are up to date; one caller at a time.</summary>
    private async Task<T> InTurnAsync<T>(Func<T> read, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            await CatchUpAsync(ct);
            return read();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Up to the last batch all entries are stored; those of the last are perhaps still being written one by one, so they are taken from the head.
    /// </summary>
    private async Task CatchUpAsync(CancellationToken ct)
    {
        if (await store.FindAsync<LogHead>(Documents.HeadId, ct) is not { State: var head } || head.Sequence <= _read) return;
        if (_read < head.Settled)
        {
            var unread = new Query<LogEntry>
            {
                Where = [Documents.FactSequence.AtLeast(Key.Of(_read + 1)), Documents.FactSequence.AtMost(Key.Of(head.Settled))],
                OrderBy = Documents.FactSequence,
                Limit = AtATime,
            };
            await foreach (var entry in store.AllAsync(unread, ct)) Take(entry.State);
        }

        foreach (var entry in head.Batch) Take(entry);
        _read = head.Sequence;
    }

    private void Take(LogEntry entry)
    {
        if (entry.Sequence <= _read) return;
        _facts.Add(entry, calendar);
        // Entry by entry, so that reading on after a failure counts none twice.
        _read = entry.Sequence;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Coverage lags behind the log: {Reason}")]
    private partial void LogBehind(string reason);
}
