using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace Fleet.Platform.Bus;

/// <summary>
/// Declares every queue that any event is delivered to, with its bindings, before this process publishes anything. An event published before
/// its queue exists would be lost for that consumer; services start in any order, so the publisher declares them.
/// The shapes are those MassTransit declares for a receive endpoint, so that it finds them as it would have made them.
/// </summary>
internal sealed class Topology(Deliveries deliveries, ServiceName service, BrokerState broker, IOptions<FleetOptions> options) : IHealthCheck
{
    private bool _declared;

    /// <summary>A connection of this process's own; it does not come back by itself. Throws when the broker cannot be reached.</summary>
    /// <param name="purpose">Shown in the broker's list of connections.</param>
    public Task<IConnection> ConnectAsync(string purpose, CancellationToken ct) => new ConnectionFactory
    {
        Uri = new Uri(options.Value.BrokerUri),
        ClientProvidedName = $"{service.Value} {purpose}",
        AutomaticRecoveryEnabled = false,
    }.CreateConnectionAsync(ct);

    /// <summary>Declares everything; what is there already stays as it is.</summary>
    public async Task DeclareAsync(IConnection connection, CancellationToken ct)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        foreach (var queue in deliveries.Queues.Values.SelectMany(q => q).Distinct())
        {
            await channel.ExchangeDeclareAsync(queue, ExchangeType.Fanout, durable: true, cancellationToken: ct);
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false,
                new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: ct);
            await channel.QueueBindAsync(queue, queue, "", cancellationToken: ct);
        }

        foreach (var (message, queues) in deliveries.Queues)
        {
            var exchange = ExchangeOf(message);
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, cancellationToken: ct);
            foreach (var queue in queues) await channel.ExchangeBindAsync(queue, exchange, "", cancellationToken: ct);
        }

        _declared = true;
    }

    /// <summary>Unhealthy: never declared, so events could be lost for a consumer. Degraded: commands are taken, news is late.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        !_declared ? HealthCheckResult.Unhealthy("The queues are not declared yet; the broker has not answered.")
        : !broker.Publishes ? HealthCheckResult.Degraded("The broker does not answer; events wait in the store.")
        : broker.Silent is { Count: > 0 } silent ? HealthCheckResult.Degraded($"Not read at the moment: {string.Join(", ", silent)}.")
        : HealthCheckResult.Healthy());

    /// <summary>The exchange an event is published to: its entity name.</summary>
    public static string ExchangeOf(Type message) =>
        message.GetCustomAttributes(typeof(EntityNameAttribute), false) is [EntityNameAttribute name] ? name.EntityName
            : throw new InvalidOperationException($"{message.Name} has no entity name.");
}
