using System.Buffers.Text;
using System.Security.Cryptography;

namespace Fleet.Gateway.Security;

/// <summary>Random secrets.</summary>
internal static class Secrets
{
    // Without what looks alike (0 O, 1 l I): people copy it from a screen.
    private const string Readable = "abcdefghijkmnpqrstuvwxyz23456789";

    // RFC 4648, section 6: nothing that looks like 0, 1 or 8.
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>For programs: 256 bits.</summary>
    public static string ForClient() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>For people, to be changed at once: 100 bits in four groups.</summary>
    public static string OneTimePassword() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Readable, 5)));

    /// <summary>For the day on which the phone is gone: ten codes of 50 bits, each in two groups.</summary>
    public static IReadOnlyList<string> RecoveryCodes() =>
        [.. Enumerable.Range(0, 10).Select(_ => $"{RandomNumberGenerator.GetString(Base32, 5)}-{RandomNumberGenerator.GetString(Base32, 5)}")];
}
