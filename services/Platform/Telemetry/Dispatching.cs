using System.Diagnostics;
using Fleet.Platform.Store;

namespace Fleet.Platform.Telemetry;

/// <summary>The source of the dispatcher's spans.</summary>
internal static class Dispatching
{
    public const string Name = "Fleet.Dispatcher";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>The sending of one event, within the trace of the request that caused it. Source of the names: OpenTelemetry, semantic conventions for messaging.</summary>
    public static Activity? Start(string exchange, StoredEvent stored) => Source.StartActivity(
        $"send {exchange}", ActivityKind.Producer, stored.TraceParent,
        [
            new("messaging.system", "rabbitmq"),
            new("messaging.operation.type", "send"),
            new("messaging.operation.name", "publish"),
            new("messaging.destination.name", exchange),
            new("messaging.message.id", stored.EventId.ToString()),
            new("messaging.message.conversation_id", stored.CorrelationId.ToString()),
        ]);
}
