using System.Buffers.Text;
using System.Security.Cryptography;

namespace Fleet.Gateway.Security;

/// <summary>Random secrets.</summary>
internal static class Secrets
{
    // Without what looks alike (0 O, 1 l I): people copy it from a screen.
    private const string Readable = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>For programs: 256 bits.</summary>
    public static string ForClient() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>For people, to be changed at once: 100 bits in four groups.</summary>
    public static string OneTimePassword() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Readable, 5)));
}
