using Fleet.Contracts;
using Fleet.Platform;
using Fleet.Platform.Bus;
using Fleet.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Fleet.Gateway.Features.Operations;

/// <summary>What requests about messages that nobody could handle have in common.</summary>
internal static class ErrorQueueRequests
{
    /// <summary>Asks the broker; 503 when it is away.</summary>
    public static async Task<(T? Answer, ProblemHttpResult? Problem)> AskAsync<T>(IOptions<FleetOptions> options, Func<ErrorQueues, Task<T>> ask, CancellationToken ct)
    {
        try
        {
            await using var queues = await ErrorQueues.OpenAsync(options.Value.BrokerUri, Deliveries.Queues, ct);
            return (await ask(queues), null);
        }
        catch (ErrorQueuesException)
        {
            return (default, Problems.Of(StatusCodes.Status503ServiceUnavailable, "broker-unavailable", "The broker cannot be asked right now."));
        }
    }
}
