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
        services.AddSingleton<IDocumentStore>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<FleetOptions>>().Value;
            var service = provider.GetRequiredService<ServiceName>().Value;
            return options.Store == "mongo"
                ? MongoDocumentStore.Open(
                    options.MongoConnectionString ?? throw new InvalidOperationException("Fleet:Store is mongo; set Fleet:Mongo or Fleet:MongoFile."), $"fleet_{service}", types)
                : SqliteDocumentStore.Open(Path.Combine(options.Data, $"{service}.db"), types);
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
