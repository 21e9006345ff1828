using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using Fleet.Platform.Store;
using Fleet.Platform.Telemetry;
using MassTransit;
using MassTransit.Logging;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Fleet.Platform.Bus;

/// <summary>
/// Publishes what the store holds as pending and then forgets it. A kill between publishing and forgetting publishes again: at least once,
/// under the same message id. Events of one document go out in order; nothing is forgotten before the broker confirmed it.
/// <para>
/// The stored JSON goes out as it is, in the envelope that MassTransit's consumers read, through the broker's own client: reading it into an object
/// only to write it again took three times as long as everything else together.
/// </para>
/// </summary>
internal sealed partial class Dispatcher(IDocumentStore store, Topology topology, Deliveries deliveries, ILogger<Dispatcher> logger) : BackgroundService
{
    private const int BatchSize = 500;
    private const string ContentType = "application/vnd.masstransit+json";

    // Confirms outstanding are bounded by the batch; the client's own limit of 128 would only slow the batch down.
    private static readonly CreateChannelOptions Confirmed = new(
        publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null);

    // Another process may share the store, and a signal may be lost with a process; the store is asked this often anyway.
    private static readonly TimeSpan IdleWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryWait = TimeSpan.FromSeconds(1);

    // A broker that hangs must be noticed, and said.
    private static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the start-up path: the host starts on, whether or not the broker answers.
        await Task.Yield();
        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await topology.ConnectAsync("dispatcher", stoppingToken);
                await topology.DeclareAsync(connection, stoppingToken);
                await using var channel = await connection.CreateChannelAsync(
                    Confirmed, stoppingToken);
                if (failing) LogResumed();
                failing = false;
                await DispatchAsync(channel, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // Whatever it was, the events are still in the store: say it once, wait, go on.
                if (!failing) LogPaused(error.GetBaseException().Message);
                failing = true;
                await Task.Delay(RetryWait, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task DispatchAsync(IChannel channel, CancellationToken ct)
    {
        while (true)
        {
            var pending = await store.ReadPendingAsync(BatchSize, ct);
            if (pending.Count == 0)
            {
                using var wait = CancellationTokenSource.CreateLinkedTokenSource(ct);
                wait.CancelAfter(IdleWait);
                await store.WaitForPendingAsync(wait.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                ct.ThrowIfCancellationRequested();
                continue;
            }

            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
            timeout.CancelAfter(ConfirmTimeout);
            var published = new List<StoredEvent>(pending.Count);
            var streams = pending.GroupBy(e => (e.DocumentType, e.DocumentId)).Select(g => PublishInOrderAsync(channel, g, published, timeout.Token)).ToList();
            try
            {
                await Task.WhenAll(streams);
            }
            finally
            {
                // What went out before a failure is forgotten as well; Task.WhenAll has waited for all.
                if (published.Count > 0) await store.ClearPendingAsync(published, CancellationToken.None);
            }
        }
    }

    private async Task PublishInOrderAsync(IChannel channel, IEnumerable<StoredEvent> events, List<StoredEvent> published, CancellationToken ct)
    {
        foreach (var stored in events)
        {
            if (!deliveries.MessageTypes.TryGetValue(stored.MessageType, out var type))
                throw new InvalidOperationException($"Pending event {stored.EventId} has the unknown type {stored.MessageType}.");

            using var activity = Dispatching.Source.StartActivity("dispatch", ActivityKind.Producer, stored.TraceParent);
            var properties = new BasicProperties
            {
                ContentType = ContentType,
                DeliveryMode = DeliveryModes.Persistent,
                MessageId = stored.EventId.ToString(),
                CorrelationId = stored.CorrelationId.ToString(),
            };
            if ((activity?.Id ?? stored.TraceParent) is { } trace) properties.Headers = new Dictionary<string, object?> { [DiagnosticHeaders.ActivityId] = trace };
            // Completes with the broker's confirm; throws when it refuses the message or no queue is bound (mandatory).
            await channel.BasicPublishAsync(Topology.ExchangeOf(type), "", mandatory: true, properties, Envelope(stored, type), ct);
            lock (published) published.Add(stored);
        }
    }

    /// <summary>What MassTransit's JSON deserializer reads. Source: masstransit.io, Interoperability.</summary>
    private static ReadOnlyMemory<byte> Envelope(StoredEvent stored, Type type)
    {
        var buffer = new ArrayBufferWriter<byte>(stored.Body.Length + 512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("messageId", stored.EventId);
        json.WriteString("correlationId", stored.CorrelationId);
        json.WriteString("conversationId", stored.CorrelationId);
        json.WriteStartArray("messageType");
        json.WriteStringValue(MessageUrn.ForTypeString(type));
        json.WriteEndArray();
        json.WritePropertyName("message");
        json.WriteRawValue(stored.Body, skipInputValidation: true);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Publishing pauses, events stay stored: {Reason}")]
    private partial void LogPaused(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Publishing goes on")]
    private partial void LogResumed();
}
