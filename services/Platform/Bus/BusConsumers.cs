using MassTransit;

namespace Fleet.Platform.Bus;

/// <summary>The consumers of a service: one queue each, named {service}-{class name in kebab-case}.</summary>
public sealed class BusConsumers
{
    internal List<Consumer> All { get; } = [];

    /// <summary>Adds a consumer class with everything it implements.</summary>
    /// <param name="concurrency">How many of its messages are handled at a time.</param>
    public BusConsumers Add<TConsumer>(int concurrency = 16) where TConsumer : class, IConsumer
    {
        var handled = typeof(TConsumer).GetInterfaces()
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IConsumer<>)).Select(i => i.GetGenericArguments()[0]);
        All.Add(new Consumer(typeof(TConsumer), [.. handled], concurrency));
        return this;
    }

    internal sealed record Consumer(Type Type, IReadOnlyList<Type> Handles, int Concurrency);
}
