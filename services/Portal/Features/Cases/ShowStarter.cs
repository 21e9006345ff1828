using Fleet.Platform.Security;
using Fleet.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Cases;

/// <summary>Shows one joiner's case: the kit as a list of tasks.</summary>
internal static class ShowStarter
{
    public static void MapShowStarter(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/cases/{id:guid}", Handle).WithName(nameof(ShowStarter)).RequireRole(Roles.Staff);

    private static async Task<Results<RazorComponentResult<StarterPage>, ProblemHttpResult>> Handle(Guid id, FleetApi api, CancellationToken ct)
    {
        var starter = await api.GetAsync<Starter>($"api/assignment/cases/{id}", ct);
        return starter.Value is { } found ? new RazorComponentResult<StarterPage>(new { Starter = found }) : Refusals.Of(starter.Status);
    }
}
