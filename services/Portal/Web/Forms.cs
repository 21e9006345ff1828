using System.Globalization;

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

    /// <summary>What was typed, or null when nothing was.</summary>
    public static string? OrNull(string text) => string.IsNullOrWhiteSpace(text) ? null : text;

    /// <summary>What was chosen, or null when nothing was.</summary>
    public static Guid? IdOrNull(string text) => Guid.TryParse(text, out var id) ? id : null;

    /// <summary>A count that a form carried, or null when it carried none.</summary>
    public static int? CountOrNull(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    /// <summary>A field as typed, without the white space around it.</summary>
    public static string Text(this IFormCollection form, string name) => form[name] is [{ } text, ..] ? text.Trim() : "";
}
