using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Fleet.Gateway.Security;

/// <summary>A cookie for a few minutes: sealed, out of reach for scripts, sent by this site's own pages only. Its age is checked here; a browser may keep it longer.</summary>
/// <param name="name">The cookie's.</param>
/// <param name="seal">With a purpose of its own.</param>
/// <param name="lifetime">For how long it counts.</param>
internal sealed class SealedCookie(string name, IDataProtector seal, TimeSpan lifetime, TimeProvider time)
{
    /// <param name="http">The request that is answered.</param>
    /// <param name="content">Lines; none is empty.</param>
    public void Write(HttpContext http, params IReadOnlyList<string> content)
    {
        var until = (time.GetUtcNow() + lifetime).ToUnixTimeSeconds();
        http.Response.Cookies.Append(name, seal.Protect(string.Join('\n', [until.ToString(CultureInfo.InvariantCulture), .. content])), Options(http, lifetime));
    }

    /// <summary>What was written in this browser; empty: nothing, or too long ago.</summary>
    public string[] Read(HttpContext http)
    {
        if (http.Request.Cookies[name] is not { Length: > 0 and < 4000 } sealedText) return [];
        try
        {
            return seal.Unprotect(sealedText).Split('\n') is [var until, .. var content] && long.TryParse(until, CultureInfo.InvariantCulture, out var second) && time.GetUtcNow().ToUnixTimeSeconds() < second ? content : [];
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    public void Forget(HttpContext http) => http.Response.Cookies.Delete(name, Options(http, null));

    private static CookieOptions Options(HttpContext http, TimeSpan? age) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = age,
        Path = "/",
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps,
    };
}
