using Fleet.Portal.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Accounts;

/// <summary>Shows the sign-in form. The gateway takes what is typed; passwords never come here.</summary>
internal static class SignIn
{
    public static void MapSignIn(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/sign-in", Handle).WithName(nameof(SignIn)).AllowAnonymous();

    private static RazorComponentResult<SignInPage> Handle(string? returnUrl, string? error) =>
        new(new { ReturnUrl = Links.Local(returnUrl), Error = error is "credentials" or "locked" or "disabled" or "expired" ? error : null });
}
