using System.Security.Cryptography;
using System.Text;
using Fleet.Portal.Web;

namespace Fleet.Portal.Parts;

/// <summary>
/// The key of an act, which its form carries: what is sent twice is done once. It belongs to what was sent with it, so that what was refused and mended is
/// another act; while a service is away it stays the same one.
/// </summary>
internal static class ActKey
{
    public static string New() => Guid.CreateVersion7().ToString();

    /// <summary>The key that a form came with; null: it is none of ours.</summary>
    public static string? Of(IFormCollection form) => Guid.TryParse(form.Text("key"), out var key) ? key.ToString() : null;

    /// <summary>The key of a second act that the same form causes.</summary>
    public static string Second(string key) => Part(key, "second");

    /// <summary>The key of one of many acts that the same form causes; sent again, it is the same.</summary>
    public static string Part(string key, string part) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{key}\n{part}")).AsSpan(0, 16)).ToString();

    /// <summary>The key for the same form, shown again after this status.</summary>
    public static string After(int status, string key) => status == StatusCodes.Status503ServiceUnavailable ? key : New();
}
