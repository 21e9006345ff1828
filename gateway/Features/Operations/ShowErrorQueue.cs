using Fleet.Platform;
using Fleet.Platform.Bus;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Fleet.Gateway.Features.Operations;

/// <summary>Shows the oldest messages of a queue of what could not be handled, and why they could not. They stay where they are.</summary>
internal static class ShowErrorQueue
{
    private const int Most = 50;

    public static void MapShowErrorQueue(this IEndpointRouteBuilder routes) => routes.MapGet("/error-queues/{name}", Handle).WithName(nameof(ShowErrorQueue))
        .WithSummary("Shows what could not be handled").RequireRole(Roles.Admin).ProducesProblem(404).ProducesProblem(503);

    private static async Task<Results<Ok<Held>, ProblemHttpResult>> Handle(string name, IOptions<FleetOptions> options, CancellationToken ct)
    {
        var (held, problem) = await ErrorQueueRequests.AskAsync(options, async queues => await queues.ExistsAsync(name, ct) ? await queues.ReadAsync(name, Most, ct) : default, ct);
        if (problem is not null) return problem;
        return held.Name is null ? Problems.NotFound("queue") : TypedResults.Ok(new Held(held.Name, held.Count, held.Messages));
    }

    /// <param name="Name">The queue.</param>
    /// <param name="Messages">How many it holds.</param>
    /// <param name="Items">The oldest 50 of them.</param>
    internal sealed record Held(string Name, uint Messages, IReadOnlyList<FailedMessage> Items);
}
