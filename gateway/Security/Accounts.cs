using System.Collections.Concurrent;
using Fleet.Gateway.Domain;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Identity;

namespace Fleet.Gateway.Security;

/// <summary>The accounts: those in the store, and the demo's while it runs.</summary>
internal sealed class Accounts(IDocumentStore store, DemoAccounts demo, TimeProvider time)
{
    private static readonly TimeSpan RecentFor = TimeSpan.FromSeconds(30);

    private static readonly PasswordHasher<Account> Hasher = new();

    // Verified against when there is no such account, so that the answer takes as long as for one that exists.
    private static readonly Lazy<string> NobodysHash = new(() => Hash(Secrets.ForClient()));

    private readonly ConcurrentDictionary<string, (Account? Account, DateTimeOffset Until)> _recent = new();

    /// <summary>Slow on purpose.</summary>
    public static string Hash(string secret) => Hasher.HashPassword(null!, secret);

    /// <summary>Whether the secret is the account's; for an account that does not exist the answer takes as long.</summary>
    public static bool Verify(Account? account, string secret) =>
        secret.Length <= NewPassword.MaxLength
        && Hasher.VerifyHashedPassword(null!, account?.SecretHash ?? NobodysHash.Value, secret) != PasswordVerificationResult.Failed
        && account is not null;

    public bool IsDemo(string subject) => demo.Find(subject) is not null;

    public async Task<Account?> FindAsync(string subject, CancellationToken ct) =>
        demo.Find(subject) ?? (await store.FindAsync<Account>(Documents.IdOf(subject), ct))?.State;

    /// <summary>As it was at most 30 s ago; asked with every request, so that a session ends soon after its account changed.</summary>
    public async Task<Account?> FindRecentAsync(string subject, CancellationToken ct)
    {
        var id = Documents.IdOf(subject);
        var now = time.GetUtcNow();
        if (_recent.TryGetValue(id, out var known) && now < known.Until) return known.Account;
        var account = await FindAsync(subject, ct);
        _recent[id] = (account, now + RecentFor);
        return account;
    }

    /// <summary>False: the subject is taken.</summary>
    public async Task<bool> AddAsync(Account account, CancellationToken ct)
    {
        if (IsDemo(account.Subject)) return false;
        var id = Documents.IdOf(account.Subject);
        var written = await store.WriteAsync(new Document<Account>(id, 0, account), ct);
        _recent.TryRemove(id, out _);
        return written.IsWritten;
    }

    /// <summary>The account under its new password, or null when the password was changed elsewhere since the account was read.</summary>
    public async Task<Account?> ChangePasswordAsync(Account account, string password, CancellationToken ct)
    {
        var hash = Hash(password);
        while (await store.FindAsync<Account>(Documents.IdOf(account.Subject), ct) is { } document && document.State.Stamp == account.Stamp)
        {
            var changed = document.State.WithPassword(hash, Guid.CreateVersion7());
            if (!(await store.WriteAsync(document.With(changed), ct)).IsWritten) continue;
            _recent.TryRemove(document.Id, out _);
            return changed;
        }

        return null;
    }
}
