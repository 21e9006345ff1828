using System.Security.Cryptography;
using System.Text;
using Fleet.Contracts;
using Fleet.Gateway.Domain;
using Fleet.Gateway.Features.Accounts;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.Extensions.Options;

namespace Fleet.Gateway.Security;

/// <summary>
/// Accounts everybody knows the password of. They are never stored: a data folder that was once used for a demo holds no such door when it is
/// started without. That there is a demo stands in the audit log: each is announced there once.
/// </summary>
internal sealed class DemoAccounts(IOptions<GatewayOptions> options, IDocumentStore store, TimeProvider time) : IHostedService
{
    private const string Password = "demo";

    private readonly Dictionary<string, Account> _accounts = options.Value.Demo ? Make(time.GetUtcNow()) : [];

    public IReadOnlyCollection<Account> All => _accounts.Values;

    public Account? Find(string subject) => _accounts.GetValueOrDefault(AccountDocument.IdOf(subject));

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var account in All)
        {
            var notice = Document<Announcement>.New(account.AccountId, new Announcement(account.Subject));
            if (await store.FindAsync<Announcement>(account.AccountId, cancellationToken) is not null) continue;
            var before = new Document<Account>(notice.Id, 0, account);
            await store.WriteAsync(notice, AccountEvents.Changed(before, account, ["created"], Cause.Due(Events.Service, time.GetUtcNow()), "The demo's; its password is known to everybody."), cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static Dictionary<string, Account> Make(DateTimeOffset now)
    {
        var hash = AccountStore.Hash(Password);
        string[] programs = [Roles.It, Roles.Hr, Roles.Auditor, Roles.Admin];
        return programs.Select(role => Make(AccountKind.Client, $"demo-{role}", $"demo-{role}", [role]))
            .Concat(programs.Append(Roles.Employee).Select(role => Make(AccountKind.Person, role, $"Demo ({role})", [role])))
            .Append(Make(AccountKind.Person, Roles.Manager, $"Demo ({Roles.Manager})", [Roles.Manager, Roles.Employee]))
            .ToDictionary(a => AccountDocument.IdOf(a.Subject));

        Account Make(AccountKind kind, string subject, string name, string[] roles) => new()
        {
            AccountId = IdOf(subject),
            Kind = kind,
            Subject = subject,
            Name = name,
            Roles = roles,
            SecretHash = hash,
            Stamp = Guid.CreateVersion7(),
            CreatedAt = now,
        };
    }

    // The same at every start, though nothing is stored: the log knows them by it. Version 8: made as its maker likes (RFC 9562, section 5.8).
    private static Guid IdOf(string subject)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"fleet demo account {subject}"))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>That a demo account stands in the audit log; no account.</summary>
    internal sealed record Announcement(string Subject)
    {
        public static readonly DocumentType<Announcement> Type = new("demoAnnouncements");
    }
}
