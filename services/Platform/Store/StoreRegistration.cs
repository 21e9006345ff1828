using Fleet.Platform.Store.Mongo;
using Fleet.Platform.Store.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Fleet.Platform.Store;

/// <summary>Picks the store's adapter.</summary>
internal static class StoreRegistration
{
    public static void Add(IServiceCollection services, DocumentType[] types)
    {
        foreach (var type in types) services.AddSingleton(type);
        services.AddSingleton<StoreHealth>();
        services.AddSingleton<IDocumentStore>(provider =>
        {
            // The service's own, and those of the platform's parts that keep something.
            DocumentType[] all = [.. provider.GetServices<DocumentType>()];
            var options = provider.GetRequiredService<IOptions<FleetOptions>>().Value;
            var service = provider.GetRequiredService<ServiceName>().Value;
            var schema = provider.GetService<Schema>() ?? Schema.First;
            IDocumentStore store = options.Store == "mongo"
                ? MongoDocumentStore.Open(
                    options.MongoConnectionString ?? throw new StartRefusedException("Fleet:Store is mongo: set Fleet:Mongo or Fleet:MongoFile."),
                    $"fleet_{service}", schema, Path.Combine(options.Data, $"{service}.mongo.made"), all)
                : SqliteDocumentStore.Open(Path.Combine(options.Data, $"{service}.db"), schema, all);
            return new WatchedStore(store, provider.GetRequiredService<StoreHealth>());
        });
        services.AddHealthChecks().AddCheck<StoreCheck>("store");
    }

    /// <summary>Writes, because a full disk reads well. What is known to be away is probed already: nobody has to wait for a server that does not answer.</summary>
    private sealed class StoreCheck(IDocumentStore store, StoreHealth health) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            if (health.Reason is { } reason) return HealthCheckResult.Unhealthy(reason);
            try
            {
                await store.CheckAsync(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (StoreUnavailableException error)
            {
                return HealthCheckResult.Unhealthy(error.Message);
            }
        }
    }
}
