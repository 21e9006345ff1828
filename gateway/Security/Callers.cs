using System.Security.Claims;
using Fleet.Gateway.Domain;
using Fleet.Platform.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;

namespace Fleet.Gateway.Security;

/// <summary>
/// Who a request comes from: a program with an access token, or a person with a session cookie. Either way the account is looked at again
/// (at most 30 s old), so that what was taken away is gone.
/// </summary>
internal static class Callers
{
    public const string SessionCookie = "fleet-session";
    private const string Either = "fleet";
    private const string StampClaim = "stamp";
    private const string OneTimeClaim = "one-time-password";
    private static readonly TimeSpan SessionLifetime = TimeSpan.FromHours(8);

    public static void Add(IServiceCollection services)
    {
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, o => o.ForwardDefaultSelector = http =>
                HasToken(http) ? JwtBearerDefaults.AuthenticationScheme : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddJwtBearer()
            .AddCookie(Configure);
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<SigningKey>((jwt, key) =>
        {
            TokenValidation.Configure(jwt, TokenIssuer.ClientAudience);
            jwt.TokenValidationParameters.IssuerSigningKey = key.Key;
            jwt.Events.OnTokenValidated = RecheckClientAsync;
        });
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        SessionKeys.Add(services);
    }

    /// <summary>Whether the request says by itself who sends it; no browser adds this header on its own.</summary>
    public static bool HasToken(HttpContext http) => http.Request.Headers.ContainsKey("Authorization");

    /// <summary>Whether the caller is a person with a session, who may not be done with a one-time password.</summary>
    public static bool IsPerson(ClaimsPrincipal caller) => caller.HasClaim(c => c.Type == StampClaim);

    /// <summary>Begins a session of 8 hours.</summary>
    public static Task SignInAsync(HttpContext http, Account person) =>
        http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, PrincipalOf(person), new AuthenticationProperties { IsPersistent = false });

    private static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = SessionCookie;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = SessionLifetime;
        cookie.SlidingExpiration = false;
        cookie.Events.OnValidatePrincipal = RecheckPersonAsync;
        cookie.Events.OnRedirectToLogin = context => IsPageView(context.HttpContext)
            ? Redirect(context.HttpContext, "/sign-in")
            : context.HttpContext.ChallengeAsync(JwtBearerDefaults.AuthenticationScheme);
        cookie.Events.OnRedirectToAccessDenied = context =>
        {
            if (IsPageView(context.HttpContext) && context.HttpContext.User.HasClaim(c => c.Type == OneTimeClaim)) return Redirect(context.HttpContext, "/password");
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    private static bool IsPageView(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<Page>() is not null && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method));

    private static Task Redirect(HttpContext http, string page)
    {
        http.Response.Redirect(LocalUrl.PageFor(page, http.Request.Path + http.Request.QueryString));
        return Task.CompletedTask;
    }

    private static async Task RecheckPersonAsync(CookieValidatePrincipalContext context)
    {
        var account = await FindAsync(context.HttpContext, context.Principal, AccountKind.Person);
        if (account is null || !context.Principal!.HasClaim(StampClaim, account.Stamp.ToString())) context.RejectPrincipal();
        else context.ReplacePrincipal(PrincipalOf(account));
    }

    private static async Task RecheckClientAsync(Microsoft.AspNetCore.Authentication.JwtBearer.TokenValidatedContext context)
    {
        if (await FindAsync(context.HttpContext, context.Principal, AccountKind.Client) is null) context.Fail("The service account no longer exists.");
    }

    private static async Task<Account?> FindAsync(HttpContext http, ClaimsPrincipal? caller, AccountKind kind) =>
        caller?.FindFirstValue("sub") is { } subject
        && await http.RequestServices.GetRequiredService<Accounts>().FindRecentAsync(subject, http.RequestAborted) is { } account && account.Kind == kind
            ? account : null;

    private static ClaimsPrincipal PrincipalOf(Account person)
    {
        var claims = new List<Claim> { new("sub", person.Subject), new("name", person.Name), new(StampClaim, person.Stamp.ToString()) };
        claims.AddRange(person.UsableRoles.Select(role => new Claim("role", role)));
        if (person.HasOneTimePassword) claims.Add(new Claim(OneTimeClaim, "true"));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme, "sub", "role"));
    }

    /// <summary>Marks routes that people look at; who is not signed in is led to the sign-in page.</summary>
    internal sealed class Page;
}
