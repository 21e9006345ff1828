using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Contracts;
using Fleet.Platform;
using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Fleet.Tests.Integration;

/// <summary>A virtual host of its own on the real broker, a tap on everything published there, and a way to publish as another service would.</summary>
public sealed class Broker : IAsyncDisposable
{
    private readonly string _name = $"test-{Guid.CreateVersion7():N}";
    private readonly List<(string Exchange, JsonNode Message)> _seen = [];
    private IConnection _connection = null!;
    private IChannel _channel = null!;

    /// <summary>Where services find it.</summary>
    public string Uri { get; private set; } = "";

    private static string Server => Environment.GetEnvironmentVariable("FLEET_TEST_RABBITMQ") ?? "amqp://guest:guest@127.0.0.1:5672";

    public static async Task<Broker> StartAsync()
    {
        var broker = new Broker();
        await RabbitMqCtlAsync("add_vhost", broker._name);
        await RabbitMqCtlAsync("set_permissions", "-p", broker._name, "guest", ".*", ".*", ".*");
        broker.Uri = $"{Server}/{broker._name}";
        broker._connection = await new ConnectionFactory { Uri = new Uri(broker.Uri) }.CreateConnectionAsync();
        broker._channel = await broker._connection.CreateChannelAsync();
        await broker.TapAsync();
        return broker;
    }

    /// <summary>The events of this type published so far, oldest first.</summary>
    public IReadOnlyList<T> Published<T>() where T : IFleetEvent
    {
        lock (_seen) return [.. _seen.Where(s => s.Exchange == Exchange(typeof(T))).Select(s => s.Message.Deserialize<T>(FleetJson.Options)!)];
    }

    /// <summary>Publishes an event as its service would, under its event id.</summary>
    public async Task PublishAsync<T>(T message) where T : IFleetEvent
    {
        var envelope = new JsonObject
        {
            ["messageId"] = message.Meta.EventId,
            ["correlationId"] = message.Meta.CorrelationId,
            ["messageType"] = new JsonArray(Urn(typeof(T))),
            ["message"] = JsonSerializer.SerializeToNode(message, FleetJson.Options),
        };
        await PublishRawAsync(Exchange(typeof(T)), JsonSerializer.SerializeToUtf8Bytes(envelope));
    }

    /// <summary>Publishes bytes as they are to an exchange or queue of the system.</summary>
    public async Task PublishRawAsync(string exchange, byte[] body)
    {
        var properties = new BasicProperties { ContentType = "application/vnd.masstransit+json", DeliveryMode = DeliveryModes.Persistent };
        await _channel.BasicPublishAsync(exchange, "", mandatory: false, properties, body);
    }

    /// <summary>How many messages a queue holds; 0 when it does not exist.</summary>
    public async Task<uint> CountAsync(string queue)
    {
        await using var channel = await _connection.CreateChannelAsync();
        try
        {
            return await channel.MessageCountAsync(queue);
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
        await RabbitMqCtlAsync("delete_vhost", _name);
    }

    private async Task TapAsync()
    {
        await _channel.QueueDeclareAsync("tap", durable: false, exclusive: true);
        foreach (var message in Deliveries.Queues.Keys)
        {
            await _channel.ExchangeDeclareAsync(Exchange(message), ExchangeType.Fanout, durable: true);
            await _channel.QueueBindAsync("tap", Exchange(message), "");
        }

        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            // Tests publish unreadable bytes too; those are not events.
            if (TryParse(delivery.Body.Span) is { } message) lock (_seen) _seen.Add((delivery.Exchange, message));
            return Task.CompletedTask;
        };
        await _channel.BasicConsumeAsync("tap", autoAck: true, consumer);
    }

    private static JsonNode? TryParse(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonNode.Parse(body)?["message"];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Exchange(Type message) => message.GetCustomAttributes(typeof(EntityNameAttribute), false).Cast<EntityNameAttribute>().Single().EntityName;

    private static string Urn(Type message) => MessageUrn.ForTypeString(message);

    private static async Task RabbitMqCtlAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("rabbitmqctl", ["-q", .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"rabbitmqctl {string.Join(' ', arguments)}: {await output}{error}");
    }
}
