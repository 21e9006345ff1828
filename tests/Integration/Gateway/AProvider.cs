using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Fleet.Tests.Integration.Gateway;

/// <summary>An identity provider that lets everybody in without asking: who they are, the test says. It checks what Fleet has to send, and can say what no good one would.</summary>
public sealed class AProvider : IAsyncDisposable
{
    public const string Client = "fleet";
    public const string Secret = "the-secret-of-fleet";

    private readonly ConcurrentDictionary<string, (string Nonce, string Challenge, string RedirectUri)> _codes = new();
    private readonly WebApplication _app;
    private RsaSecurityKey _key = NewKey();

    private AProvider(WebApplication app, Uri address)
    {
        _app = app;
        Address = address;
    }

    public Uri Address { get; }

    public string Issuer => Address.OriginalString;

    /// <summary>Who comes, by the ID token; iss, aud, times and the nonce are added.</summary>
    public Dictionary<string, object> Claims { get; } = [];

    /// <summary>What is said of them when asked.</summary>
    public Dictionary<string, object> UserInfo { get; } = [];

    /// <summary>What the browser was sent with.</summary>
    public IQueryCollection? Asked { get; private set; }

    /// <summary>Another nonce than was asked for.</summary>
    public string? WrongNonce { get; set; }

    /// <summary>Another audience than Fleet.</summary>
    public string? WrongAudience { get; set; }

    /// <summary>Whether tokens are signed with a key that is not published.</summary>
    public bool SignsWithAnother { get; set; }

    public bool HasEndPage { get; set; } = true;

    public static async Task<AProvider> StartAsync()
    {
        var address = GatewayFixture.FreeAddress();
        var builder = WebApplication.CreateBuilder([$"--urls={address}"]);
        builder.Logging.ClearProviders();
        var provider = new AProvider(builder.Build(), new Uri(address.OriginalString));
        provider.Map();
        await provider._app.StartAsync();
        return provider;
    }

    /// <summary>Somebody, with claims as most providers have them.</summary>
    public AProvider With(string userName, object? groups, string? sub = null)
    {
        Claims.Clear();
        UserInfo.Clear();
        Claims["sub"] = UserInfo["sub"] = sub ?? $"sub of {userName}";
        Claims["preferred_username"] = userName;
        UserInfo["name"] = $"Name of {userName}";
        if (groups is not null) UserInfo["groups"] = groups;
        return this;
    }

    /// <summary>From now on there is another key.</summary>
    public void RollKey() => _key = NewKey();

    /// <summary>The gateway's settings for it.</summary>
    public string[] Settings(params string[] more) =>
    [
        $"--Fleet:OpenIdConnect:Authority={Issuer}", $"--Fleet:OpenIdConnect:ClientId={Client}", $"--Fleet:OpenIdConnect:ClientSecret={Secret}", "--Fleet:OpenIdConnect:Name=Rathaus Ä",
        "--Fleet:OpenIdConnect:RequireHttpsMetadata=false", "--Fleet:OpenIdConnect:RoleMap:fleet-it=it", "--Fleet:OpenIdConnect:RoleMap:0=cn=admins,ou=fleet=admin, hr", .. more,
    ];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = Guid.CreateVersion7().ToString() };

    private void Map()
    {
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object?>
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = $"{Issuer}/authorize",
            ["token_endpoint"] = $"{Issuer}/token",
            ["userinfo_endpoint"] = $"{Issuer}/userinfo",
            ["jwks_uri"] = $"{Issuer}/keys",
            ["end_session_endpoint"] = HasEndPage ? $"{Issuer}/end" : null,
            ["response_types_supported"] = new[] { "code" },
            ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
        }));
        _app.MapGet("/keys", () =>
        {
            var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(_key);
            return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = key.Kid, n = key.N, e = key.E } } });
        });
        _app.MapGet("/authorize", (HttpContext http) =>
        {
            var query = Asked = http.Request.Query;
            query["client_id"].ToString().ShouldBe(Client);
            query["response_type"].ToString().ShouldBe("code");
            query["code_challenge_method"].ToString().ShouldBe("S256");
            var code = Guid.CreateVersion7().ToString("N");
            _codes[code] = (query["nonce"].ToString(), query["code_challenge"].ToString(), query["redirect_uri"].ToString());
            return Results.Redirect($"{query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(query["state"].ToString())}");
        });
        _app.MapPost("/token", async (HttpContext http) =>
        {
            var form = await http.Request.ReadFormAsync();
            var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
            if (form["client_secret"] != Secret || !_codes.TryRemove(form["code"].ToString(), out var asked) || asked.Challenge != challenge || form["redirect_uri"] != asked.RedirectUri)
                return Results.Json(new { error = "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest);
            return Results.Json(new { id_token = IdToken(WrongNonce ?? asked.Nonce), access_token = "opaque", token_type = "Bearer", expires_in = 300 });
        });
        _app.MapGet("/userinfo", () => Results.Json(UserInfo));
    }

    private string IdToken(string nonce)
    {
        var key = SignsWithAnother ? NewKey() : _key;
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = WrongAudience ?? Client,
            IssuedAt = now,
            Expires = now.AddMinutes(5),
            Claims = new Dictionary<string, object>(Claims) { ["nonce"] = nonce },
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
        });
    }
}
