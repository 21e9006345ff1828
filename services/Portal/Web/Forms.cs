namespace Fleet.Portal.Web;

/// <summary>
/// Forms that pages send here. The gateway lets them in only from the site's own pages (its same-origin check), so they carry no token against forgery.
/// </summary>
internal static class Forms
{
    /// <summary>What was sent, or null when it is no form.</summary>
    public static async Task<IFormCollection?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasFormContentType) return null;
        try
        {
            return await request.ReadFormAsync(ct);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>A field as typed, without the white space around it.</summary>
    public static string Text(this IFormCollection form, string name) => form[name] is [{ } text, ..] ? text.Trim() : "";
}
