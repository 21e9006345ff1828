using Fleet.Gateway.Domain;
using Microsoft.AspNetCore.DataProtection;

namespace Fleet.Gateway.Security;

/// <summary>
/// What lies between two pages while somebody sets a second factor up: the secret that they have not confirmed, and the recovery codes that they have not seen. In
/// their browser, sealed, for this session: nothing is stored before it holds, and codes are stored nowhere in a readable form.
/// </summary>
internal sealed class FactorSetUp(IDataProtectionProvider protection, TimeProvider time)
{
    private readonly SealedCookie _secret = new("fleet-factor", protection.CreateProtector("Fleet.Gateway.FactorSetUp.Secret.v1"), TimeSpan.FromMinutes(15), time);
    private readonly SealedCookie _codes = new("fleet-recovery-codes", protection.CreateProtector("Fleet.Gateway.FactorSetUp.Codes.v1"), TimeSpan.FromMinutes(5), time);

    /// <summary>The secret that this session was shown, or null.</summary>
    public FactorSecret? SecretOf(HttpContext http, Guid session) =>
        _secret.Read(http) is [var owner, var secret] && owner == session.ToString() ? new FactorSecret(Convert.FromBase64String(secret)) : null;

    /// <summary>The secret to show: the one it was shown before, so that a wrong code, or a second look, does not make the app's entry worthless.</summary>
    public FactorSecret SecretFor(HttpContext http, Guid session)
    {
        if (SecretOf(http, session) is { } known) return known;
        var secret = FactorSecret.New();
        _secret.Write(http, session.ToString(), Convert.ToBase64String(secret.ToBytes()));
        return secret;
    }

    /// <summary>The set-up is over; the next page shows these.</summary>
    public void Finish(HttpContext http, Guid session, IReadOnlyList<string> recoveryCodes)
    {
        _secret.Forget(http);
        _codes.Write(http, [session.ToString(), .. recoveryCodes]);
    }

    /// <summary>The recovery codes that this session has not seen yet.</summary>
    public IReadOnlyList<string> UnseenCodes(HttpContext http, Guid session) => _codes.Read(http) is [var owner, .. var codes] && owner == session.ToString() ? codes : [];

    /// <summary>They have been shown.</summary>
    public void ForgetCodes(HttpContext http) => _codes.Forget(http);
}
