using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Fleet.Gateway.Features;

/// <summary>Ends a person's session: 303 to the sign-in page.</summary>
internal static class SignOut
{
    public static void MapSignOut(this IEndpointRouteBuilder routes) => routes.MapPost("/sign-out", (Delegate)Handle).WithName(nameof(SignOut)).AllowAnonymous();

    private static async Task<SeeOther> Handle(HttpContext http)
    {
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return new SeeOther(SignIn.Page);
    }
}
