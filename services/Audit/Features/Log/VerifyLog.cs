using Fleet.Audit.Domain;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Audit.Features.Log;

/// <summary>Walks the whole chain and says whether it holds, and which events it never got.</summary>
internal static class VerifyLog
{
    /// <summary>So many are named; whoever lost more than that knows enough.</summary>
    private const int MostGaps = 1000;

    public static void MapVerifyLog(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/log/verify", Handle).WithName(nameof(VerifyLog)).RequireRole(Roles.Auditor, Roles.Admin);

    private static async Task<Ok<View>> Handle(IDocumentStore store, CancellationToken ct)
    {
        // In this order: where there is an entry, there was a head before.
        var start = await store.QueryAsync(new Query<LogEntry> { OrderBy = LogEntryDocument.Sequence, Limit = 1 }, ct);
        var head = (await store.FindAsync<LogHead>(LogHeadDocument.Id, ct))?.State ?? new LogHead();
        var (sequence, hash, broken) = (0L, Chain.Beginning, head.Sequence == 0 && start.Items.Count > 0);
        var streams = new StreamGaps();
        await foreach (var entry in store.EntriesAsync(head, ct))
        {
            // Gaps are looked for to the end also of a chain that is broken: an entry taken out is one.
            if (EventTypes.StreamOf(entry.Type) is { } stream) streams.Add(stream, entry.EntityId, entry.StreamNumber, entry.LoggedAt);
            broken = broken || !Chain.Holds(entry, sequence + 1, hash);
            if (!broken) (sequence, hash) = (sequence + 1, entry.Hash);
        }

        // A log cut off at its end holds as far as it goes.
        var isVerified = !broken && sequence == head.Sequence && hash == head.Hash;
        var gaps = streams.Find().ToList();
        return TypedResults.Ok(new View(isVerified, sequence, hash, isVerified ? null : sequence + 1, gaps.Count, [.. gaps.Take(MostGaps).Select(GapView.Of)]));
    }

    /// <param name="Verified">Whether every entry is the one that was appended, and none is missing. Says nothing about events that never arrived.</param>
    /// <param name="Entries">How many entries hold, from the first on.</param>
    /// <param name="Hash">The hash of the last of these. Whoever notes it down can tell later that nothing up to here was changed, not even the whole log.</param>
    /// <param name="BrokenAt">The sequence of the first entry that is changed or missing.</param>
    /// <param name="GapCount">How many gaps there are.</param>
    /// <param name="Gaps">Events that never arrived, or have not yet; the longest missing first, 1,000 at most. The last event of a stream leaves no gap.</param>
    private sealed record View(bool Verified, long Entries, string Hash, long? BrokenAt, int GapCount, IReadOnlyList<GapView> Gaps);

    /// <summary>Numbers that a stream lacks.</summary>
    /// <param name="Stream">What is numbered: device, custody, person, unit, handover, case, vpnGateway, vpnAccess, account, session or signIn.</param>
    /// <param name="MissingFrom">First missing number.</param>
    /// <param name="MissingTo">Last missing number.</param>
    /// <param name="Since">When the log first held a later one. One that is just under way is missing for a moment.</param>
    private sealed record GapView(string Stream, Guid EntityId, long MissingFrom, long MissingTo, DateTimeOffset Since)
    {
        public static GapView Of(Gap gap) => new(gap.Stream, gap.EntityId, gap.From, gap.To, gap.Since);
    }
}
