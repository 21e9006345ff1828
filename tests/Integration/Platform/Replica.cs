using System.Reflection;
using Fleet.Contracts;
using Fleet.Platform;
using Fleet.Platform.Bus;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fleet.Tests.Integration.Platform;

/// <summary>A thing that a test stores, and whose news it publishes.</summary>
public sealed record Thing
{
    public static readonly DocumentType<Thing> Documents = new("things");

    public string Name { get; init; } = "";
}

/// <summary>A process of a small service within the test's own: a store, the bus, perhaps a consumer. Several may share one data folder, as replicas do.</summary>
internal sealed class Replica(WebApplication app) : IAsyncDisposable
{
    public IServiceProvider Services => app.Services;

    public IDocumentStore Store => app.Services.GetRequiredService<IDocumentStore>();

    public BrokerState State => app.Services.GetRequiredService<BrokerState>();

    /// <param name="folder">Where its store lies.</param>
    /// <param name="broker">The broker's URI.</param>
    /// <param name="queues">Who gets which event.</param>
    /// <param name="configure">Adds consumers, work, or another store.</param>
    /// <param name="consumers">The consumers.</param>
    /// <param name="service">Its name, by which its queues are named.</param>
    public static async Task<Replica> StartAsync(
        string folder, string broker, Dictionary<Type, IReadOnlyList<string>> queues, Action<WebApplicationBuilder>? configure = null, Action<BusConsumers>? consumers = null, string service = "replica")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseKestrelCore();
        builder.Configuration["Fleet:Data"] = folder;
        builder.Configuration["Fleet:Broker"] = broker;
        builder.AddFleet(service).AddDocumentStore(Thing.Documents).AddBus(queues, consumers ?? (_ => { }));
        builder.Logging.ClearProviders();
        configure?.Invoke(builder);
        var replica = new Replica(builder.Build());
        await replica.StartAsync();
        return replica;
    }

    /// <summary>Stores a new thing with the event that it is there. Returns the event's id.</summary>
    public async Task<Guid> StoreAsync(object? message = null)
    {
        var id = Guid.CreateVersion7();
        var meta = new Cause(new Actor { Subject = "test", Role = "it" }, Guid.CreateVersion7(), TimeProvider.System.GetUtcNow()).Meta(id, 1, 1, TimeProvider.System.GetUtcNow(), null);
        var happened = new PendingEvent(meta.EventId, meta.CorrelationId, meta.RecordedAt, message ?? new DeviceRegistered { Meta = meta });
        (await Store.WriteAsync(Document<Thing>.New(id, new Thing { Name = "new" }), [happened], CancellationToken.None)).IsWritten.ShouldBeTrue();
        return meta.EventId;
    }

    /// <summary>Stops as a process that is asked to does.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task StartAsync()
    {
        await app.StartAsync();
        await Eventually.ShouldAsync(() =>
        {
            State.IsConnected.ShouldBeTrue();
            return Task.CompletedTask;
        });
    }
}

/// <summary>A store that does what a test says before it does what it is asked.</summary>
public class StoreUnderTest : DispatchProxy
{
    private IDocumentStore _inner = null!;
    private Func<string, object?> _before = null!;

    /// <summary>Puts itself in front of the service's store.</summary>
    /// <param name="services">The service's container.</param>
    /// <param name="before">Given the method's name; throws, or answers instead of the store, or returns null.</param>
    public static void InFrontOf(IServiceCollection services, Func<string, object?> before)
    {
        var store = services.Single(s => s.ServiceType == typeof(IDocumentStore));
        services.Remove(store);
        services.AddSingleton(provider =>
        {
            var proxy = InFrontOf((IDocumentStore)store.ImplementationFactory!(provider), before);
            // What it says counts for the process as what the store says.
            return (IDocumentStore)new WatchedStore(proxy, provider.GetRequiredService<StoreHealth>());
        });
    }

    /// <summary>The same in front of any store.</summary>
    public static IDocumentStore InFrontOf(IDocumentStore store, Func<string, object?> before)
    {
        var proxy = Create<IDocumentStore, StoreUnderTest>();
        ((StoreUnderTest)(object)proxy)._inner = store;
        ((StoreUnderTest)(object)proxy)._before = before;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        try
        {
            return _before(targetMethod!.Name) ?? targetMethod.Invoke(_inner, args);
        }
        catch (TargetInvocationException error)
        {
            throw error.InnerException!;
        }
    }
}
