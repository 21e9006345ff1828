namespace Fleet.Gateway.Domain;

/// <summary>Where to go after signing in: a path of this installation and nowhere else.</summary>
internal static class LocalUrl
{
    public const string Start = "/";

    /// <summary>The wanted path, or the start page when it leads (or could be read as leading) elsewhere.</summary>
    public static string Or(string? wanted) => IsLocal(wanted) ? wanted! : Start;

    // Browsers read \ as /, and // as another host; they drop tabs and line breaks before looking.
    private static bool IsLocal(string? url) =>
        url is { Length: <= 2000 } && url.StartsWith('/') && !url.StartsWith("//", StringComparison.Ordinal)
        && !url.Contains('\\') && !url.Any(char.IsControl);

    /// <summary>A page of the portal that comes back to where the person wanted to go.</summary>
    public static string PageFor(string page, string? returnUrl, string? error = null, string? done = null)
    {
        var query = new List<string>();
        if (error is not null) query.Add($"error={error}");
        if (done is not null) query.Add($"done={done}");
        if (Or(returnUrl) is var local && local != Start) query.Add($"returnUrl={Uri.EscapeDataString(local)}");
        return query.Count == 0 ? page : $"{page}?{string.Join('&', query)}";
    }
}
