using Fleet.Gateway.Security;
using Fleet.Platform.Security;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;

namespace Fleet.Gateway.Proxy;

/// <summary>Which path leads to which service, and who may go there at all. What a caller may do there, the service decides.</summary>
internal static class ProxyRoutes
{
    public const string Portal = "portal";
    private static readonly string[] BusinessServices = ["inventory", "assignment", "provisioning", "audit"];

    // What the portal shows before anybody is signed in.
    private static readonly string[] OpenPages = ["/sign-in", "/sign-in/code", "/password", "/culture", "/accessibility", "/imprint", "/privacy", "/css/{**rest}", "/js/{**rest}", "/img/{**rest}", "/fonts/{**rest}", "/favicon.ico", "/favicon.svg", "/robots.txt"];

    /// <summary>A service whose answers may keep its caller waiting: the same destination, with more patience.</summary>
    private static string Waiting(string service) => $"{service}-waiting";

    public static void Add(IServiceCollection services)
    {
        services.AddReverseProxy()
            .AddTransforms(ForwardedRequest.Describe)
            .AddTransforms(TellSecondFactor.Describe)
            .AddTransforms(TellSignIn.Describe)
            // A host that does not even refuse (switched off, gone from the network) is not waited for as long as one that works on an answer.
            .ConfigureHttpClient((_, handler) => handler.ConnectTimeout = TimeSpan.FromSeconds(3));
        services.AddSingleton<IProxyConfigProvider>(provider => new InMemoryConfigProvider(Routes(), Clusters(provider.GetRequiredService<IOptions<GatewayOptions>>().Value)));
        foreach (var service in BusinessServices.Append(Portal)) ServiceHealth.Add(services, service);
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapReverseProxy(proxy =>
        {
            proxy.Use(ForwardingProblems.Handle);
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        }).ConfigureEndpoints((endpoint, route) =>
        {
            if (route.ClusterId == Portal) endpoint.WithMetadata(new Callers.Page());
            if (route.AuthorizationPolicy is null) endpoint.RequireRole([.. Roles.All]);
        });

    private static List<RouteConfig> Routes() =>
    [
        .. BusinessServices.Select(s => Route(s, s, $"/api/{s}/{{**rest}}")),
        .. BusinessServices.Select(s => Open(Route($"{s}-openapi", s, $"/openapi/{s}.json"))),
        Route("vpn-agent", Waiting("provisioning"), "/api/provisioning/gateways/{id}/peers"),
        Route("scim", "assignment", "/scim/{**rest}"),
        .. OpenPages.Select(path => Open(Route($"open {path}", Portal, path))),
        .. TellSecondFactor.Pages.Select(path => Open(Route(path, Portal, path))),
        Route("pages", Portal, "/{**rest}"),
    ];

    private static RouteConfig Route(string id, string cluster, string path) => new() { RouteId = id, ClusterId = cluster, Match = new RouteMatch { Path = path } };

    private static RouteConfig Open(RouteConfig route) => route with { AuthorizationPolicy = "anonymous" };

    private static List<ClusterConfig> Clusters(GatewayOptions options)
    {
        var clusters = options.Services.Select(s => Cluster(s.Key, s.Value, options.Limits.AnswerSeconds)).ToList();
        clusters.Add(Cluster(Waiting("provisioning"), options.Services["provisioning"], options.Limits.WaitSeconds));
        return clusters;
    }

    private static ClusterConfig Cluster(string name, string address, double patienceSeconds) => new()
    {
        ClusterId = name,
        // One failed check is news; to tolerate more would only say later what forwarding finds out anyway.
        Metadata = new Dictionary<string, string> { [ConsecutiveFailuresHealthPolicyOptions.ThresholdMetadataName] = "1" },
        Destinations = new Dictionary<string, DestinationConfig> { [name] = new() { Address = address } },
        HttpRequest = new() { ActivityTimeout = TimeSpan.FromSeconds(patienceSeconds) },
        HealthCheck = new()
        {
            Active = new() { Enabled = true, Path = "/health/ready", Interval = TimeSpan.FromSeconds(5), Timeout = TimeSpan.FromSeconds(3) },
            Passive = new() { Enabled = true, Policy = HealthCheckConstants.PassivePolicy.TransportFailureRate, ReactivationPeriod = TimeSpan.FromSeconds(5) },
            // With no healthy destination the unhealthy ones are tried: a service that is up again is reached at once, not after the next
            // check, and one that only lacks its broker still takes commands.
            AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
        },
    };
}
