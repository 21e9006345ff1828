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
        services.AddSingleton<IDocumentStore>(provider =>
        {
            // The service's own, and those of the platform's parts that keep something.
            DocumentType[] all = [.. provider.GetServices<DocumentType>()];
            var options = provider.GetRequiredService<IOptions<FleetOptions>>().Value;
            var service = provider.GetRequiredService<ServiceName>().Value;
            return options.Store == "mongo"
                ? MongoDocumentStore.Open(
                    options.MongoConnectionString ?? throw new InvalidOperationException("Fleet:Store is mongo; set Fleet:Mongo or Fleet:MongoFile."), $"fleet_{service}", all)
                : SqliteDocumentStore.Open(Path.Combine(options.Data, $"{service}.db"), all);
        });
        services.AddHealthChecks().AddCheck<StoreCheck>("store");
    }

    private sealed class StoreCheck(IDocumentStore store) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await store.CheckAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }
}
