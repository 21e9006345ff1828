using System.Security.Cryptography;
using Fleet.Platform.Security;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Fleet.Tests.Unit.Platform;

/// <summary>The gateway's clock and a service's need not agree to the second.</summary>
public sealed class TokenLeewayTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(-4, true), InlineData(0, true), InlineData(4, true), InlineData(-7, false)]
    public async Task A_token_of_the_gateway_is_good_where_the_clocks_are_minutes_apart(int gatewayIsAheadByMinutes, bool good)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var jwt = new JwtBearerOptions();
        TokenValidation.Configure(jwt, TokenValidation.ServiceAudience, TokenValidation.ForwardLeeway);
        jwt.TokenValidationParameters.IssuerSigningKey = new ECDsaSecurityKey(key);

        var issued = TimeProvider.System.GetUtcNow().AddMinutes(gatewayIsAheadByMinutes).UtcDateTime;
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        var token = handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = TokenValidation.Issuer,
            Audience = TokenValidation.ServiceAudience,
            IssuedAt = issued,
            NotBefore = issued,
            Expires = issued + Lifetime,
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(key), SecurityAlgorithms.EcdsaSha256),
        });
        (await handler.ValidateTokenAsync(token, jwt.TokenValidationParameters)).IsValid.ShouldBe(good);
    }
}
