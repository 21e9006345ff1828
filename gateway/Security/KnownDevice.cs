using System.Security.Cryptography;
using Fleet.Gateway.Domain;
using Microsoft.AspNetCore.DataProtection;

namespace Fleet.Gateway.Security;

/// <summary>
/// A cookie that says in which accounts somebody has signed in with this browser, sealed; it opens nothing. Who has it is told from strangers
/// by <see cref="Limits.GuessLimits"/>.
/// </summary>
internal sealed class KnownDevice(IDataProtectionProvider protection)
{
    public const string Cookie = "fleet-device";

    // A counter's browser is used by several people; the cookie stays small.
    private const int AccountsAtMost = 8;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(180);
    private readonly IDataProtector _seal = protection.CreateProtector("Fleet.Gateway.KnownDevice.v1");

    /// <summary>The browser's id, if this account was signed in there before; otherwise null.</summary>
    /// <param name="http">The request.</param>
    /// <param name="account">The folded user name.</param>
    public string? IdFor(HttpContext http, string account) => Read(http) is [var device, .. var accounts] && accounts.Contains(account) ? device : null;

    /// <summary>From now on this account is known in this browser.</summary>
    public void Remember(HttpContext http, Account account)
    {
        var subject = Features.Accounts.AccountDocument.IdOf(account.Subject);
        var (device, accounts) = Read(http) is [var known, .. var others] ? (known, others) : (Convert.ToHexString(RandomNumberGenerator.GetBytes(16)), []);
        string[] content = [device, subject, .. accounts.Where(a => a != subject).Take(AccountsAtMost - 1)];
        http.Response.Cookies.Append(Cookie, _seal.Protect(string.Join('\n', content)), new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = Lifetime,
            Path = "/auth",
            SameSite = SameSiteMode.Strict,
            Secure = http.Request.IsHttps,
        });
    }

    private string[] Read(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: < 4000 } sealedText) return [];
        try
        {
            return _seal.Unprotect(sealedText).Split('\n');
        }
        catch (CryptographicException)
        {
            return [];
        }
    }
}
