using System.Threading.Channels;
using Fleet.Audit.Domain;
using Fleet.Audit.Features.Log;
using Fleet.Platform.Store;

namespace Fleet.Audit.Process;

/// <summary>
/// The only one in this process who writes the end of the log. Takes whatever waits, at most <see cref="MostTogether"/> at a time: first the head is
/// written with the new entries in it (the one write that decides, over the version that was read, so that several processes take turns), then the
/// entries become documents of their own, all at once. Whoever loads a head first stores its entries: a crash between the two writes, at any
/// instruction, is repaired before the next append. Events that are in the log already are not appended again.
/// </summary>
internal sealed class LogAppender(IDocumentStore store, TimeProvider time) : BackgroundService
{
    private const int MostTogether = 64;

    private readonly Channel<Waiting> _waiting = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });
    private Document<LogHead>? _head;

    // Hash of the last entry up to which all are certainly stored: another process that only closes the log makes none of them doubtful.
    private string? _storedUpTo;

    /// <summary>Completes when the event is in the log for good; throws when it is not known to be, with whatever the store said.</summary>
    public Task AppendAsync(LogEntry entry) => TakeTurnAsync(new Waiting(entry, null));

    /// <summary>Completes when no entry can be logged at or before this instant any more, by whatever process.</summary>
    public Task CloseAsync(DateTimeOffset until) => TakeTurnAsync(new Waiting(null, until));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Waiting>();
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                batch.Clear();
                while (batch.Count < MostTogether && _waiting.Reader.TryRead(out var waiting)) batch.Add(waiting);
                await WriteTogetherAsync(batch);
            }
        }
        finally
        {
            // Not recorded, so not acknowledged: the broker delivers these again.
            _waiting.Writer.TryComplete();
            while (_waiting.Reader.TryRead(out var waiting)) waiting.Done.TrySetCanceled(stoppingToken);
        }
    }

    private Task TakeTurnAsync(Waiting waiting)
    {
        if (!_waiting.Writer.TryWrite(waiting)) throw new OperationCanceledException("The log is closing.");
        return waiting.Done.Task;
    }

    private async Task WriteTogetherAsync(List<Waiting> batch)
    {
        try
        {
            await WriteAsync([.. batch.Select(w => w.Entry).OfType<LogEntry>().DistinctBy(e => e.EventId)], batch.Max(w => w.Until));
        }
        catch (Exception error)
        {
            // Perhaps written, perhaps not: look again before the next write. The broker delivers these events again.
            (_head, _storedUpTo) = (null, null);
            foreach (var waiting in batch) waiting.Done.TrySetException(error);
            return;
        }

        foreach (var waiting in batch) waiting.Done.TrySetResult();
    }

    private async Task WriteAsync(IReadOnlyList<LogEntry> entries, DateTimeOffset? until)
    {
        while (true)
        {
            _head ??= await LoadHeadAsync();
            var fresh = await NewOfAsync(entries);
            var state = fresh.Count == 0 ? _head.State : _head.State.Append(fresh, time.GetUtcNow());
            if (until is { } instant) state = state.Close(instant);
            if (ReferenceEquals(state, _head.State)) return;

            var next = _head.With(state);
            if ((await store.WriteAsync(next, CancellationToken.None)).IsWritten)
            {
                await StoreEntriesAsync(state);
                _head = next with { Version = next.Version + 1 };
                return;
            }

            // Another process wrote first.
            _head = null;
        }
    }

    private async Task<IReadOnlyList<LogEntry>> NewOfAsync(IReadOnlyList<LogEntry> entries)
    {
        if (entries.Count == 0) return [];
        var known = await store.FindManyAsync<LogEntry>([.. entries.Select(e => Key.Of(e.EventId))], CancellationToken.None);
        return [.. entries.ExceptBy(known.Select(k => k.State.EventId), e => e.EventId)];
    }

    private async Task<Document<LogHead>> LoadHeadAsync()
    {
        var head = await store.FindAsync<LogHead>(LogHeadDocument.Id, CancellationToken.None);
        if (head is not null) await StoreEntriesAsync(head.State);
        return head ?? new Document<LogHead>(LogHeadDocument.Id, 0, new LogHead());
    }

    private async Task StoreEntriesAsync(LogHead head)
    {
        if (_storedUpTo == head.Hash) return;
        var results = await Task.WhenAll(head.Batch.Select(e => store.WriteAsync(Document<LogEntry>.New(e.EventId, e), CancellationToken.None)));
        if (!results.All(r => r.IsWritten))
        {
            // Stored before, by this process or another; but nothing else may stand in an entry's place.
            var stored = await store.FindManyAsync<LogEntry>([.. head.Batch.Select(e => Key.Of(e.EventId))], CancellationToken.None);
            if (stored.Count < head.Batch.Count)
                throw new InvalidOperationException($"Entries {head.Settled + 1} to {head.Sequence} cannot be stored: others stand in their place.");
        }

        _storedUpTo = head.Hash;
    }

    /// <summary>An entry that wants to be appended, or an instant up to which the log is to be closed.</summary>
    private sealed record Waiting(LogEntry? Entry, DateTimeOffset? Until)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
