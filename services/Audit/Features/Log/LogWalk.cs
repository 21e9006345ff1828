using System.Runtime.CompilerServices;
using Fleet.Audit.Domain;
using Fleet.Platform.Store;

namespace Fleet.Audit.Features.Log;

/// <summary>Going through the whole log in order.</summary>
internal static class LogWalk
{
    // Few enough at a time that a long log does not fill the memory.
    private const int AtATime = 200;

    /// <summary>The stored entries up to this head, ascending. Those of the last batch that are still being written are taken from the head.</summary>
    public static async IAsyncEnumerable<LogEntry> EntriesAsync(this IDocumentStore store, LogHead head, [EnumeratorCancellation] CancellationToken ct)
    {
        var query = new Query<LogEntry> { Where = [LogEntryDocument.Sequence.AtMost(Key.Of(head.Sequence))], OrderBy = LogEntryDocument.Sequence, Limit = AtATime };
        var next = 1L;
        await foreach (var found in store.AllAsync(query, ct))
        {
            var entry = found.State;
            for (; next < entry.Sequence && head.Batched(next) is { } unwritten; next++) yield return unwritten;
            yield return entry;
            next = entry.Sequence + 1;
        }

        for (; head.Batched(next) is { } unwritten; next++) yield return unwritten;
    }
}
