using System.Collections.Concurrent;
using System.Net;
using Fleet.Gateway.Domain;

namespace Fleet.Gateway.Security;

/// <summary>
/// Says in the log when requests come through a proxy whose word does not count: all who come through it look like one sender, and one of them
/// who guesses passwords uses up the tries of all.
/// </summary>
internal static partial class UntrustedProxyWarning
{
    // Anybody can send the header; the log is not theirs to fill.
    private const int AddressesAtMost = 10;

    /// <summary>Once for each address; a warning that comes with the first such request.</summary>
    public static Func<HttpContext, RequestDelegate, Task> For(IReadOnlyCollection<IPAddress> trusted, ILogger logger)
    {
        var known = new ConcurrentDictionary<IPAddress, bool>();
        return (http, next) =>
        {
            if (http.Request.Headers.ContainsKey("X-Forwarded-For") && http.Connection.RemoteIpAddress is { } sender)
            {
                if (sender.IsIPv4MappedToIPv6) sender = sender.MapToIPv4();
                if (known.Count < AddressesAtMost && !trusted.Contains(sender) && known.TryAdd(sender, true)) LogUntrusted(logger, sender);
            }

            return next(http);
        };
    }

    /// <summary>At the start: reachable from elsewhere, and no proxy is named.</summary>
    public static void AtStart(IEnumerable<string> urls, IReadOnlyCollection<IPAddress> trusted, ILogger logger)
    {
        if (trusted.Count == 0 && !ListenAddresses.AreLoopback(urls)) LogNoneTrusted(logger);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "Requests come from {Proxy} on behalf of others (X-Forwarded-For), and it is not a trusted proxy: everybody behind it counts as one sender and shares one limit, "
        + "also for wrong passwords. If it is your proxy, set Fleet__TrustedProxies__0={Proxy}")]
    private static partial void LogUntrusted(ILogger logger, IPAddress proxy);

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "The gateway can be reached from other machines and trusts no proxy. If a reverse proxy stands before it, everybody behind that counts as one sender and shares one limit, "
        + "also for wrong passwords: set Fleet__TrustedProxies__0 to its address")]
    private static partial void LogNoneTrusted(ILogger logger);
}
