using Fleet.Platform.Telemetry;
using MassTransit;
using MassTransit.Middleware;
using Microsoft.Extensions.Logging;

namespace Fleet.Platform.Bus;

/// <summary>What happens to a message that nobody can handle: it is counted, said, and kept in the queue's error queue. Nobody listens for faults, so none is published.</summary>
internal sealed partial class ErrorQueue(ILogger<ErrorQueue> logger, string queue) : IFilter<ExceptionReceiveContext>
{
    /// <summary>The queue that holds what a queue's consumer cannot handle.</summary>
    public static string Of(string queue) => $"{queue}_error";

    public static void Configure(IReceiveEndpointConfigurator endpoint, ILogger<ErrorQueue> logger, string queue) =>
        endpoint.ConfigureError(pipe =>
        {
            pipe.UseFilter(new ErrorQueue(logger, queue));
            pipe.UseFilter(new ErrorTransportFilter());
        });

    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        // Otherwise a message that could not even be read would count as one that nobody wanted, and be kept a second time.
        if (!context.IsFaulted) await context.NotifyFaulted(context.Exception);
        await next.Send(context);
        // Only what has arrived there.
        FleetMeter.MessagesFailed.Add(1, new KeyValuePair<string, object?>("messaging.destination.name", queue));
        LogMoved(context.GetMessageId(), Of(queue), context.Exception.GetBaseException().Message);
    }

    void IProbeSite.Probe(ProbeContext context) => context.CreateFilterScope("errorQueue");

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {Id} cannot be handled and lies in {Queue}: {Reason}")]
    private partial void LogMoved(Guid? id, string queue, string reason);
}
