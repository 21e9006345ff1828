namespace Fleet.Gateway.Domain;

/// <summary>
/// Whether a request was made by a page of this installation. Every browser in use sends Sec-Fetch-Site, or at least Origin, with what
/// changes something; a request with neither comes from no browser, and no browser lends it a session. Source: Fetch Metadata
/// (w3.org/TR/fetch-metadata) and the algorithm of Go's net/http.CrossOriginProtection.
/// </summary>
internal static class SameOrigin
{
    /// <param name="secFetchSite">Header Sec-Fetch-Site, or null.</param>
    /// <param name="origin">Header Origin, or null.</param>
    /// <param name="host">The host and port the request was sent to.</param>
    public static bool Holds(string? secFetchSite, string? origin, string host)
    {
        if (!string.IsNullOrEmpty(secFetchSite)) return secFetchSite is "same-origin" or "none";
        if (string.IsNullOrEmpty(origin)) return true;
        return Uri.TryCreate(origin, UriKind.Absolute, out var url) && url.Authority.Equals(WithoutDefaultPort(url.Scheme, host), StringComparison.OrdinalIgnoreCase);
    }

    private static string WithoutDefaultPort(string scheme, string host) =>
        Uri.TryCreate($"{scheme}://{host}", UriKind.Absolute, out var url) ? url.Authority : host;
}
