using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Fleet.Platform.Security;

/// <summary>
/// What people call the identity provider that they may sign in at: the gateway tells the portal's sign-in page in a header of that one request. It passes on no
/// header of this name that a client sends.
/// </summary>
public static class ProviderName
{
    public const string Header = "X-Fleet-Provider";

    /// <summary>As it stands in the header, whatever letters it has.</summary>
    public static string ToHeader(string name) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(name));

    /// <summary>The name; null: there is no provider.</summary>
    public static string? Of(HttpRequest request) => request.Headers[Header] is [{ Length: > 0 } text] ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)) : null;
}
