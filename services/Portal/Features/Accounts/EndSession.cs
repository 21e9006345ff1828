using Fleet.Platform.Security;
using Fleet.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Accounts;

/// <summary>Ends one session of an account; its browser is signed out with its next request. One that is over already is over.</summary>
internal static class EndSession
{
    public static void MapEndSession(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/admin/accounts/{id:guid}/sessions/{session:guid}/end", Handle).WithName(nameof(EndSession)).RequireRole(AccountActs.Roles);

    private static async Task<Results<RedirectHttpResult, ProblemHttpResult>> Handle(Guid id, Guid session, FleetApi api, CancellationToken ct)
    {
        var answer = await api.DeleteAsync($"auth/sessions/{session}", ct);
        return answer.Value is not null || answer.Status == StatusCodes.Status404NotFound ? TypedResults.LocalRedirect($"/admin/accounts/{id}?done=session") : Refusals.Of(answer.Status);
    }
}
