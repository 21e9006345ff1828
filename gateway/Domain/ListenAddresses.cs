using System.Net;

namespace Fleet.Gateway.Domain;

/// <summary>Where a process listens, as its configuration says it.</summary>
internal static class ListenAddresses
{
    /// <summary>Whether nobody outside this machine can reach any of these URLs.</summary>
    public static bool AreLoopback(IEnumerable<string> urls) => urls.All(IsLoopback);

    private static bool IsLoopback(string url)
    {
        // Not a Uri: http://+:80 and http://unix:/run/socket are good addresses here.
        var rest = url.IndexOf("://", StringComparison.Ordinal) is var at and > 0 ? url[(at + 3)..] : url;
        if (rest.StartsWith("unix:/", StringComparison.Ordinal)) return true;
        var host = rest.Split('/')[0];
        if (host.StartsWith('[')) host = host[1..].Split(']')[0];
        else host = host.Split(':')[0];
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }
}
