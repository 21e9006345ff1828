using System.Security.Claims;
using Fleet.Portal.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Accounts;

/// <summary>Shows the form for a new password, also to somebody who has a one-time password and no roles yet. The gateway takes what is typed; passwords never come here.</summary>
internal static class ChangePassword
{
    public static void MapChangePassword(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/password", Handle).WithName(nameof(ChangePassword)).AllowAnonymous();

    private static Results<RazorComponentResult<PasswordPage>, RedirectHttpResult> Handle(string? returnUrl, string? error, ClaimsPrincipal user)
    {
        if (user.Identity?.IsAuthenticated != true) return TypedResults.LocalRedirect(Links.SignIn("/password"));
        return new RazorComponentResult<PasswordPage>(
            new { ReturnUrl = Links.Local(returnUrl), Error = error is "mismatch" or "weak" or "credentials" or "locked" ? error : null });
    }
}
