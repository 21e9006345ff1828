using Fleet.Contracts;
using Fleet.Gateway.Domain;
using Fleet.Gateway.Features.Accounts;
using Fleet.Gateway.Features.People;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Identity;

namespace Fleet.Gateway.Security;

/// <summary>What became of a new account.</summary>
internal enum Added
{
    Stored,

    /// <summary>A person's or a program's account has this name.</summary>
    NameTaken,

    /// <summary>The person has an account already.</summary>
    PersonHasAccount,
}

/// <summary>The accounts: those in the store, and the demo's while it runs. Read anew with every request, so that what was taken away is gone at once, in every gateway.</summary>
internal sealed class AccountStore(IDocumentStore store, DemoAccounts demo, SessionStore sessions)
{
    private static readonly PasswordHasher<Account> Hasher = new();

    // Verified against when there is no such account, so that the answer takes as long as for one that exists.
    private static readonly Lazy<string> NobodysHash = new(() => Hash(Secrets.ForClient()));

    /// <summary>Slow on purpose.</summary>
    public static string Hash(string secret) => Hasher.HashPassword(null!, secret);

    /// <summary>Whether the secret is the account's; for an account that does not exist the answer takes as long.</summary>
    public static bool Verify(Account? account, string secret) =>
        secret.Length <= NewPassword.MaxLength
        && Hasher.VerifyHashedPassword(null!, account?.SecretHash ?? NobodysHash.Value, secret) != PasswordVerificationResult.Failed
        && account is not null;

    public bool IsDemo(string subject) => demo.Find(subject) is not null;

    /// <summary>The account of this kind with this user name or client id, or null.</summary>
    public async Task<Account?> FindAsync(string subject, AccountKind kind, CancellationToken ct)
    {
        if (demo.Find(subject) is not { } known) return (await FindDocumentAsync(subject, ct))?.State is { } found && found.Kind == kind ? found : null;
        if (known.Kind != kind) return null;
        // Until the county is loaded, there is nobody of that name.
        return kind == AccountKind.Client ? known
            : known with { PersonId = (await store.FindByAsync(PersonDocument.UserName.Is(Key.Folded(known.Subject)), ct))?.State.PersonId };
    }

    public async Task<Document<Account>?> FindDocumentAsync(string subject, CancellationToken ct) =>
        await store.FindAsync<Account>(AccountDocument.IdOf(subject), ct) is { State.IsRemoved: false } found ? found : null;

    /// <summary>The stored account of this kind with this id, or null.</summary>
    public async Task<Document<Account>?> FindDocumentAsync(Guid id, AccountKind kind, CancellationToken ct) =>
        await store.FindByAsync(AccountDocument.AccountId.Is(id), ct) is { State.IsRemoved: false } found && found.State.Kind == kind ? found : null;

    /// <summary>The account of somebody who comes from a provider, or null.</summary>
    public async Task<Document<Account>?> FindDocumentAsync(ExternalLink link, CancellationToken ct) =>
        await store.FindByAsync(AccountDocument.External.Is(AccountDocument.KeyOf(link)), ct) is { State.IsRemoved: false } found ? found : null;

    /// <summary>Whether an account with this id is one of the demo's, which cannot be changed.</summary>
    public bool IsDemo(Guid id) => demo.All.Any(a => a.AccountId == id);

    public async Task<Added> AddAsync(Account account, Cause cause, CancellationToken ct)
    {
        if (IsDemo(account.Subject)) return Added.NameTaken;
        var document = new Document<Account>(AccountDocument.IdOf(account.Subject), 0, account);
        // What a crash left of one that was removed holds no name.
        if (await store.FindAsync<Account>(document.Id, ct) is { State.IsRemoved: true } gone) await store.DeleteAsync(gone, ct);
        return await store.WriteAsync(document, AccountEvents.Changed(document, account, ["created"], cause), ct) switch
        {
            { IsWritten: true } => Added.Stored,
            { Outcome: WriteOutcome.DuplicateKey } => Added.PersonHasAccount,
            _ => Added.NameTaken,
        };
    }

    /// <summary>
    /// The document as it is now, or null when somebody else wrote first: read again and decide anew. What the account had begun under its former stamp is over
    /// with this very write; that its sessions ended is written after it, and by <c>ForgetSessions</c> where a crash came between.
    /// </summary>
    /// <param name="found">As read.</param>
    /// <param name="after">What it is to be.</param>
    /// <param name="changes">In the words of <see cref="AccountChanged.Change"/>.</param>
    /// <param name="cause">Who does it.</param>
    /// <param name="reason">Why, if nobody decided.</param>
    /// <param name="staying">The session that goes on under the new stamp.</param>
    public async Task<Document<Account>?> ChangeAsync(
        Document<Account> found, Account after, IReadOnlyList<string> changes, Cause cause, CancellationToken ct, string? reason = null, Guid? staying = null)
    {
        if (changes.Count == 0) return found;
        if (!(await store.WriteAsync(found.With(after), AccountEvents.Changed(found, after, changes, cause, reason), ct)).IsWritten) return null;
        if (staying is { } current) await sessions.MoveAsync(current, after, CancellationToken.None);
        await sessions.EndAllAsync(after.AccountId, s => s.Stamp != after.Stamp, "accountChanged", cause, CancellationToken.None);
        return found.With(after) with { Version = found.Version + 1, Events = found.Events + changes.Count };
    }

    /// <summary>Keeps what nobody else need know of (a code that was used). False: somebody else wrote first.</summary>
    public async Task<bool> KeepAsync(Document<Account> found, Account after, CancellationToken ct) => (await store.WriteAsync(found.With(after), ct)).IsWritten;

    /// <summary>False: somebody else wrote first.</summary>
    public async Task<bool> RemoveAsync(Document<Account> found, Cause cause, CancellationToken ct)
    {
        var after = found.State.WithoutSessions() with { IsRemoved = true };
        if (!(await store.WriteAsync(found.With(after), [AccountEvents.Removed(found, after, cause)], ct)).IsWritten) return false;
        await store.DeleteAsync(found.With(after) with { Version = found.Version + 1 }, CancellationToken.None);
        return true;
    }
}
