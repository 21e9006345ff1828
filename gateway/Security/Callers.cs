using System.Security.Claims;
using Fleet.Gateway.Domain;
using Fleet.Gateway.Features.Accounts;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;

namespace Fleet.Gateway.Security;

/// <summary>
/// Who a request comes from: a program with an access token, or a person with a session cookie. Either way the account is read again with every
/// request, so that what was taken away is gone at once; who the caller is, it says, and not what was sealed or signed earlier.
/// </summary>
internal static class Callers
{
    public const string SessionCookie = "fleet-session";

    /// <summary>The token's claim that holds the account's id.</summary>
    public const string AccountClaim = "accountId";

    // What the portal asks for in its reader's name.
    private static readonly PathString[] Own = ["/auth", "/operations"];

    private const string Either = "fleet";
    public const string StampClaim = "stamp";
    public const string SessionClaim = "session";
    private const string OneTimeClaim = "one-time-password";

    // Nobody has it who neither has a second factor nor needs one.
    private const string FactorClaim = "second-factor";
    private const string Missing = "missing";
    private const string Recent = "recent";
    private const string Stale = "stale";

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
            jwt.TokenValidationParameters.ValidAudiences = [TokenIssuer.AccountsAudience];
            jwt.TokenValidationParameters.IssuerSigningKey = key.Key;
            jwt.Events.OnTokenValidated = context =>
                context.Principal!.HasClaim("aud", TokenIssuer.AccountsAudience) ? RecheckBroughtBackAsync(context) : RecheckClientAsync(context);
        });
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        SessionKeys.Add(services);
    }

    /// <summary>Whether the request says by itself who sends it; no browser adds this header on its own.</summary>
    public static bool HasToken(HttpContext http) => http.Request.Headers.ContainsKey("Authorization");

    /// <summary>The caller's session, who may not be done with a one-time password; null: a program, or nobody.</summary>
    public static Guid? SessionOf(ClaimsPrincipal caller) => Guid.TryParse(caller.FindFirstValue(SessionClaim), out var id) ? id : null;

    public static Guid? AccountOf(ClaimsPrincipal caller) => Guid.TryParse(caller.FindFirstValue(AccountClaim), out var id) ? id : null;

    /// <summary>Whether the caller's account has a second factor; programs' have none.</summary>
    public static bool HasFactor(ClaimsPrincipal caller) => caller.FindFirstValue(FactorClaim) is Recent or Stale;

    /// <summary>Whether it has one that was given too long ago for what is guarded by <see cref="RecentFactor"/>.</summary>
    public static bool HasStaleFactor(ClaimsPrincipal caller) => caller.FindFirstValue(FactorClaim) == Stale;

    /// <summary>Gives the browser the cookie that goes with a session.</summary>
    public static Task SignInAsync(HttpContext http, Account person, Session session) => http.SignInAsync(
        CookieAuthenticationDefaults.AuthenticationScheme,
        new ClaimsPrincipal(new ClaimsIdentity([new Claim(SessionClaim, session.SessionId.ToString()), new Claim("sub", person.Subject)], CookieAuthenticationDefaults.AuthenticationScheme)),
        new AuthenticationProperties { IsPersistent = false });

    /// <summary>What tokens say of an account.</summary>
    public static IEnumerable<Claim> ClaimsOf(Account account) => ClaimsOf(account, account.UsableRoles);

    private static IEnumerable<Claim> ClaimsOf(Account account, IEnumerable<string> roles)
    {
        yield return new Claim("sub", account.Subject);
        yield return new Claim("name", account.Name);
        yield return new Claim(AccountClaim, account.AccountId.ToString());
        yield return new Claim(StampClaim, account.Stamp.ToString());
        if (account.PersonId is { } person) yield return new Claim(Caller.PersonClaim, person.ToString());
        foreach (var role in roles) yield return new Claim("role", role);
    }

    private static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = SessionCookie;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = SessionStore.Lifetime;
        cookie.SlidingExpiration = false;
        cookie.Events.OnValidatePrincipal = RecheckPersonAsync;
        cookie.Events.OnRedirectToLogin = context => IsPageView(context.HttpContext)
            ? Redirect(context.HttpContext, "/sign-in")
            : context.HttpContext.ChallengeAsync(JwtBearerDefaults.AuthenticationScheme);
        cookie.Events.OnRedirectToAccessDenied = context =>
        {
            if (IsPageView(context.HttpContext) && context.HttpContext.User.HasClaim(c => c.Type == OneTimeClaim)) return Redirect(context.HttpContext, "/password");
            if (IsPageView(context.HttpContext) && context.HttpContext.User.HasClaim(FactorClaim, Missing)) return Redirect(context.HttpContext, SetSecondFactor.Page);
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
        if (SessionOf(context.Principal!) is { } id && await FindPersonAsync(context.HttpContext, id) is { } person) context.ReplacePrincipal(person);
        else context.RejectPrincipal();
    }

    /// <summary>Whose session it is, as they are now; null when it is over.</summary>
    private static async Task<ClaimsPrincipal?> FindPersonAsync(HttpContext http, Guid id)
    {
        var sessions = http.RequestServices.GetRequiredService<SessionStore>();
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        if (await sessions.FindLiveAsync(id, http.RequestAborted) is not { State: var session }
            || await FindAsync(http, session.Subject, AccountKind.Person) is not { } account
            || !session.Holds(account, now))
            return null;

        // Who came from a provider has proved there what they had to.
        var isMissing = !session.IsExternal && http.RequestServices.GetRequiredService<SecondFactors>().IsMissing(account);
        List<Claim> claims = [.. ClaimsOf(account, isMissing ? [] : account.UsableRoles), new Claim(SessionClaim, id.ToString())];
        if (!session.IsExternal && (isMissing || account.SecondFactor is not null)) claims.Add(new Claim(FactorClaim, isMissing ? Missing : session.HasRecentFactor(now) ? Recent : Stale));
        if (account.HasOneTimePassword) claims.Add(new Claim(OneTimeClaim, "true"));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme, "sub", "role"));
    }

    /// <summary>What the portal brings back counts for what is the gateway's own, and for whoever is still the one it was made for.</summary>
    private static async Task RecheckBroughtBackAsync(Microsoft.AspNetCore.Authentication.JwtBearer.TokenValidatedContext context)
    {
        if (!Own.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.Ordinal))) context.Fail("This token is for accounts only.");
        else if (SessionOf(context.Principal!) is not { } id) await RecheckClientAsync(context);
        else if (await FindPersonAsync(context.HttpContext, id) is { } person) context.Principal = person;
        else context.Fail("The session is over.");
    }

    private static async Task RecheckClientAsync(Microsoft.AspNetCore.Authentication.JwtBearer.TokenValidatedContext context)
    {
        var subject = context.Principal?.FindFirstValue("sub");
        if (subject is null || await FindAsync(context.HttpContext, subject, AccountKind.Client) is not { IsOpen: true } client)
            context.Fail("The service account no longer exists, or is disabled.");
        else if (!context.Principal!.HasClaim(StampClaim, client.Stamp.ToString()))
            context.Fail("The service account has changed since.");
        else
            context.Principal = new ClaimsPrincipal(new ClaimsIdentity(ClaimsOf(client), JwtBearerDefaults.AuthenticationScheme, "sub", "role"));
    }

    private static Task<Account?> FindAsync(HttpContext http, string subject, AccountKind kind) =>
        http.RequestServices.GetRequiredService<AccountStore>().FindAsync(subject, kind, http.RequestAborted);

    /// <summary>Marks routes that people look at; who is not signed in is led to the sign-in page.</summary>
    internal sealed class Page;
}
