using System.Reflection;
using Fleet.Platform.Store.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Fleet.Platform.Store;

/// <summary>Picks the store's adapter: SQLite is built in, MongoDB is a project of its own that some builds leave out.</summary>
internal static class StoreRegistration
{
    private const string MongoAssembly = "Fleet.Platform.MongoStore";

    public static void Add(IServiceCollection services, DocumentType[] types)
    {
        services.AddSingleton<IDocumentStore>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<FleetOptions>>().Value;
            var service = provider.GetRequiredService<ServiceName>().Value;
            return options.Store == "mongo"
                ? OpenMongo(options.MongoConnectionString ?? throw new InvalidOperationException("Fleet:Store is mongo; set Fleet:Mongo or Fleet:MongoFile."), service, types)
                : SqliteDocumentStore.Open(Path.Combine(options.Data, $"{service}.db"), types);
        });
        services.AddHealthChecks().AddCheck<StoreCheck>("store");
    }

    private static IDocumentStore OpenMongo(string connectionString, string service, DocumentType[] types)
    {
        Assembly adapter;
        try
        {
            adapter = Assembly.Load(MongoAssembly);
        }
        catch (FileNotFoundException)
        {
            throw new InvalidOperationException("Fleet:Store is mongo, but this build has no MongoDB adapter. Build with -p:MongoStore=true.");
        }

        var open = adapter.GetType($"{MongoAssembly}.MongoDocumentStore", throwOnError: true)!.GetMethod("Open", [typeof(string), typeof(string), typeof(DocumentType[])]);
        // Unwrapped: "MongoDB at … cannot be used" is what the operator is to read.
        return (IDocumentStore)open!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [connectionString, $"fleet_{service}", types], null)!;
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
