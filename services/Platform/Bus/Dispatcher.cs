using System.Buffers;
using System.Text.Json;
using Fleet.Platform.Store;
using Fleet.Platform.Telemetry;
using Fleet.Platform.Work;
using MassTransit;
using MassTransit.Logging;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Fleet.Platform.Bus;

/// <summary>
/// Publishes what the store holds as pending and then forgets it. A kill between publishing and forgetting publishes again: at least once,
/// under the same message id. Events of one document go out in order; nothing is forgotten before the broker confirmed it. Of several replicas on one
/// store one publishes at a time; when it is gone, another goes on within seconds.
/// <para>
/// The stored JSON goes out as it is, in the envelope that MassTransit's consumers read, through the broker's own client: reading it into an object
/// only to write it again took three times as long as everything else together.
/// </para>
/// </summary>
internal sealed partial class Dispatcher(
    IDocumentStore store, Topology topology, Deliveries deliveries, BrokerState broker, BrokenEndpoints broken, TimeProvider time, ILogger<Dispatcher> logger) : BackgroundService
{
    private const int BatchSize = 500;

    // More than these are not read past in search of others.
    private const int MostHeldBack = 10_000;
    private const string ContentType = "application/vnd.masstransit+json";

    // Confirms outstanding are bounded by the batch; the client's own limit of 128 would only slow the batch down.
    private static readonly CreateChannelOptions Confirmed = new(
        publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null);

    // Another process may share the store, and a signal may be lost with a process; the store is asked this often anyway.
    private static readonly TimeSpan IdleWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryWait = TimeSpan.FromSeconds(1);

    // A broker that hangs must be noticed, and said.
    private static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(15);

    // Renewed only while there is something to publish: an idle service writes nothing.
    // Short, so that news goes on before anybody who waits for it gives up (a hand-over looks for an unknown tag for two seconds): after a kill the next
    // process has watched it for its length by the time it is ready.
    private readonly Lease _lease = new(store, time, "dispatcher", TimeSpan.FromSeconds(1.5));
    private readonly HashSet<string> _unknown = [];
    private bool _failing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the start-up path: the host starts on, whether or not the broker answers.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            IConnection? connection = null;
            try
            {
                connection = await topology.ConnectAsync("dispatcher", stoppingToken);
                await topology.DeclareAsync(connection, stoppingToken);
                await using var channel = await connection.CreateChannelAsync(Confirmed, stoppingToken);
                using var open = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                // Noticed at once, not with the next event.
                connection.ConnectionShutdownAsync += (_, _) =>
                {
                    broker.Publishes = false;
                    return open.CancelAsync();
                };
                broker.Publishes = connection.IsOpen;
                // Not waited for: publishing does not depend on what is read.
                _ = broken.ReadAgainAsync(stoppingToken);
                await DispatchAsync(channel, open.Token);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The process ends.
            }
            catch (Exception error)
            {
                // Whatever it was, the events are still in the store: say it once, wait, go on.
                Pause(connection?.CloseReason?.ReplyText ?? error.GetBaseException().Message);
                await Task.Delay(RetryWait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            finally
            {
                broker.Publishes = false;
                if (connection is not null) await connection.DisposeAsync();
            }
        }

        await GiveBackAsync();
    }

    private async Task DispatchAsync(IChannel channel, CancellationToken ct)
    {
        var heldBack = 0;
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                var before = _lease.IsHeld ? _lease.Term : 0;
                var pending = await store.ReadPendingAsync(BatchSize + heldBack, ct);
                var streams = Publishable(pending);
                heldBack = Math.Min(pending.Count - streams.Sum(s => s.Count), MostHeldBack);
                if (_failing) LogResumed();
                _failing = false;
                if (streams.Count == 0)
                {
                    if (!_lease.IsHeld) await _lease.WatchAsync(ct);
                    using var wait = CancellationTokenSource.CreateLinkedTokenSource(ct);
                    wait.CancelAfter(IdleWait);
                    await store.WaitForPendingAsync(wait.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
                else if (!await _lease.TryHoldAsync(ct))
                {
                    // Another replica publishes them.
                    await Task.Delay(_lease.RenewAfter, time, ct);
                }
                else if (_lease.Term == before)
                {
                    await _lease.ActAsync(held => PublishAsync(channel, streams, held), ct);
                }

                // Otherwise they were read before the lease was ours, and may have been published since: read again.
            }
            catch (StoreUnavailableException error)
            {
                // The broker is not at fault: its connection stays.
                Pause(error.Message);
                await Task.Delay(RetryWait, time, ct);
            }
        }
    }

    /// <summary>
    /// The events of each document up to the first that this build does not know (a newer one stored it, and will publish it): the order within a
    /// document is kept, and no other document waits.
    /// </summary>
    private List<List<StoredEvent>> Publishable(IReadOnlyList<StoredEvent> pending)
    {
        var streams = pending.GroupBy(e => (e.DocumentType, e.DocumentId)).Select(g => g.TakeWhile(IsKnown).ToList());
        return [.. streams.Where(s => s.Count > 0)];
    }

    private bool IsKnown(StoredEvent stored)
    {
        if (deliveries.MessageTypes.ContainsKey(stored.MessageType)) return true;
        if (_unknown.Add(stored.MessageType)) LogUnknown(stored.MessageType, stored.EventId);
        return false;
    }

    private async Task PublishAsync(IChannel channel, List<List<StoredEvent>> streams, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(ConfirmTimeout);
        var published = new List<StoredEvent>(BatchSize);
        var publishing = streams.Select(s => PublishInOrderAsync(channel, s, published, timeout.Token)).ToList();
        try
        {
            await Task.WhenAll(publishing);
        }
        finally
        {
            // What went out before a failure is forgotten as well; Task.WhenAll has waited for all.
            if (published.Count > 0) await store.ClearPendingAsync(published, CancellationToken.None);
        }
    }

    private async Task PublishInOrderAsync(IChannel channel, List<StoredEvent> events, List<StoredEvent> published, CancellationToken ct)
    {
        foreach (var stored in events)
        {
            var type = deliveries.MessageTypes[stored.MessageType];
            var exchange = Topology.ExchangeOf(type);
            using var activity = Dispatching.Start(exchange, stored);
            var properties = new BasicProperties
            {
                ContentType = ContentType,
                DeliveryMode = DeliveryModes.Persistent,
                MessageId = stored.EventId.ToString(),
                CorrelationId = stored.CorrelationId.ToString(),
            };
            // The header by which MassTransit's consumers join the trace.
            if ((activity?.Id ?? stored.TraceParent) is { } trace) properties.Headers = new Dictionary<string, object?> { [DiagnosticHeaders.ActivityId] = trace };
            // Completes with the broker's confirm; throws when it refuses the message or no queue is bound (mandatory).
            await channel.BasicPublishAsync(exchange, "", mandatory: true, properties, Envelope(stored, type), ct);
            lock (published) published.Add(stored);
        }
    }

    private async Task GiveBackAsync()
    {
        try
        {
            await _lease.ReleaseAsync();
        }
        catch (StoreUnavailableException)
        {
            // Then it passes on by itself.
        }
    }

    private void Pause(string reason)
    {
        if (!_failing) LogPaused(reason);
        _failing = true;
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events of the type {Type} are of a newer build and wait for it (the first: {Event})")]
    private partial void LogUnknown(string type, Guid @event);

    [LoggerMessage(Level = LogLevel.Information, Message = "Publishing goes on")]
    private partial void LogResumed();
}
