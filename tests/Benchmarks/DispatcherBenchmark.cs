using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Fleet.Contracts;
using Fleet.Platform;
using Fleet.Platform.Bus;
using Fleet.Platform.Store;
using Fleet.Tests.EndToEnd;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Fleet.Tests.Benchmarks;

/// <summary>
/// Events per second of the dispatcher (read from the store, publish through the bus, confirm, clear) against a bare client that publishes the same
/// bodies to the same exchange and queue with as many confirms outstanding; both in this run, in turns.
/// </summary>
internal static class DispatcherBenchmark
{
    private const int Events = 20000;
    private const int Rounds = 5;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("fleet-dispatcher-").FullName;
        var host = $"benchmark-{Environment.ProcessId}";
        (await Installation.RunAsync("rabbitmqctl", ["-q", "add_vhost", host])).ExitCode.ShouldBe(0);
        (await Installation.RunAsync("rabbitmqctl", ["-q", "set_permissions", "-p", host, "guest", ".*", ".*", ".*"])).ExitCode.ShouldBe(0);
        var broker = $"amqp://guest:guest@127.0.0.1:5672/{host}";
        try
        {
            for (var round = 0; round < Rounds; round++)
            {
                var dispatched = await DispatchAsync(folder, broker);
                var bare = await PublishBareAsync(broker);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"dispatcher {Events / dispatched.TotalSeconds:0} events/s, bare publisher {Events / bare.TotalSeconds:0} events/s, ratio {bare / dispatched:0.00}"));
            }
        }
        finally
        {
            await Installation.RunAsync("rabbitmqctl", ["-q", "delete_vhost", host]);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<TimeSpan> DispatchAsync(string folder, string broker)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Fleet:Data"] = folder;
        builder.Configuration["Fleet:Broker"] = broker;
        builder.AddFleet("benchmark").AddDocumentStore(new DocumentType<Thing>("things"))
            .AddBus(new Dictionary<Type, IReadOnlyList<string>> { [typeof(DeviceIssued)] = ["sink"] }, _ => { });
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        var store = app.Services.GetRequiredService<IDocumentStore>();
        await Task.WhenAll(Enumerable.Range(0, Events).Select(_ => Task.Run(() =>
        {
            var message = Message();
            return store.WriteAsync(Document<Thing>.New(Guid.CreateVersion7(), new Thing("t")), [new PendingEvent(message.Meta.EventId, Guid.Empty, message.Meta.RecordedAt, message)], CancellationToken.None);
        })));

        var dispatcher = app.Services.GetRequiredService<Dispatcher>();
        var start = Stopwatch.GetTimestamp();
        await dispatcher.StartAsync(CancellationToken.None);
        while ((await store.ReadPendingAsync(1, CancellationToken.None)).Count > 0) await Task.Delay(5);
        var elapsed = Stopwatch.GetElapsedTime(start);
        await dispatcher.StopAsync(CancellationToken.None);
        return elapsed;
    }

    private static async Task<TimeSpan> PublishBareAsync(string broker)
    {
        var factory = new ConnectionFactory { Uri = new Uri(broker) };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        var bodies = Enumerable.Range(0, Events).Select(_ => JsonSerializer.SerializeToUtf8Bytes(Message(), FleetJson.Options)).ToList();
        var start = Stopwatch.GetTimestamp();
        foreach (var batch in bodies.Chunk(500))
        {
            await Task.WhenAll(batch.Select(body => channel.BasicPublishAsync(
                "fleet.assignment.device-issued.v1", "", mandatory: true, new BasicProperties { DeliveryMode = DeliveryModes.Persistent }, body).AsTask()));
        }

        return Stopwatch.GetElapsedTime(start);
    }

    private static DeviceIssued Message() => new()
    {
        Meta = new Cause(new Actor { Subject = "benchmark", Role = "it" }, Guid.CreateVersion7(), TimeProvider.System.GetUtcNow())
            .Meta(Guid.CreateVersion7(), 2, 2, TimeProvider.System.GetUtcNow(), null),
        Custody = new CustodyState { DeviceId = Guid.CreateVersion7(), AssetTag = "LT-0001", Kind = "laptop", Status = "held", Spells = [new CustodySpell { State = "held", From = TimeProvider.System.GetUtcNow() }] },
    };

    private sealed record Thing(string Name);
}
