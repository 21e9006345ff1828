using Fleet.Gateway.Domain;

namespace Fleet.Gateway.Security;

/// <summary>Where the process will listen, and whether the demo's known passwords may be reachable there.</summary>
internal static class ListenCheck
{
    /// <summary>One sentence when the start must be refused; otherwise null.</summary>
    public static string? Refuse(IConfiguration configuration) =>
        configuration.GetValue<bool>("Fleet:Demo") && !(Urls(configuration) is { } urls && ListenAddresses.AreLoopback(urls))
            ? "The demo's passwords are known to everybody: with Fleet:Demo the gateway listens on loopback addresses only (ASPNETCORE_URLS=http://127.0.0.1:8080)."
            : null;

    /// <summary>Whether any address is configured; without one the gateway takes its own default.</summary>
    public static bool IsConfigured(IConfiguration configuration) => Urls(configuration) is null or { Count: > 0 };

    /// <summary>Null: ports of all addresses.</summary>
    private static List<string>? Urls(IConfiguration configuration)
    {
        // Kestrel's own endpoints go before URLs, and URLs before bare ports.
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"] ?? "").ToList();
        if (endpoints.Count > 0) return endpoints;
        if (configuration["urls"] is { Length: > 0 } urls) return [.. urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        return configuration["http_ports"] is { Length: > 0 } || configuration["https_ports"] is { Length: > 0 } ? null : [];
    }
}
