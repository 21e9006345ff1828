using Fleet.Platform.Http;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Fleet.Platform.Security;

/// <summary>
/// Every service validates the gateway's short-lived token itself, with the keys the gateway publishes. A client's own access token has another
/// audience and is refused here: the gateway is the only door.
/// </summary>
public static class TokenValidation
{
    /// <summary>The issuer of all tokens.</summary>
    public const string Issuer = "fleet-gateway";

    /// <summary>Audience of the tokens between gateway and services.</summary>
    public const string ServiceAudience = "fleet-services";

    /// <summary>
    /// How far a service's clock may be from the gateway's. The gateway's token for the services lives for a minute and never leaves their network, so
    /// that minutes more cost little, while a clock that is two minutes ahead would otherwise refuse everybody. Longer than that is somebody else's fault
    /// to be seen and mended.
    /// </summary>
    public static readonly TimeSpan ForwardLeeway = TimeSpan.FromMinutes(5);

    internal static void Add(IServiceCollection services)
    {
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<IOptions<FleetOptions>>((jwt, fleet) =>
        {
            jwt.MetadataAddress = $"{fleet.Value.Gateway.TrimEnd('/')}/.well-known/openid-configuration";
            // Between processes of one host or one private network; the tokens are signed.
            jwt.RequireHttpsMetadata = false;
            jwt.AutomaticRefreshInterval = TimeSpan.FromHours(1);
            jwt.RefreshInterval = TimeSpan.FromSeconds(5);
            Configure(jwt, ServiceAudience, ForwardLeeway);
        });
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    /// <summary>What makes a token good, and the problem that says why one is not.</summary>
    /// <param name="jwt">What is configured.</param>
    /// <param name="audience">Whom the token must be meant for.</param>
    /// <param name="leeway">How far the issuer's clock may be from ours; left out: the issuer is this process or its twin, a few seconds.</param>
    public static void Configure(JwtBearerOptions jwt, string audience, TimeSpan? leeway = null)
    {
        jwt.MapInboundClaims = false;
        jwt.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = audience,
            NameClaimType = "sub",
            RoleClaimType = "role",
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ClockSkew = leeway ?? TimeSpan.FromSeconds(5),
        };
        jwt.Events = new JwtBearerEvents { OnChallenge = AnswerChallengeAsync };
    }

    private static async Task AnswerChallengeAsync(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        var (code, detail) = context.AuthenticateFailure switch
        {
            null => ("token-missing", "Send a token: Authorization: Bearer …"),
            SecurityTokenExpiredException => ("token-expired", "The token has expired. Get a new one."),
            _ => ("token-invalid", "The token was not issued by this installation for this purpose."),
        };
        context.Response.Headers.WWWAuthenticate = code == "token-missing" ? "Bearer" : "Bearer error=\"invalid_token\"";
        await Problems.Of(StatusCodes.Status401Unauthorized, code, detail).ExecuteAsync(context.HttpContext);
    }
}
