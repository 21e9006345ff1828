using Fleet.Audit.Domain;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Audit.Features;

/// <summary>Walks the whole chain and says whether it holds.</summary>
internal static class VerifyLog
{
    public static void MapVerifyLog(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/log/verify", Handle).WithName(nameof(VerifyLog)).RequireRole(Roles.Auditor, Roles.Admin);

    private static async Task<Ok<View>> Handle(IDocumentStore store, CancellationToken ct)
    {
        // In this order: where there is an entry, there was a head before.
        var start = await store.QueryAsync(new Query<LogEntry> { OrderBy = Documents.Sequence, Limit = 1 }, ct);
        var head = (await store.FindAsync<LogHead>(Documents.HeadId, ct))?.State ?? new LogHead();
        var (sequence, hash) = (0L, Chain.Beginning);
        if (head.Sequence == 0 && start.Items.Count > 0) return Broken();
        await foreach (var entry in store.EntriesAsync(head, ct))
        {
            if (!Chain.Holds(entry, sequence + 1, hash)) return Broken();
            (sequence, hash) = (sequence + 1, entry.Hash);
        }

        // A log cut off at its end holds as far as it goes.
        return sequence == head.Sequence && hash == head.Hash ? TypedResults.Ok(new View(true, sequence, hash, null)) : Broken();

        Ok<View> Broken() => TypedResults.Ok(new View(false, sequence, hash, sequence + 1));
    }

    /// <param name="Verified">Whether every entry is the one that was appended, and none is missing.</param>
    /// <param name="Entries">How many entries hold, from the first on.</param>
    /// <param name="Hash">The hash of the last of these. Whoever notes it down can tell later that nothing up to here was changed, not even the whole log.</param>
    /// <param name="BrokenAt">The sequence of the first entry that is changed or missing.</param>
    private sealed record View(bool Verified, long Entries, string Hash, long? BrokenAt);
}
