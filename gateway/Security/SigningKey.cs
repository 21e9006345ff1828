using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Fleet.Gateway.Security;

/// <summary>The key pair (P-256, ES256) under all of this installation's tokens; made at the first start, kept in the data folder.</summary>
internal sealed class SigningKey
{
    private SigningKey(ECDsa key)
    {
        Key = new ECDsaSecurityKey(key);
        Key.KeyId = Base64UrlEncoder.Encode(Key.ComputeJwkThumbprint());
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        Public = new PublicKey("EC", "sig", SecurityAlgorithms.EcdsaSha256, "P-256", Key.KeyId, Base64UrlEncoder.Encode(point.X), Base64UrlEncoder.Encode(point.Y));
    }

    /// <summary>Signs and validates. Never written anywhere but to its file.</summary>
    public ECDsaSecurityKey Key { get; }

    /// <summary>What others need in order to validate.</summary>
    public PublicKey Public { get; }

    public static async Task<SigningKey> LoadOrCreateAsync(string dataFolder, CancellationToken ct)
    {
        using var alone = await StartLock.AcquireAsync(dataFolder, ct);
        var path = Path.Combine(dataFolder, "gateway-key.pem");
        if (!File.Exists(path))
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            SecretFile.Write(path, made.ExportPkcs8PrivateKeyPem());
        }

        var key = ECDsa.Create();
        key.ImportFromPem(await File.ReadAllTextAsync(path, ct));
        return new SigningKey(key);
    }

    /// <summary>A JSON Web Key. Source: RFC 7517 and RFC 7518, section 6.2.</summary>
    internal sealed record PublicKey(string Kty, string Use, string Alg, string Crv, string Kid, string X, string Y);
}
