using System.Security.Cryptography;
using System.Text;
using Fleet.Gateway.Domain;
using Fleet.Gateway.Features.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Fleet.Gateway.Security;

/// <summary>
/// The identity provider (OpenID Connect, code flow with PKCE), by the framework's own handler: it sends people there, and takes and checks what they come back
/// with. Whom Fleet lets in for it decides <see cref="ExternalArrival"/>; the session is Fleet's own.
/// </summary>
internal sealed partial class Provider(IOptionsMonitor<OpenIdConnectOptions> options, IDataProtectionProvider protection, ILogger<Provider> logger)
{
    public const string Scheme = "provider";

    /// <summary>The sign-in page's word for a provider that cannot be reached.</summary>
    public const string Away = "provider-away";

    /// <summary>The sign-in page's word for one that did not let somebody in, or said what cannot be believed.</summary>
    public const string Refused = "provider-refused";

    private const string IdTokenHint = "id_token_hint";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IDataProtector _seal = protection.CreateProtector("Fleet.Gateway.IdToken.v1");

    public static bool IsConfigured(IConfiguration configuration) => configuration.GetSection(ProviderOptions.Section).Exists();

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        if (!IsConfigured(configuration)) return;
        // A token of a key that is not known yet waits until the keys are fetched; otherwise the first people after a roll-over would be refused.
        AppContext.SetSwitch("Switch.Microsoft.IdentityModel.UpdateConfigAsBlocking", true);
        services.AddSingleton<Provider>().AddSingleton<ExternalArrival>().AddScoped<ProviderEvents>().AddTransient<ProviderHandler>();
        services.AddAuthentication().AddOpenIdConnect(Scheme, o => o.EventsType = typeof(ProviderEvents));
        services.Configure<AuthenticationOptions>(o => o.SchemeMap[Scheme].HandlerType = typeof(ProviderHandler));
        services.AddOptions<OpenIdConnectOptions>(Scheme).Configure<IOptions<GatewayOptions>>((o, gateway) => Configure(o, gateway.Value.OpenIdConnect!));
    }

    /// <summary>Sends the browser to the provider: null; or the sign-in page's word for why not, and nothing is answered yet.</summary>
    /// <param name="http">The request.</param>
    /// <param name="returnUrl">Where to go afterwards.</param>
    public async Task<string?> SendAsync(HttpContext http, string? returnUrl)
    {
        try
        {
            await http.ChallengeAsync(Scheme, new AuthenticationProperties { RedirectUri = LocalUrl.Or(returnUrl) });
            return null;
        }
        catch (OpenIdConnectProtocolException error)
        {
            LogRefused(error.Message);
            return Refused;
        }
        catch (Exception error) when (IsAway(error, http.RequestAborted))
        {
            LogAway(error.GetBaseException().Message);
            return Away;
        }
    }

    /// <summary>The provider's page that ends the session there, too; null: there is none, or it cannot be reached.</summary>
    /// <param name="http">The request that ends the session here.</param>
    /// <param name="session">The session.</param>
    public async Task<string?> FindEndPageAsync(HttpContext http, Session session)
    {
        if (session.SealedIdToken is not { } idToken || await FindConfigurationAsync(http.RequestAborted) is not { EndSessionEndpoint.Length: > 0 }) return null;
        var properties = new AuthenticationProperties { RedirectUri = SignIn.Page };
        properties.SetParameter(IdTokenHint, Open(idToken));
        await http.SignOutAsync(Scheme, properties);
        var page = http.Response.Headers.Location.ToString();
        http.Response.Headers.Location = default;
        return page;
    }

    public string Seal(string idToken) => Convert.ToBase64String(_seal.Protect(Encoding.UTF8.GetBytes(idToken)));

    /// <summary>The ID token that belongs to the session to be ended.</summary>
    public static string? HintOf(AuthenticationProperties properties) => properties.GetParameter<string>(IdTokenHint);

    private string? Open(string sealedIdToken)
    {
        try
        {
            return Encoding.UTF8.GetString(_seal.Unprotect(Convert.FromBase64String(sealedIdToken)));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>What the provider says of itself; asked for when first needed, and now and then: its keys change.</summary>
    private async Task<OpenIdConnectConfiguration?> FindConfigurationAsync(CancellationToken ct)
    {
        try
        {
            return await options.Get(Scheme).ConfigurationManager!.GetConfigurationAsync(ct);
        }
        catch (Exception error) when (IsAway(error, ct))
        {
            LogAway(error.GetBaseException().Message);
            return null;
        }
    }

    // What its discovery cannot be read for comes as an invalid operation.
    private static bool IsAway(Exception error, CancellationToken ct) =>
        error is InvalidOperationException or IOException or HttpRequestException || (error is OperationCanceledException && !ct.IsCancellationRequested);

    private static void Configure(OpenIdConnectOptions o, ProviderOptions provider)
    {
        o.SignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
        o.Authority = provider.Authority;
        o.RequireHttpsMetadata = provider.RequireHttpsMetadata;
        o.ClientId = provider.ClientId;
        o.ClientSecret = provider.ReadSecret();
        o.Scope.Clear();
        foreach (var scope in provider.AllScopes) o.Scope.Add(scope);
        o.CallbackPath = "/auth/oidc/callback";
        o.SignedOutCallbackPath = "/auth/oidc/signed-out";
        o.RemoteSignOutPath = default;

        o.ResponseType = OpenIdConnectResponseType.Code;
        // As a link: a form that another site's page posts would need cookies that every other site's page may use.
        o.ResponseMode = OpenIdConnectResponseMode.Query;
        foreach (var cookie in (CookieBuilder[])[o.CorrelationCookie, o.NonceCookie])
        {
            cookie.HttpOnly = true;
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }

        // The ID token, until the answer is there; nothing of it gets into a cookie.
        o.SaveTokens = true;
        o.GetClaimsFromUserInfoEndpoint = true;
        o.MapInboundClaims = false;
        o.DisableTelemetry = true;
        o.RefreshInterval = TimeSpan.FromSeconds(30);
        o.BackchannelTimeout = Patience;
        o.BackchannelHttpHandler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(3), AllowAutoRedirect = false };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The identity provider cannot be reached: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The identity provider refuses Fleet's request: {Reason}")]
    private partial void LogRefused(string reason);
}
