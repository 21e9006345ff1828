using Fleet.Audit.Domain;
using Fleet.Audit.Features.Coverage;
using Fleet.Audit.Features.Log;
using Fleet.Platform;
using Fleet.Platform.Store;

namespace Fleet.Audit.Process;

/// <summary>
/// The facts of coverage in memory. The log is their only source: each reading first catches up with what was appended since, by this or another
/// process, so that an answer counts every event that was acknowledged before it. In between it keeps near on its own, so that no caller waits for
/// the whole log.
/// <para>
/// An answer is always of an instant up to which the log is closed, so that the same question with that instant gets the same answer for ever, from
/// every process, wherever their clocks stand.
/// </para>
/// </summary>
internal sealed partial class CoverageView(IDocumentStore store, LogAppender log, FleetCalendar calendar, TimeProvider time, ILogger<CoverageView> logger) : BackgroundService
{
    // Few enough at a time that reading a long log does not fill the memory.
    private const int AtATime = 200;

    private static readonly TimeSpan CatchUpEvery = TimeSpan.FromSeconds(1);

    // A question about now is answered as of an instant at most this old, so that reading does not write each time. Every entry there is counts anyway.
    private static readonly TimeSpan CloseEvery = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CoverageFacts _facts = new();
    private long _read;

    /// <summary>What was known at an instant, by default all there is; null when it lies in the future.</summary>
    public Task<Knowledge?> KnownAtAsync(DateTimeOffset? knownAt, CancellationToken ct) => InTurnAsync(() => AnswerAsync(knownAt?.ToUniversalTime(), ct), ct);

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
                await InTurnAsync(() => CatchUpAsync(stoppingToken), stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // Whoever asks for figures meanwhile hears of it; here it is tried again.
                LogBehind(error.GetBaseException().Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<Knowledge?> AnswerAsync(DateTimeOffset? asked, CancellationToken ct)
    {
        var head = await CatchUpAsync(ct);
        var now = time.GetUtcNow();
        // Another process's clock may be ahead and have closed the log up to there; what is closed can be asked for.
        if (asked > now && asked > head.ClosedUntil) return null;
        if (asked > head.ClosedUntil)
        {
            await log.CloseAsync(asked.Value);
            head = await CatchUpAsync(ct);
        }
        else if (asked is null && now - head.ClosedUntil >= CloseEvery && await TryCloseAsync(now))
        {
            head = await CatchUpAsync(ct);
        }

        var knownAt = asked ?? head.ClosedUntil;
        return new Knowledge(_facts.KnownAt(knownAt), knownAt, await PositionAsync(head, knownAt, ct));
    }

    /// <summary>A store that can be read but not written still has answers: of the instant up to which the log was closed before.</summary>
    private async Task<bool> TryCloseAsync(DateTimeOffset until)
    {
        try
        {
            await log.CloseAsync(until);
            return true;
        }
        catch (StoreUnavailableException error)
        {
            LogNotClosed(error.Message);
            return false;
        }
    }

    /// <summary>Sequence of the last entry that was logged up to then.</summary>
    private async Task<long> PositionAsync(LogHead head, DateTimeOffset knownAt, CancellationToken ct)
    {
        if (knownAt >= head.ClosedUntil) return head.Sequence;
        if (head.Batch.LastOrDefault(e => e.LoggedAt <= knownAt) is { } batched) return batched.Sequence;
        var last = new Query<LogEntry> { Where = [LogEntryDocument.LoggedAt.AtMost(Key.Of(knownAt))], OrderBy = LogEntryDocument.LoggedAt, Descending = true, Limit = 1 };
        return (await store.QueryAsync(last, ct)).Items is [var found] ? found.State.Sequence : 0;
    }

    /// <summary>One caller at a time.</summary>
    private async Task<T> InTurnAsync<T>(Func<Task<T>> read, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            return await read();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Up to the last batch all entries are stored; those of the last are perhaps still being written one by one, so they are taken from the head.
    /// </summary>
    private async Task<LogHead> CatchUpAsync(CancellationToken ct)
    {
        var head = (await store.FindAsync<LogHead>(LogHeadDocument.Id, ct))?.State ?? new LogHead();
        if (head.Sequence <= _read) return head;
        if (_read < head.Settled)
        {
            var unread = new Query<LogEntry>
            {
                Where = [LogEntryDocument.FactSequence.AtLeast(Key.Of(_read + 1)), LogEntryDocument.FactSequence.AtMost(Key.Of(head.Settled))],
                OrderBy = LogEntryDocument.FactSequence,
                Limit = AtATime,
            };
            await foreach (var entry in store.AllAsync(unread, ct)) Take(entry.State);
        }

        foreach (var entry in head.Batch) Take(entry);
        _read = head.Sequence;
        return head;
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The log cannot be closed at the moment; figures are as of the last time: {Reason}")]
    private partial void LogNotClosed(string reason);
}

/// <summary>What the log said at an instant.</summary>
/// <param name="KnownAt">The instant (UTC).</param>
/// <param name="LogPosition">Sequence of the last entry that counts.</param>
internal sealed record Knowledge(KnownCoverage Coverage, DateTimeOffset KnownAt, long LogPosition);
