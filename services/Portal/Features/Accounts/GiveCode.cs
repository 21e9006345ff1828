using System.Security.Claims;
using Fleet.Portal.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Accounts;

/// <summary>Shows the question for the second factor: the second step of signing in, or once more before something that only the account's owner may do. The gateway takes what is typed.</summary>
internal static class GiveCode
{
    public static void MapGiveCode(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/sign-in/code", Handle).WithName(nameof(GiveCode)).AllowAnonymous();

    private static RazorComponentResult<CodePage> Handle(string? returnUrl, string? error, ClaimsPrincipal user) => new(new
    {
        ReturnUrl = Links.Local(returnUrl),
        Error = error is "code" or "locked" ? error : null,
        IsAgain = user.Identity?.IsAuthenticated == true,
    });
}
