using System.Security.Claims;
using Fleet.Portal.Domain;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Start;

/// <summary>Shows everybody what needs doing today and where everything is; who has nothing but what is their own begins there.</summary>
internal static class ShowStart
{
    public static void MapShowStart(this IEndpointRouteBuilder routes) => routes.MapGet("/", Handle).WithName(nameof(ShowStart)).AllowAnonymous().IsLive();

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<StartPage>>> Handle(ClaimsPrincipal user, Today today, CancellationToken ct)
    {
        if (user.Identity?.IsAuthenticated != true) return TypedResults.LocalRedirect(Links.SignIn("/"));
        var entries = Navigation.AllFor(user);
        if (entries is [{ Path: var only }]) return TypedResults.LocalRedirect(only);
        return new RazorComponentResult<StartPage>(new { Model = new StartModel(await today.ForAsync(user, ct), entries) });
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Work">What needs doing, in its order.</param>
public sealed record StartModel(IReadOnlyList<Work> Work, IReadOnlyList<NavigationEntry> Entries);
