using Fleet.Platform.Store;
using Fleet.Platform.Work;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fleet.Platform.Bus;

/// <summary>MassTransit over RabbitMQ as Fleet uses it: quorum queues, one consumer each, patience while the store is away, short jittered retry, then <c>_error</c>.</summary>
internal static class BusRegistration
{
    public static void Add(IServiceCollection services, IReadOnlyDictionary<Type, IReadOnlyList<string>> deliveries, Action<BusConsumers> configure)
    {
        var consumers = new BusConsumers();
        configure(consumers);

        services.AddMassTransit(bus =>
        {
            // It would report to its makers what it is used for.
            bus.DisableUsageTelemetry();
            foreach (var consumer in consumers.All) bus.AddConsumer(consumer.Type);
            bus.AddReceiveEndpointObserver(p => p.GetRequiredService<BrokerState>());
            bus.AddReceiveEndpointObserver(p => p.GetRequiredService<BrokenEndpoints>());
            bus.UsingRabbitMq((context, rabbit) =>
            {
                var service = context.GetRequiredService<ServiceName>().Value;
                rabbit.Host(new Uri(HostUri(context.GetRequiredService<IOptions<FleetOptions>>().Value.BrokerUri)), service, _ => { });
                rabbit.ConfigureJsonSerializerOptions(FleetJson.Configure);
                foreach (var consumer in consumers.All) Receive(rabbit, context, QueueName(service, consumer.Type), consumer);
            });
        });
        services.Configure<MassTransitHostOptions>(o =>
        {
            // A service starts, and accepts commands, while the broker is away.
            o.WaitUntilStarted = false;
            o.StopTimeout = TimeSpan.FromSeconds(10);
        });

        services.AddSingleton(provider => new Deliveries(provider.GetRequiredService<ServiceName>().Value, deliveries, consumers.All));
        services.AddSingleton(p => new BrokerState(consumers.All.Select(c => QueueName(p.GetRequiredService<ServiceName>().Value, c.Type))));
        WorkRegistration.AddLeases(services);
        services.AddSingleton<BrokenEndpoints>();
        services.AddSingleton<Topology>();
        services.AddSingleton<Dispatcher>();
        services.AddHostedService(p => p.GetRequiredService<Dispatcher>());
        services.AddHealthChecks().AddCheck<Topology>("topology", HealthStatus.Unhealthy);
    }

    private static void Receive(IRabbitMqBusFactoryConfigurator rabbit, IBusRegistrationContext context, string queue, BusConsumers.Consumer consumer) =>
        rabbit.ReceiveEndpoint(queue, endpoint =>
        {
            endpoint.SetQuorumQueue();
            endpoint.PrefetchCount = (ushort)Math.Max(32, consumer.Concurrency * 2);
            endpoint.ConcurrentMessageLimit = consumer.Concurrency;
            endpoint.PublishFaults = false;
            // While the store is away consumers wait, which is no fault of theirs: the switch is for a fault that most messages meet.
            endpoint.UseKillSwitch(k => k.SetActivationThreshold(10).SetTripThreshold(0.2).SetRestartTimeout(TimeSpan.FromSeconds(10))
                .SetExceptionFilter(f => f.Handle<Exception>(ConsumerPatience.IsFault)));
            endpoint.UseMessageRetry(r => r.SetRetryPolicy(_ => new ConsumerPatience(
                context.GetRequiredService<StoreHealth>(), context.GetRequiredService<TimeProvider>(), context.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping)));
            ErrorQueue.Configure(endpoint, context.GetRequiredService<ILogger<ErrorQueue>>(), queue);
            endpoint.ConfigureConsumer(context, consumer.Type);
        });

    internal static string QueueName(string service, Type consumer) => new KebabCaseEndpointNameFormatter(service, false).SanitizeName($"{service}-{Kebab(consumer)}");

    private static string Kebab(Type consumer) => KebabCaseEndpointNameFormatter.Instance.SanitizeName(consumer.Name.Split('`')[0]);

    /// <summary>MassTransit speaks of rabbitmq:// where everybody else says amqp://.</summary>
    private static string HostUri(string amqp) => amqp.StartsWith("amqps:", StringComparison.Ordinal) ? "rabbitmqs" + amqp[5..]
        : amqp.StartsWith("amqp:", StringComparison.Ordinal) ? "rabbitmq" + amqp[4..] : amqp;
}
