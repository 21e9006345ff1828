using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Fleet.Contracts;
using Fleet.Platform.Bus;
using Fleet.Platform.Store;
using Fleet.Platform.Telemetry;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Fleet.Tests.Integration.Platform;

/// <summary>Messages that a consumer cannot handle, and what an operator does about them.</summary>
public sealed class ErrorQueueTests : IAsyncLifetime
{
    private const string Queue = "audit-record-entry";
    private static readonly Dictionary<Type, IReadOnlyList<string>> Queues = new() { [typeof(DeviceRegistered)] = [Queue] };
    private static readonly string Root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));
    private static readonly ConcurrentDictionary<Guid, Func<Exception?>> Told = [];
    private static readonly ConcurrentBag<Guid> Tries = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("fleet-errors-").FullName;
    private Broker _broker = null!;
    private Replica _service = null!;

    public async ValueTask InitializeAsync()
    {
        _broker = await Broker.StartAsync();
        _service = await Replica.StartAsync(_folder, _broker.Uri, Queues, null, consumers => consumers.Add<RecordEntry>(), "audit");
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _broker.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task An_operator_sees_what_could_not_be_handled_and_has_it_handled_after_the_mending()
    {
        var isMended = false;
        var events = new List<DeviceRegistered>();
        for (var i = 0; i < 3; i++) events.Add(await PublishAsync(() => isMended ? null : new InvalidOperationException("The shelf is missing.")));
        await _broker.PublishRawAsync(Queue, "no JSON \u001b[2Jpassword=x"u8.ToArray());
        await ErrorsShouldBeAsync(4);

        (await ErrorsAsync("list")).ShouldBe((0, $"      4  {Queue}_error\n4 messages could not be handled, in 1 queue.\n"));
        var (_, shown) = await ErrorsAsync("show", Queue);
        foreach (var told in events) shown.ShouldContain($"fleet.inventory.device-registered.v1 {told.Meta.EventId}");
        shown.ShouldContain("InvalidOperationException: The shelf is missing.");
        // What clears a screen does not.
        shown.ShouldContain("no JSON .[2Jpassword=x");
        shown.ShouldNotContain('\u001b');
        shown.ShouldContain($"4 of 4 messages in {Queue}_error");
        (await ErrorsAsync("show", Queue, "1")).Output.ShouldContain("1 of 4 messages");
        await ErrorsShouldBeAsync(4);

        isMended = true;
        (await ErrorsAsync("replay", $"{Queue}_error")).Output.ShouldContain("4 messages moved back");
        // The three are handled, in whatever order; what nobody can read comes back.
        await ErrorsShouldBeAsync(1);
        foreach (var told in events) await Eventually.ShouldAsync(() => HandledAsync(told));
        (await ErrorsAsync("replay", "--all")).Output.ShouldContain("1 message moved back");
        await ErrorsShouldBeAsync(1);
    }

    [Fact]
    public async Task A_queue_that_is_not_Fleets_is_refused_in_a_sentence()
    {
        (await ErrorsAsync("replay", "somebody-elses")).ShouldBe((1, "Fleet has no queue somebody-elses; see deploy/errors.sh list.\n"));
        (await ErrorsAsync("list")).ShouldBe((0, "Nothing: every message was handled or is under way.\n"));
        (await ErrorsAsync("replay", "--all")).ShouldBe((0, "Nothing to move.\n"));
    }

    [Fact]
    public async Task What_breaks_a_rule_is_not_tried_again_and_every_failure_is_counted()
    {
        var counted = 0L;
        // Made before the listener hears of it: within its own making it would not be known yet.
        var failed = FleetMeter.MessagesFailed;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument == failed) l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) => Interlocked.Add(ref counted, tags.ToArray().Contains(new("messaging.destination.name", Queue)) ? count : 0));
        listener.Start();
        var refused = await PublishAsync(() => new MessageRefusedException("A device has no such colour."));
        var failing = await PublishAsync(() => new InvalidOperationException("A hiccup that lasts."));

        await ErrorsShouldBeAsync(2);
        Tries.Count(t => t == refused.Meta.EventId).ShouldBe(1);
        Tries.Count(t => t == failing.Meta.EventId).ShouldBe(6);
        await Eventually.ShouldAsync(() =>
        {
            Interlocked.Read(ref counted).ShouldBeGreaterThanOrEqualTo(2);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public void Nobody_is_told_how_the_bus_is_used() =>
        _service.Services.GetRequiredService<IOptions<UsageTelemetryOptions>>().Value.Enabled.ShouldBeFalse();

    [Fact]
    public async Task A_fault_that_most_messages_meet_pauses_the_queue_and_loses_none()
    {
        var isMended = false;
        var events = new List<DeviceRegistered>();
        for (var i = 0; i < 100; i++) events.Add(await PublishAsync(() => isMended ? null : new MessageRefusedException("Nothing works.")));
        await Eventually.ShouldAsync(() =>
        {
            _service.State.IsConnected.ShouldBeFalse();
            return Task.CompletedTask;
        });
        isMended = true;
        var waiting = events.Count - (int)await _broker.CountAsync($"{Queue}_error");
        waiting.ShouldBeGreaterThan(0);

        await Eventually.ShouldAsync(async () =>
        {
            var handled = 0;
            foreach (var told in events) handled += (await _service.Store.FindAsync<Thing>(told.Meta.EventId.ToString(), CancellationToken.None)) is null ? 0 : 1;
            (handled + (int)await _broker.CountAsync($"{Queue}_error")).ShouldBeGreaterThanOrEqualTo(events.Count);
        });
    }

    private async Task<DeviceRegistered> PublishAsync(Func<Exception?> answer)
    {
        var told = new DeviceRegistered { Meta = new EventMeta { EventId = Guid.CreateVersion7(), AggregateId = Guid.CreateVersion7() } };
        Told[told.Meta.EventId] = answer;
        await _broker.PublishAsync(told);
        return told;
    }

    private async Task HandledAsync(DeviceRegistered told) => (await _service.Store.FindAsync<Thing>(told.Meta.EventId.ToString(), CancellationToken.None)).ShouldNotBeNull();

    private Task ErrorsShouldBeAsync(uint count) => Eventually.ShouldAsync(async () =>
    {
        (await _broker.CountAsync($"{Queue}_error")).ShouldBe(count);
        (await _broker.CountAsync(Queue)).ShouldBe(0u);
    });

    private async Task<(int Code, string Output)> ErrorsAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Root, "deploy/errors.sh"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["FLEET_RABBITMQ"] = _broker.Uri;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + error);
    }

    /// <summary>Does with each event what the test says.</summary>
    private sealed class RecordEntry(IDocumentStore store) : IConsumer<DeviceRegistered>
    {
        public async Task Consume(ConsumeContext<DeviceRegistered> context)
        {
            var id = context.Message.Meta.EventId;
            Tries.Add(id);
            if (Told[id]() is { } error) throw error;
            await store.WriteAsync(new Document<Thing>(id.ToString(), 0, new Thing()), [], null, context.CancellationToken);
        }
    }
}
