using Fleet.Gateway.Domain;
using Fleet.Platform.Security;
using Microsoft.Extensions.Options;

namespace Fleet.Gateway.Security;

/// <summary>
/// Accounts everybody knows the password of. They are never stored: a data folder that was once used for a demo holds no such door when it is
/// started without.
/// </summary>
internal sealed class DemoAccounts(IOptions<GatewayOptions> options, TimeProvider time)
{
    private const string Password = "demo";

    private readonly Dictionary<string, Account> _accounts = options.Value.Demo ? Make(time.GetUtcNow()) : [];

    public Account? Find(string subject) => _accounts.GetValueOrDefault(Documents.IdOf(subject));

    private static Dictionary<string, Account> Make(DateTimeOffset now)
    {
        var hash = Accounts.Hash(Password);
        string[] roles = [Roles.It, Roles.Hr, Roles.Auditor, Roles.Admin];
        return roles.SelectMany(role => new[]
        {
            new Account(AccountKind.Client, $"demo-{role}", $"demo-{role}", [role], hash, false, Guid.CreateVersion7(), now),
            new Account(AccountKind.Person, role, $"Demo ({role})", [role], hash, false, Guid.CreateVersion7(), now),
        }).ToDictionary(a => Documents.IdOf(a.Subject));
    }
}
