using System.Security.Claims;
using Fleet.Platform.Security;
using Fleet.Portal.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Accounts;

/// <summary>
/// Shows one's own second factor, or how to set one up; also to somebody who has no roles until that is done. What it shows, the gateway sends along with the
/// request; the gateway takes what is typed.
/// </summary>
internal static class ShowSecondFactor
{
    private const string Path = "/account/second-factor";

    public static void MapShowSecondFactor(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path + "/{replace:regex(^replace$)?}", Handle).WithName(nameof(ShowSecondFactor)).AllowAnonymous();

    private static Results<RazorComponentResult<SecondFactorPage>, RedirectHttpResult> Handle(string? returnUrl, string? error, string? done, HttpRequest request, ClaimsPrincipal user)
    {
        if (user.Identity?.IsAuthenticated != true || SecondFactorFacts.Of(request) is not { } facts) return TypedResults.LocalRedirect(Links.SignIn(Path));
        if (facts.HasOneTimePassword) return TypedResults.LocalRedirect(Links.Of("/password", [("returnUrl", Path)]));
        return new RazorComponentResult<SecondFactorPage>(new
        {
            Facts = facts,
            ReturnUrl = Links.Local(returnUrl),
            Error = error is "code" or "current" or "locked" or "expired" or "required" ? error : null,
            IsRemoved = done == "removed" && !facts.IsSet,
        });
    }
}
