using System.Text.Json;
using Fleet.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Fleet.Gateway.Features.Operations;

/// <summary>Says how the gateway and every service behind it are, as they say themselves this moment.</summary>
internal static class ListServices
{
    /// <summary>The name of the client that asks them.</summary>
    public const string Client = "services";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private const string Away = "away";

    public static void Add(IServiceCollection services) => services.AddHttpClient(Client, http => http.Timeout = Patience);

    public static void MapListServices(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/services", Handle).WithName(nameof(ListServices)).WithSummary("Says how each service is").RequireRole(Roles.Admin);

    private static async Task<Ok<Services>> Handle(IHttpClientFactory clients, HealthCheckService own, IOptions<GatewayOptions> options, CancellationToken ct)
    {
        using var http = clients.CreateClient(Client);
        var others = options.Value.Services.Select(s => AskAsync(http, s.Key, s.Value, ct)).ToList();
        var report = await own.CheckHealthAsync(ct);
        // That a service is away it says of the service, not of itself.
        var parts = report.Entries.Where(e => !options.Value.Services.ContainsKey(e.Key)).Select(e => new Check(e.Key, Word(e.Value.Status))).ToList();
        var gateway = new ServiceState("gateway", Word(parts.Any(p => p.Status == Word(HealthStatus.Unhealthy)) ? HealthStatus.Unhealthy : HealthStatus.Healthy), parts);
        return TypedResults.Ok(new Services([gateway, .. await Task.WhenAll(others)]));
    }

    private static async Task<ServiceState> AskAsync(HttpClient http, string name, string address, CancellationToken ct)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(new Uri(address.TrimEnd('/') + "/"), "health/ready"), ct);
            var said = await answer.Content.ReadFromJsonAsync<Said>(ct);
            return new ServiceState(name, said?.Status ?? Away, [.. (said?.Checks ?? []).Select(c => new Check(c.Key, c.Value))]);
        }
        catch (Exception error) when (error is HttpRequestException or JsonException || (error is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new ServiceState(name, Away, []);
        }
    }

    private static string Word(HealthStatus status) => JsonNamingPolicy.CamelCase.ConvertName($"{status}");

    /// <param name="Items">The gateway first.</param>
    internal sealed record Services(IReadOnlyList<ServiceState> Items);

    /// <param name="Name">As in the paths of its API.</param>
    /// <param name="Status">healthy, degraded, unhealthy; away: it does not answer.</param>
    /// <param name="Checks">What it needs (store, broker) and how that is.</param>
    internal sealed record ServiceState(string Name, string Status, IReadOnlyList<Check> Checks);

    internal sealed record Check(string Name, string Status);

    private sealed record Said(string Status, Dictionary<string, string> Checks);
}
