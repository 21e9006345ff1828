using Fleet.Gateway.Security;
using Fleet.Platform.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Fleet.Gateway.Features.Sessions;

/// <summary>Ends a person's session, also for copies of its cookie: 303 to the sign-in page.</summary>
internal static class SignOut
{
    public static void MapSignOut(this IEndpointRouteBuilder routes) => routes.MapPost("/sign-out", Handle).WithName(nameof(SignOut)).AllowAnonymous();

    private static async Task<SeeOther> Handle(HttpContext http, Caller caller, SessionStore sessions, TimeProvider time, CancellationToken ct)
    {
        if (Callers.SessionOf(http.User) is { } id && await sessions.FindLiveAsync(id, ct) is { } session)
            await sessions.EndAsync(session, "signedOut", caller.At(time.GetUtcNow()), ct);
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return new SeeOther(SignIn.Page);
    }
}
