using Fleet.Gateway.Domain;
using Fleet.Gateway.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Gateway.Features.Sessions;

/// <summary>Ends a person's session, also for copies of its cookie: 303 to the sign-in page. Who came from a provider is led to the page that ends their session there.</summary>
internal static class SignOut
{
    public static void MapSignOut(this IEndpointRouteBuilder routes) => routes.MapPost("/sign-out", Handle).WithName(nameof(SignOut)).AllowAnonymous();

    private static async Task<Results<SeeOther, LeavePage>> Handle(HttpContext http, AccountStore accounts, SessionStore sessions, IServiceProvider services, TimeProvider time, CancellationToken ct)
    {
        // As the account's owner, as at sign-in: the endpoint asks for no role, so the caller acts in none.
        string? endPage = null;
        if (Callers.SessionOf(http.User) is { } id && await sessions.FindLiveAsync(id, ct) is { } session
            && await accounts.FindAsync(session.State.Subject, AccountKind.Person, ct) is { } owner)
        {
            await sessions.EndAsync(session, "signedOut", owner.At(http, time.GetUtcNow()), ct);
            // As it was read: what is needed for it is gone from the store with the session.
            if (services.GetService<Provider>() is { } provider) endPage = await provider.FindEndPageAsync(http, session.State);
        }

        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return endPage is null ? new SeeOther(SignIn.Page) : new LeavePage(endPage);
    }
}
