using Fleet.Assignment.Domain;
using Fleet.Assignment.Features.Custodies;
using Fleet.Assignment.Features.Handovers;
using Fleet.Platform.Store;
using Fleet.Platform.Work;

namespace Fleet.Assignment.Process;

/// <summary>
/// Finishes or undoes hand-overs and corrections that a crash left half-way. First every intent that is too old is undone; then every claim that is left
/// is settled by what its hand-over says. Leased, so one replica does it;
/// both may be done beside the requests themselves, and twice.
/// </summary>
internal sealed partial class FinishHandovers(IDocumentStore store, Claims claims, TimeProvider time, ILogger<FinishHandovers> logger) : IWork
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // A request confirms its own claims within milliseconds.
    private static readonly TimeSpan ClaimPatience = TimeSpan.FromSeconds(2);

    /// <summary>One round.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var overdue = new Query<Handover> { Where = [HandoverDocument.UndoneAt.AtMost(Key.Of(now))], OrderBy = HandoverDocument.UndoneAt, Limit = Query<Handover>.MaxLimit };
        foreach (var handover in (await store.QueryAsync(overdue, ct)).Items)
        {
            if ((await store.WriteAsync(handover.With(handover.State.Undo()), ct)).IsWritten) LogUndone(handover.Id);
        }

        var left = new Query<Custody>
        {
            Where = [CustodyDocument.ClaimedAt.AtMost(Key.Of(now - ClaimPatience))],
            OrderBy = CustodyDocument.ClaimedAt,
            Limit = Query<Custody>.MaxLimit,
        };
        foreach (var custody in (await store.QueryAsync(left, ct)).Items)
        {
            if ((await claims.SettleAsync(custody, ct)).State.Claim is null) LogSettled(custody.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was left half-way of hand-over {Id} is undone")]
    private partial void LogUndone(string id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The claim left on device {Id} is settled")]
    private partial void LogSettled(string id);
}
