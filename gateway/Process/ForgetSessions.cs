using Fleet.Contracts;
using Fleet.Gateway.Domain;
using Fleet.Gateway.Features.Sessions;
using Fleet.Gateway.Security;
using Fleet.Platform.Store;
using Fleet.Platform.Work;

namespace Fleet.Gateway.Process;

/// <summary>
/// Takes away sessions whose time is over, and what refused sign-ins left after a crash; and says of sessions that their account ended, if a crash came before
/// that was said.
/// </summary>
internal sealed class ForgetSessions(IDocumentStore store, SessionStore sessions, AccountStore accounts, TimeProvider time) : IWork
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // Longer than it takes to cause an event.
    private static readonly TimeSpan RefusalAge = TimeSpan.FromMinutes(1);

    public async Task RunAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var expired = new Query<Session> { Where = [SessionDocument.ExpiresAt.AtMost(Key.Of(now))], OrderBy = SessionDocument.ExpiresAt };
        foreach (var session in await store.AllAsync(expired, ct).ToListAsync(ct)) await store.DeleteAsync(session, ct);

        foreach (var live in (await store.AllAsync(new Query<Session> { OrderBy = SessionDocument.LiveOf }, ct).ToListAsync(ct)).GroupBy(s => s.State.Subject))
        {
            var account = await accounts.FindAsync(live.Key, AccountKind.Person, ct);
            foreach (var session in live.Where(s => account is null || !s.State.Holds(account, now)))
                await sessions.EndAsync(session, "accountChanged", Cause.Due(Events.Service, now), ct);
        }

        foreach (var left in await store.AllAsync(new Query<RefusalLog.Refused>(), ct).Where(r => r.State.At < now - RefusalAge).ToListAsync(ct)) await store.DeleteAsync(left, ct);
    }
}
