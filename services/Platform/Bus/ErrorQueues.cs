using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Fleet.Platform.Bus;

/// <summary>Why the queues of what could not be handled cannot be read, in a sentence for the operator.</summary>
public sealed class ErrorQueuesException(string message) : Exception(message);

/// <summary>
/// The queues beside those of the table of deliveries, in which consumers leave what they cannot handle (<c>_error</c>) or what was never meant for
/// them (<c>_skipped</c>).
/// </summary>
public sealed class ErrorQueues : IAsyncDisposable
{
    private static readonly string[] Endings = ["_error", "_skipped"];

    // What was added about the failure; a message that is replayed starts anew.
    private static readonly string[] FaultHeaders = ["MT-Fault-", "MT-Reason", "x-delivery-count", "x-death", "x-first-death-", "x-last-death-"];
    private static readonly CreateChannelOptions Confirmed = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    private readonly IConnection _connection;

    private readonly IReadOnlyList<string> _names;

    private ErrorQueues(IConnection connection, IReadOnlyList<string> names) => (_connection, _names) = (connection, names);

    /// <summary>Connects to the broker. Throws <see cref="ErrorQueuesException"/> when there is none.</summary>
    /// <param name="uri">amqp://user:password@host:port/vhost.</param>
    /// <param name="deliveries">All events of the system and the queues each is delivered to.</param>
    /// <param name="ct">Ends the attempt.</param>
    public static async Task<ErrorQueues> OpenAsync(string uri, IReadOnlyDictionary<Type, IReadOnlyList<string>> deliveries, CancellationToken ct)
    {
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var address) || address.Scheme is not ("amqp" or "amqps"))
            throw new ErrorQueuesException("FLEET_RABBITMQ is not an AMQP URI such as amqp://user:password@127.0.0.1:5672/vhost.");
        try
        {
            var names = deliveries.Values.SelectMany(q => q).Distinct().Order(StringComparer.Ordinal).SelectMany(q => Endings.Select(e => q + e)).ToList();
            return new ErrorQueues(await new ConnectionFactory { Uri = address, ClientProvidedName = "errors", AutomaticRecoveryEnabled = false }.CreateConnectionAsync(ct), names);
        }
        catch (BrokerUnreachableException error)
        {
            throw new ErrorQueuesException($"No broker can be used at {address.Host}:{address.Port}: {error.GetBaseException().Message.TrimEnd('.')}.");
        }
    }

    /// <summary>Whether a queue of this name is one of those in which something ended that could not be handled.</summary>
    public async Task<bool> ExistsAsync(string name, CancellationToken ct) => _names.Contains(name) && await CountAsync(name, ct) is not null;

    /// <summary>Every such queue that holds something.</summary>
    public async Task<IReadOnlyList<(string Name, uint Count)>> ListAsync(CancellationToken ct)
    {
        var held = new List<(string, uint)>();
        foreach (var name in _names)
        {
            if (await CountAsync(name, ct) is { } count and > 0) held.Add((name, count));
        }

        return held;
    }

    /// <summary>The oldest messages of a queue, which stay in it, and how many there are.</summary>
    public async Task<(string Name, uint Count, IReadOnlyList<FailedMessage> Messages)> ReadAsync(string queue, int most, CancellationToken ct)
    {
        var name = await FindAsync(queue, ct);
        var messages = new List<FailedMessage>();
        // Closed without an acknowledgement, the channel gives all of them back to their places.
        await using var channel = await _connection.CreateChannelAsync(cancellationToken: ct);
        var count = await channel.MessageCountAsync(name, ct);
        while (messages.Count < most && await channel.BasicGetAsync(name, autoAck: false, ct) is { } got)
            messages.Add(FailedMessage.Of(got.BasicProperties, got.Body.Span));
        return (name, count, messages);
    }

    /// <summary>
    /// Moves what is in a queue now back to where it came from. Each message is taken out only after the broker has confirmed it in its old
    /// queue: a crash in between leaves it in both, which consumers bear, and never in none.
    /// </summary>
    public async Task<uint> ReplayAsync(string queue, CancellationToken ct)
    {
        var name = await FindAsync(queue, ct);
        await using var channel = await _connection.CreateChannelAsync(Confirmed, ct);
        // What fails again meanwhile comes in behind these.
        var count = await channel.MessageCountAsync(name, ct);
        for (var moved = 0u; moved < count; moved++)
        {
            if (await channel.BasicGetAsync(name, autoAck: false, ct) is not { } got) return moved;
            var properties = new BasicProperties(got.BasicProperties);
            if (properties.Headers is { } headers)
                properties.Headers = headers.Where(h => !FaultHeaders.Any(f => h.Key.StartsWith(f, StringComparison.Ordinal))).ToDictionary();
            await channel.BasicPublishAsync("", Origin(name), mandatory: true, properties, got.Body, ct);
            await channel.BasicAckAsync(got.DeliveryTag, multiple: false, CancellationToken.None);
        }

        return count;
    }

    /// <summary>The queue whose consumer left a message there.</summary>
    public static string Origin(string name) => Endings.FirstOrDefault(name.EndsWith) is { } ending ? name[..^ending.Length] : name;

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    /// <summary>The name may be given with or without its ending.</summary>
    private async Task<string> FindAsync(string queue, CancellationToken ct)
    {
        if (!_names.Any(n => Origin(n) == Origin(queue))) throw new ErrorQueuesException($"Fleet has no queue {Origin(queue)}; see deploy/errors.sh list.");
        var name = Endings.Any(queue.EndsWith) ? queue : queue + Endings[0];
        return await CountAsync(name, ct) is null ? throw new ErrorQueuesException($"There is no queue {name}: nothing ever ended there.") : name;
    }

    /// <summary>Null: there is no such queue.</summary>
    private async Task<uint?> CountAsync(string name, CancellationToken ct)
    {
        // The broker answers a question about a queue that is not there by closing the channel.
        await using var channel = await _connection.CreateChannelAsync(cancellationToken: ct);
        try
        {
            return await channel.MessageCountAsync(name, ct);
        }
        catch (OperationInterruptedException error) when (error.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return null;
        }
    }
}
