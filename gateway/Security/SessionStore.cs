using Fleet.Contracts;
using Fleet.Gateway.Domain;
using Fleet.Gateway.Features.Sessions;
using Fleet.Platform.Store;

namespace Fleet.Gateway.Security;

/// <summary>The sessions of people, each a document.</summary>
internal sealed class SessionStore(IDocumentStore store, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    public async Task<Session> BeginAsync(Account person, DateTimeOffset? factorAt, Cause cause, CancellationToken ct, string? sealedIdToken = null)
    {
        var now = time.GetUtcNow();
        var session = new Session
        {
            SessionId = Guid.CreateVersion7(),
            AccountId = person.AccountId,
            Subject = person.Subject,
            Stamp = person.Stamp,
            BegunAt = now,
            ExpiresAt = now + Lifetime,
            FactorAt = factorAt,
            SealedIdToken = sealedIdToken,
        };
        var document = Document<Session>.New(session.SessionId, session);
        await store.WriteAsync(document, [SessionEvents.Begun(document, cause)], ct);
        return session;
    }

    /// <summary>The session if it has neither ended nor expired; whether its account still holds it, the caller asks.</summary>
    public async Task<Document<Session>?> FindLiveAsync(Guid id, CancellationToken ct) =>
        await store.FindAsync<Session>(id, ct) is { } found && found.State.IsLive(time.GetUtcNow()) ? found : null;

    /// <summary>Ends a session; one that has ended already stays as it is.</summary>
    public async Task EndAsync(Document<Session> found, string reason, Cause cause, CancellationToken ct)
    {
        for (var session = found; session is not null && session.State.EndedAt is null; session = await store.FindAsync<Session>(found.Id, ct))
        {
            var ended = session.With(session.State.Ended(time.GetUtcNow()));
            if ((await store.WriteAsync(ended, [SessionEvents.Ended(session, reason, cause)], ct)).IsWritten) return;
        }
    }

    /// <summary>Ends those of an account that meet the condition.</summary>
    public async Task EndAllAsync(Guid accountId, Func<Session, bool> condition, string reason, Cause cause, CancellationToken ct)
    {
        var live = await store.AllAsync(new Query<Session> { Where = [SessionDocument.LiveOf.Is(accountId)] }, ct).Where(s => condition(s.State)).ToListAsync(ct);
        foreach (var session in live) await EndAsync(session, reason, cause, ct);
    }

    /// <summary>Lets a session go on under the account's new stamp.</summary>
    public Task MoveAsync(Guid id, Account account, CancellationToken ct) => ChangeAsync(id, s => s with { Stamp = account.Stamp }, ct);

    /// <summary>The second factor was given in a session that is under way.</summary>
    public Task RenewFactorAsync(Guid id, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return ChangeAsync(id, s => s with { FactorAt = now }, ct);
    }

    private async Task ChangeAsync(Guid id, Func<Session, Session> change, CancellationToken ct)
    {
        while (await FindLiveAsync(id, ct) is { } found)
        {
            if ((await store.WriteAsync(found.With(change(found.State)), ct)).IsWritten) return;
        }
    }
}
