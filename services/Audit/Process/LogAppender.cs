using System.Threading.Channels;
using Fleet.Audit.Domain;
using Fleet.Platform.Store;

namespace Fleet.Audit.Process;

/// <summary>
/// The only one in this process who appends to the log. Takes whatever waits, at most <see cref="MostTogether"/> at a time: first the head is written
/// with the new entries in it (the one write that decides, over the version that was read, so that several processes take turns), then the entries
/// become documents of their own, all at once. Whoever loads a head first stores its entries: a crash between the two writes, at any instruction,
/// is repaired before the next append. Events that are in the log already are not appended again.
/// </summary>
internal sealed class LogAppender(IDocumentStore store) : BackgroundService
{
    private const int MostTogether = 64;

    private readonly Channel<Waiting> _waiting = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });
    private Document<LogHead>? _head;

    /// <summary>Completes when the event is in the log for good; throws when it is not known to be.</summary>
    public Task AppendAsync(LogEntry entry)
    {
        var waiting = new Waiting(entry);
        if (!_waiting.Writer.TryWrite(waiting)) throw new OperationCanceledException("The log is closing.");
        return waiting.Done.Task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Waiting>();
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                batch.Clear();
                while (batch.Count < MostTogether && _waiting.Reader.TryRead(out var waiting)) batch.Add(waiting);
                await AppendTogetherAsync(batch);
            }
        }
        finally
        {
            // Not recorded, so not acknowledged: the broker delivers these again.
            _waiting.Writer.TryComplete();
            while (_waiting.Reader.TryRead(out var waiting)) waiting.Done.TrySetCanceled(stoppingToken);
        }
    }

    private async Task AppendTogetherAsync(List<Waiting> batch)
    {
        try
        {
            await AppendAsync([.. batch.Select(w => w.Entry).DistinctBy(e => e.EventId)]);
        }
        catch (Exception error)
        {
            // Perhaps written, perhaps not: look again before the next append. The broker delivers these events again.
            _head = null;
            foreach (var waiting in batch) waiting.Done.TrySetException(error);
            return;
        }

        foreach (var waiting in batch) waiting.Done.TrySetResult();
    }

    private async Task AppendAsync(IReadOnlyList<LogEntry> entries)
    {
        while (true)
        {
            _head ??= await LoadHeadAsync();
            var known = await store.FindManyAsync<LogEntry>([.. entries.Select(e => Key.Of(e.EventId))], CancellationToken.None);
            var fresh = entries.ExceptBy(known.Select(k => k.State.EventId), e => e.EventId).ToList();
            if (fresh.Count == 0) return;

            var next = _head.With(_head.State.Append(fresh));
            if ((await store.WriteAsync(next, CancellationToken.None)).IsWritten)
            {
                await StoreEntriesAsync(next.State);
                _head = next with { Version = next.Version + 1 };
                return;
            }

            // Another process appended first.
            _head = null;
        }
    }

    private async Task<Document<LogHead>> LoadHeadAsync()
    {
        var head = await store.FindAsync<LogHead>(Documents.HeadId, CancellationToken.None);
        if (head is not null) await StoreEntriesAsync(head.State);
        return head ?? new Document<LogHead>(Documents.HeadId, 0, new LogHead());
    }

    private async Task StoreEntriesAsync(LogHead head)
    {
        var results = await Task.WhenAll(head.Batch.Select(e => store.WriteAsync(Document<LogEntry>.New(e.EventId, e), CancellationToken.None)));
        if (results.All(r => r.IsWritten)) return;

        // Stored before, by this process or another; but nothing else may stand in an entry's place.
        var stored = await store.FindManyAsync<LogEntry>([.. head.Batch.Select(e => Key.Of(e.EventId))], CancellationToken.None);
        if (stored.Count < head.Batch.Count)
            throw new InvalidOperationException($"Entries {head.Settled + 1} to {head.Sequence} cannot be stored: others stand in their place.");
    }

    private sealed record Waiting(LogEntry Entry)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
