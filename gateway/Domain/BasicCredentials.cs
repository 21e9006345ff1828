using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace Fleet.Gateway.Domain;

/// <summary>A client's id and secret as HTTP Basic carries them. Source: RFC 6749, section 2.3.1 (both are form-encoded first).</summary>
internal static class BasicCredentials
{
    public static bool TryParse(string? header, [NotNullWhen(true)] out string? id, [NotNullWhen(true)] out string? secret)
    {
        (id, secret) = (null, null);
        if (header?.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) != true) return false;

        var buffer = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[6..].Trim(), buffer, out var length)) return false;
        var text = Encoding.UTF8.GetString(buffer, 0, length);
        if (text.IndexOf(':', StringComparison.Ordinal) is var colon && colon < 1) return false;
        (id, secret) = (WebUtility.UrlDecode(text[..colon]), WebUtility.UrlDecode(text[(colon + 1)..]));
        return true;
    }
}
