namespace Fleet.Gateway.Features.Sessions;

/// <summary>Reads what a form sent.</summary>
internal static class Form
{
    /// <summary>Larger forms are refused (413); these hold a few words.</summary>
    public const int MaxBytes = 16 * 1024;

    public const string ContentType = "application/x-www-form-urlencoded";

    /// <summary>The fields, or null when the body is not a form.</summary>
    public static async Task<IFormCollection?> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentType?.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase) != true) return null;
        try
        {
            return await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
