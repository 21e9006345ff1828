using System.Reflection;
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

    public Task DeliverAsync(string queue, IFleetEvent fact) =>
        (Task)typeof(Site).GetMethod(nameof(ConsumeAsync), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(fact.GetType()).Invoke(null, [_consumers[queue], fact])!;

    /// <summary>What it has to tell since the last call, as the others read it.</summary>
    public async Task<IReadOnlyList<IFleetEvent>> PublishAsync()
    {
        var pending = await Store.ReadPendingAsync(100, CancellationToken.None);
        if (pending.Count > 0) await Store.ClearPendingAsync(pending, CancellationToken.None);
        return [.. pending.Select(p => (IFleetEvent)JsonSerializer.Deserialize(p.Body, Events[p.MessageType], FleetJson.Options)!)];
    }

    private static Task ConsumeAsync<T>(IConsumer<T> consumer, T message) where T : class, IFleetEvent
    {
        var context = DispatchProxy.Create<ConsumeContext<T>, Delivery>();
        ((Delivery)(object)context).Message = message;
        return consumer.Consume(context);
    }

    /// <summary>The little of a delivery that our consumers look at. Not sealed: the proxy is made from it.</summary>
#pragma warning disable CA1852
    internal class Delivery : DispatchProxy
    {
        public object? Message { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.Name switch
        {
            $"get_{nameof(ConsumeContext<>.Message)}" => Message,
            $"get_{nameof(PipeContext.CancellationToken)}" => CancellationToken.None,
            var other => throw new NotSupportedException($"No consumer asked for {other} before."),
        };
    }
#pragma warning restore CA1852
}
