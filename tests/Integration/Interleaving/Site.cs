using System.Text.Json;
using Fleet.Contracts;
using Fleet.Platform;
using Fleet.Platform.Bus;
using Fleet.Platform.Store;
using MassTransit;

namespace Fleet.Tests.Integration.Interleaving;

/// <summary>Where one service lives: its own database, and its consumers by the names of their queues. What it publishes is read off its pending events.</summary>
internal sealed class Site
{
    private static readonly Dictionary<string, Type> Events = Contracts.Deliveries.Queues.Keys.ToDictionary(t => t.FullName!);

    private readonly Dictionary<string, IConsumer> _consumers = [];

    /// <param name="service">The service's short name.</param>
    /// <param name="shelf">Where its database is.</param>
    /// <param name="schema">Of what it stores.</param>
    /// <param name="types">What it stores.</param>
    public Site(string service, Databases.Shelf shelf, Schema schema, params DocumentType[] types)
    {
        Service = service;
        Store = shelf.Open(service, schema, types);
    }

    public string Service { get; }

    public IDocumentStore Store { get; }

    /// <summary>One consumer more, with its queue named as the bus names it.</summary>
    public Site With(IConsumer consumer)
    {
        _consumers.Add(BusRegistration.QueueName(Service, consumer.GetType()), consumer);
        return this;
    }

    public bool Has(string queue) => _consumers.ContainsKey(queue);

    public Task DeliverAsync(string queue, IFleetEvent fact) => HandDelivery.DeliverAsync(_consumers[queue], fact);

    /// <summary>What it has to tell since the last call, as the others read it.</summary>
    public async Task<IReadOnlyList<IFleetEvent>> PublishAsync()
    {
        var pending = await Store.ReadPendingAsync(100, CancellationToken.None);
        if (pending.Count > 0) await Store.ClearPendingAsync(pending, CancellationToken.None);
        return [.. pending.Select(p => (IFleetEvent)JsonSerializer.Deserialize(p.Body, Events[p.MessageType], FleetJson.Options)!)];
    }
}
