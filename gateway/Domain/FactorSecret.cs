using System.Security.Cryptography;
using System.Text;
using OtpNet;

namespace Fleet.Gateway.Domain;

/// <summary>
/// What a person's app and this gateway both know. SHA-1, six digits and 30 seconds, because that is what every app takes for granted. Source: RFC 6238; Google
/// Authenticator's key URI format.
/// </summary>
/// <param name="bytes">20 of them: as long as the hash. Source: RFC 4226, section 4.</param>
internal sealed class FactorSecret(byte[] bytes)
{
    private const string Issuer = "Fleet";

    // A clock may be a step off, either way. Source: RFC 6238, section 5.2.
    private static readonly VerificationWindow OneStep = new(previous: 1, future: 1);

    private readonly Totp _codes = new(bytes);

    public static FactorSecret New() => new(RandomNumberGenerator.GetBytes(20));

    /// <summary>To be sealed.</summary>
    public byte[] ToBytes() => bytes;

    /// <summary>To be typed into an app: 32 letters and digits.</summary>
    public string ToBase32() => Base32Encoding.ToString(bytes);

    /// <summary>To be read by an app's camera: <c>otpauth://totp/…</c></summary>
    public string ToUri(string userName) => new OtpUri(OtpType.Totp, bytes, userName, Issuer).ToString();

    /// <summary>The time step that this code is of, if that is now or next to now.</summary>
    public long? StepOf(string code, DateTimeOffset now) => _codes.VerifyTotp(now.UtcDateTime, code, out var step, OneStep) ? step : null;

    /// <summary>What is kept of a recovery code. The secret is its key: who has only the store can guess neither, and who has both needs no recovery code.</summary>
    public string HashOf(string recoveryCode) =>
        Convert.ToBase64String(HMACSHA256.HashData(HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, 32, info: "Fleet recovery codes"u8.ToArray()), Encoding.ASCII.GetBytes(recoveryCode)));
}
