using System.Security.Cryptography;
using Fleet.Gateway.Domain;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Fleet.Gateway.Security;

/// <summary>Who needs a second factor, and the only place that opens one. The keys are those of the session cookies (<see cref="SessionKeys"/>).</summary>
internal sealed partial class SecondFactors(IDataProtectionProvider protection, DemoAccounts demo, IOptions<GatewayOptions> options, ILogger<SecondFactors> logger)
{
    private readonly IDataProtector _seal = protection.CreateProtector("Fleet.Gateway.SecondFactor.v1");

    /// <summary>Whether this account may do nothing with a password alone. The demo's may: they stay as everybody knows them.</summary>
    public bool IsRequiredFor(Account account) => account.NeedsFactor(options.Value.SecondFactor.Roles) && demo.Find(account.Subject) is null;

    /// <summary>Whether the account has no roles until its owner has set one up.</summary>
    public bool IsMissing(Account account) => account.SecondFactor is null && IsRequiredFor(account);

    /// <summary>A new factor whose owner has shown a code of it.</summary>
    public SecondFactor Make(Account owner, FactorSecret secret, long step, IReadOnlyList<string> recoveryCodes) => new SecondFactor
    {
        SealedSecret = Convert.ToBase64String(SealOf(owner).Protect(secret.ToBytes())),
        LastStep = step,
        RecoveryHashes = [],
    }.With(recoveryCodes, secret);

    /// <summary>The secret of an account's factor; null: it has none, or the key it was sealed with is gone, and only an administrator's reset helps.</summary>
    public FactorSecret? SecretOf(Account owner)
    {
        if (owner.SecondFactor is not { } factor) return null;
        try
        {
            return new FactorSecret(SealOf(owner).Unprotect(Convert.FromBase64String(factor.SealedSecret)));
        }
        catch (CryptographicException)
        {
            LogCannotOpen(owner.AccountId);
            return null;
        }
    }

    // One account's secret is of no use in the document of another.
    private IDataProtector SealOf(Account owner) => _seal.CreateProtector(owner.AccountId.ToString());

    [LoggerMessage(Level = LogLevel.Error, Message = "The second factor of account {AccountId} cannot be opened: its key is not in gateway-sessions/. Restore that folder, or reset the account with its second factor.")]
    private partial void LogCannotOpen(Guid accountId);
}
