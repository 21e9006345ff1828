using Fleet.Platform;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Fleet.Gateway.Features.Operations;

/// <summary>Moves what a queue holds that could not be handled back to where it was to be handled. What still cannot be comes back.</summary>
internal static partial class ReplayErrorQueue
{
    public static void MapReplayErrorQueue(this IEndpointRouteBuilder routes) => routes.MapPost("/error-queues/{name}/replay", Handle).WithName(nameof(ReplayErrorQueue))
        .WithSummary("Has messages handled again").RequireRole(Roles.Admin).ProducesProblem(404).ProducesProblem(503);

    private static async Task<Results<Ok<Replayed>, ProblemHttpResult>> Handle(
        string name, Caller caller, IOptions<FleetOptions> options, ILoggerFactory loggers, CancellationToken ct)
    {
        var (moved, problem) = await ErrorQueueRequests.AskAsync<uint?>(options, async queues => await queues.ExistsAsync(name, ct) ? await queues.ReplayAsync(name, ct) : null, ct);
        if (problem is not null) return problem;
        if (moved is not { } count) return Problems.NotFound("queue");
        var logger = loggers.CreateLogger("Fleet.Gateway.ErrorQueues");
        LogReplayed(logger, caller.Subject, count, name);
        return TypedResults.Ok(new Replayed(count));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Subject} moved {Count} messages of {Queue} back to be handled again")]
    private static partial void LogReplayed(ILogger logger, string subject, uint count, string queue);

    /// <param name="Moved">How many messages.</param>
    internal sealed record Replayed(uint Moved);
}
