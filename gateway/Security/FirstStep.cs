using Fleet.Gateway.Domain;
using Microsoft.AspNetCore.DataProtection;

namespace Fleet.Gateway.Security;

/// <summary>Who gave the right password and is asked for the second factor next. It opens nothing but the way to that question, and ends when the account changes.</summary>
internal sealed class FirstStep(IDataProtectionProvider protection, TimeProvider time)
{
    public const string Cookie = "fleet-first-step";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly SealedCookie _cookie = new(Cookie, protection.CreateProtector("Fleet.Gateway.FirstStep.v1"), Lifetime, time);

    public void Remember(HttpContext http, Account person) => _cookie.Write(http, person.Subject, person.Stamp.ToString());

    /// <summary>Who it was, and under which stamp of the account; or null.</summary>
    public (string Subject, Guid Stamp)? Find(HttpContext http) =>
        _cookie.Read(http) is [var subject, var stamp] && Guid.TryParse(stamp, out var id) ? (subject, id) : null;

    public void Forget(HttpContext http)
    {
        if (http.Request.Cookies.ContainsKey(Cookie)) _cookie.Forget(http);
    }
}
