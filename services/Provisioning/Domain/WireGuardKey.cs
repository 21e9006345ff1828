namespace Fleet.Provisioning.Domain;

/// <summary>A WireGuard public key as text. Source: wg(8), "32 bytes, encoded in base64".</summary>
internal static class WireGuardKey
{
    private const int Bytes = 32;

    /// <summary>
    /// Whether wg would take it: 44 characters of canonical base64 (no spaces, unused bits zero), so that one key has one spelling.
    /// The all-zero key is none: wg means "no key" by it.
    /// </summary>
    public static bool IsValid(string? text)
    {
        Span<byte> key = stackalloc byte[Bytes];
        return text is { Length: 44 } && Convert.TryFromBase64String(text, key, out var length) && length == Bytes
            && Convert.ToBase64String(key) == text && key.ContainsAnyExcept((byte)0);
    }
}
