using System.Diagnostics;
using System.Text.Json;
using Fleet.Platform.Store;
using Fleet.Platform.Telemetry;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fleet.Platform.Bus;

/// <summary>
/// Publishes what the store holds as pending and then forgets it. A kill between publishing and forgetting publishes again: at least once,
/// under the same message id. Events of one document go out in order; nothing is forgotten before the broker confirmed it.
/// </summary>
internal sealed partial class Dispatcher(IDocumentStore store, Topology topology, Deliveries deliveries, IBus bus, ILogger<Dispatcher> logger) : BackgroundService
{
    private const int BatchSize = 500;

    // Another process may share the store, and a signal may be lost with a process; the store is asked this often anyway.
    private static readonly TimeSpan IdleWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryWait = TimeSpan.FromSeconds(1);

    // Without a broker MassTransit waits for it; this process must notice and say so.
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
                await topology.DeclareAsync(stoppingToken);
                if (failing) LogResumed();
                failing = false;
                await DispatchAsync(stoppingToken);
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

    private async Task DispatchAsync(CancellationToken ct)
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
            var streams = pending.GroupBy(e => (e.DocumentType, e.DocumentId)).Select(g => PublishInOrderAsync(g, timeout.Token)).ToList();
            try
            {
                await Task.WhenAll(streams);
            }
            finally
            {
                // What went out before a failure is forgotten as well; Task.WhenAll has waited for all.
                var published = streams.Where(s => s.IsCompletedSuccessfully).SelectMany(s => s.GetAwaiter().GetResult()).ToList();
                if (published.Count > 0) await store.ClearPendingAsync(published, CancellationToken.None);
            }
        }
    }

    private async Task<List<StoredEvent>> PublishInOrderAsync(IEnumerable<StoredEvent> events, CancellationToken ct)
    {
        var published = new List<StoredEvent>();
        foreach (var stored in events)
        {
            if (!deliveries.MessageTypes.TryGetValue(stored.MessageType, out var type))
                throw new InvalidOperationException($"Pending event {stored.EventId} has the unknown type {stored.MessageType}.");

            var message = JsonSerializer.Deserialize(stored.Body, type, FleetJson.Options)!;
            using var activity = Dispatching.Source.StartActivity("dispatch", ActivityKind.Producer, stored.TraceParent);
            await bus.Publish(message, type, context =>
            {
                context.MessageId = stored.EventId;
                context.CorrelationId = stored.CorrelationId;
                context.GetPayload<RabbitMqSendContext>().Mandatory = true;
            }, ct);
            published.Add(stored);
        }

        return published;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Publishing pauses, events stay stored: {Reason}")]
    private partial void LogPaused(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Publishing goes on")]
    private partial void LogResumed();
}
