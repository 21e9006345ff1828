namespace Fleet.Platform.Bus;

/// <summary>The system's table of who gets which event, checked against what this service really consumes.</summary>
internal sealed class Deliveries
{
    /// <summary>Throws <see cref="InvalidOperationException"/> when the table and this service's consumers differ.</summary>
    public Deliveries(string service, IReadOnlyDictionary<Type, IReadOnlyList<string>> queues, IReadOnlyList<BusConsumers.Consumer> consumers)
    {
        Queues = queues;
        var stated = queues.SelectMany(e => e.Value.Where(q => q.StartsWith(service + "-", StringComparison.Ordinal)).Select(q => $"{e.Key.Name} to {q}")).ToHashSet();
        var handled = consumers.SelectMany(c => c.Handles.Select(m => $"{m.Name} to {BusRegistration.QueueName(service, c.Type)}")).ToHashSet();
        stated.SymmetricExceptWith(handled);
        if (stated.Count > 0)
            throw new InvalidOperationException($"The table of deliveries and the consumers of {service} differ in: {string.Join(", ", stated)}.");
        MessageTypes = queues.Keys.ToDictionary(t => t.FullName!);
    }

    /// <summary>Event type to queue names.</summary>
    public IReadOnlyDictionary<Type, IReadOnlyList<string>> Queues { get; }

    /// <summary>Event types by full name, to read stored events back.</summary>
    public IReadOnlyDictionary<string, Type> MessageTypes { get; }
}
