using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using Fleet.Platform.Security;
using Fleet.Tests.EndToEnd;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Fleet.Tests.Benchmarks;

/// <summary>One read through the gateway and the same read from the service directly, in turns.</summary>
internal static class GatewayBenchmark
{
    private const int WarmUp = 500;
    private const int Repetitions = 3000;

    public static async Task RunAsync(Installation fleet)
    {
        var office = await Office.OpenAsync(fleet);
        var path = $"/api/inventory/devices/{(await office.RegisterLaptopAsync()).Id()}";
        using var direct = new HttpClient { BaseAddress = fleet.AddressOf("inventory") };
        direct.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ServiceToken(fleet));

        Sample through = new(), past = new();
        for (var i = 0; i < WarmUp + Repetitions; i++)
        {
            if (i == WarmUp) (through, past) = (new(), new());
            await through.MeasureAsync(() => office.It.GetByteArrayAsync(path));
            await past.MeasureAsync(() => direct.GetByteArrayAsync(path));
        }

        Console.WriteLine($"a read through the gateway: {through}");
        Console.WriteLine($"the same read from the service: {past}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the gateway costs: p50 {through.Percentile(0.5) - past.Percentile(0.5):0.00} ms"));
    }

    /// <summary>What the gateway would forward.</summary>
    private static string ServiceToken(Installation fleet)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(fleet.FileIn("gateway-key.pem")));
        var signing = new ECDsaSecurityKey(key);
        signing.KeyId = Base64UrlEncoder.Encode(signing.ComputeJwkThumbprint());
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = TokenValidation.Issuer,
            Audience = TokenValidation.ServiceAudience,
            Expires = TimeProvider.System.GetUtcNow().AddHours(1).UtcDateTime,
            Subject = new ClaimsIdentity([new Claim("sub", "benchmark"), new Claim("role", "it")]),
            SigningCredentials = new SigningCredentials(signing, SecurityAlgorithms.EcdsaSha256),
        });
    }
}
