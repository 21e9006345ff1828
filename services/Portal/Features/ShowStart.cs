using System.Security.Claims;
using Fleet.Portal.Domain;
using Fleet.Portal.Parts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features;

/// <summary>Leads everybody to the page they begin with; whom no page is for yet learns so instead of being refused.</summary>
internal static class ShowStart
{
    public static void MapShowStart(this IEndpointRouteBuilder routes) => routes.MapGet("/", Handle).WithName(nameof(ShowStart)).AllowAnonymous();

    private static Results<RedirectHttpResult, RazorComponentResult<StartPage>> Handle(ClaimsPrincipal user)
    {
        if (user.Identity?.IsAuthenticated != true) return TypedResults.LocalRedirect(Links.SignIn("/"));
        return Navigation.StartOf(user) is { } start ? TypedResults.LocalRedirect(start) : new RazorComponentResult<StartPage>();
    }
}
