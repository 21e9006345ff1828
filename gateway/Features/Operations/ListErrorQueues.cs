using Fleet.Platform;
using Fleet.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Fleet.Gateway.Features.Operations;

/// <summary>Lists the queues that hold messages which could not be handled.</summary>
internal static class ListErrorQueues
{
    public static void MapListErrorQueues(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/error-queues", Handle).WithName(nameof(ListErrorQueues)).WithSummary("Lists queues of what could not be handled").RequireRole(Roles.Admin).ProducesProblem(503);

    private static async Task<Results<Ok<Queues>, ProblemHttpResult>> Handle(IOptions<FleetOptions> options, CancellationToken ct)
    {
        var (held, problem) = await ErrorQueueRequests.AskAsync(options, queues => queues.ListAsync(ct), ct);
        return problem is null ? TypedResults.Ok(new Queues([.. held!.Select(h => new HeldQueue(h.Name, h.Count))])) : problem;
    }

    /// <param name="Items">Those that hold something, by name.</param>
    internal sealed record Queues(IReadOnlyList<HeldQueue> Items);

    /// <param name="Name">In paths.</param>
    /// <param name="Messages">How many it holds.</param>
    internal sealed record HeldQueue(string Name, uint Messages);
}
