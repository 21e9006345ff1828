using Fleet.Gateway.Domain;
using Fleet.Gateway.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Fleet.Gateway.Features.Sessions;

/// <summary>Ends a person's session, also for copies of its cookie: 303 to the sign-in page.</summary>
internal static class SignOut
{
    public static void MapSignOut(this IEndpointRouteBuilder routes) => routes.MapPost("/sign-out", Handle).WithName(nameof(SignOut)).AllowAnonymous();

    private static async Task<SeeOther> Handle(HttpContext http, AccountStore accounts, SessionStore sessions, TimeProvider time, CancellationToken ct)
    {
        // As the account's owner, as at sign-in: the endpoint asks for no role, so the caller acts in none.
        if (Callers.SessionOf(http.User) is { } id && await sessions.FindLiveAsync(id, ct) is { } session
            && await accounts.FindAsync(session.State.Subject, AccountKind.Person, ct) is { } owner)
            await sessions.EndAsync(session, "signedOut", owner.At(http, time.GetUtcNow()), ct);
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return new SeeOther(SignIn.Page);
    }
}
