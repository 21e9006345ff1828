using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fleet.Gateway.Security;

/// <summary>Without the broker the gateway lets people in and forwards as ever; only its news wait. So that degrades its readiness and never ends it: it is the one door.</summary>
internal static class DoorStaysOpen
{
    private static readonly string[] OfTheBroker = ["topology", "masstransit-bus"];

    public static void Add(IServiceCollection services) => services.PostConfigure<HealthCheckServiceOptions>(options =>
    {
        foreach (var check in options.Registrations.Where(r => OfTheBroker.Contains(r.Name)))
        {
            var make = check.Factory;
            check.Factory = provider => new Degrading(make(provider));
            check.FailureStatus = HealthStatus.Degraded;
        }
    });

    private sealed class Degrading(IHealthCheck check) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var result = await check.CheckHealthAsync(context, cancellationToken);
            return result.Status == HealthStatus.Unhealthy ? HealthCheckResult.Degraded(result.Description) : result;
        }
    }
}
