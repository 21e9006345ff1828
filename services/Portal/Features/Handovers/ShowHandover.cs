using Fleet.Platform.Security;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Handovers;

/// <summary>Shows one hand-over: who received what, what came back, and what was corrected.</summary>
internal static class ShowHandover
{
    public static void MapShowHandover(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/handovers/{id:guid}", Handle).WithName(nameof(ShowHandover)).RequireRole(Roles.Staff);

    private static async Task<Results<RazorComponentResult<HandoverPage>, ProblemHttpResult>> Handle(Guid id, string? done, FleetApi api, CancellationToken ct)
    {
        var handover = await api.GetAsync<Handover>(Ask(id), ct);
        return handover.Value is { } found
            ? new RazorComponentResult<HandoverPage>(new { Handover = found, Done = Words.Find($"Handover.Done.{done}") is not null ? $"Handover.Done.{done}" : null })
            : Refusals.Of(handover.Status);
    }

    /// <summary>The service's address for one.</summary>
    public static string Ask(Guid id) => $"api/assignment/handovers/{id}";
}
