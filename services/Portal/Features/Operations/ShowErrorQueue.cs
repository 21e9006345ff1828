using Fleet.Platform.Security;
using Fleet.Portal.Features.Accounts;
using Fleet.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Operations;

/// <summary>Shows what a queue holds that could not be handled, and has it handled again.</summary>
internal static class ShowErrorQueue
{
    private const string Path = "/admin/error-queues/{name}";

    public static void MapShowErrorQueue(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).WithName(nameof(ShowErrorQueue)).RequireRole(AccountActs.Roles);
        routes.MapPost($"{Path}/replay", HandleAsync).WithName("ReplayErrorQueue").RequireRole(AccountActs.Roles);
    }

    private static async Task<Results<RazorComponentResult<ErrorQueuePage>, ProblemHttpResult>> ShowAsync(string name, int? moved, FleetApi api, CancellationToken ct)
    {
        var held = await api.GetAsync<HeldMessages>(OperationsQuestions.ErrorQueue(name), ct);
        return held.Value is { } found ? new RazorComponentResult<ErrorQueuePage>(new { Held = found, Moved = moved }) : Refusals.Of(held.Status);
    }

    private static async Task<Results<RedirectHttpResult, ProblemHttpResult>> HandleAsync(string name, HttpRequest request, FleetApi api, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } sent || Parts.ActKey.Of(sent) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var answer = await api.PostAsync<Replayed>($"{OperationsQuestions.ErrorQueue(name)}/replay", new { }, key, ct);
        return answer.Value is { } done ? TypedResults.LocalRedirect($"/admin/error-queues/{Uri.EscapeDataString(name)}?moved={done.Moved}") : Refusals.Of(answer.Status);
    }
}
