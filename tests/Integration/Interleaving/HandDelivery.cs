using System.Reflection;
using Fleet.Contracts;
using MassTransit;

namespace Fleet.Tests.Integration.Interleaving;

/// <summary>Gives a consumer a message without a broker.</summary>
internal static class HandDelivery
{
    public static Task DeliverAsync(IConsumer consumer, IFleetEvent fact) =>
        (Task)typeof(HandDelivery).GetMethod(nameof(ConsumeAsync), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(fact.GetType()).Invoke(null, [consumer, fact])!;

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
