using Microsoft.Extensions.Diagnostics.HealthChecks;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Fleet.Gateway.Proxy;

/// <summary>Shows in <c>/health/ready</c> what the gateway thinks of a service. One that is away degrades the gateway and does not stop it.</summary>
internal sealed class ServiceHealth(IProxyStateLookup proxy, string service) : IHealthCheck
{
    public static void Add(IServiceCollection services, string service) => services.AddHealthChecks().Add(new HealthCheckRegistration(
        service, provider => new ServiceHealth(provider.GetRequiredService<IProxyStateLookup>(), service), HealthStatus.Degraded, []));

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(proxy.TryGetCluster(service, out var cluster) && cluster.Destinations.Values.Any(d => d.Health.Active == DestinationHealth.Healthy)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded("It does not say that it is ready."));
}
