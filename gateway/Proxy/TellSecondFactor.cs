using System.Security.Claims;
using Fleet.Gateway.Domain;
using Fleet.Gateway.Features.Accounts;
using Fleet.Gateway.Security;
using Fleet.Platform.Security;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Fleet.Gateway.Proxy;

/// <summary>Tells the pages of one's own second factor what only the gateway knows, the secret to set up and new recovery codes included. No other page gets it.</summary>
internal static class TellSecondFactor
{
    /// <summary>Their paths, which are their routes' names.</summary>
    public static readonly string[] Pages = [SetSecondFactor.Page, ReplaceSecondFactor.Page];

    private static readonly object Shown = new();

    public static void Describe(TransformBuilderContext context)
    {
        if (!Pages.Contains(context.Route.RouteId)) return;
        context.AddRequestTransform(TellAsync);
        context.AddResponseTransform(transform =>
        {
            // Only once they were seen: a page that failed may be asked for again.
            if (transform.HttpContext.Items.ContainsKey(Shown) && transform.ProxyResponse?.IsSuccessStatusCode == true)
                transform.HttpContext.RequestServices.GetRequiredService<FactorSetUp>().ForgetCodes(transform.HttpContext);
            return ValueTask.CompletedTask;
        });
    }

    private static async ValueTask TellAsync(RequestTransformContext transform)
    {
        var http = transform.HttpContext;
        if (!HttpMethods.IsGet(http.Request.Method) || Callers.SessionOf(http.User) is not { } session || http.User.FindFirstValue("sub") is not { } subject) return;
        var services = http.RequestServices;
        var accounts = services.GetRequiredService<AccountStore>();
        if (await accounts.FindAsync(subject, AccountKind.Person, http.RequestAborted) is not { } account) return;

        var setUp = services.GetRequiredService<FactorSetUp>();
        var codes = setUp.UnseenCodes(http, session);
        if (codes.Count > 0) http.Items[Shown] = true;
        var isDemo = accounts.IsDemo(subject);
        var isSetUp = account.SecondFactor is null || http.Request.Path == ReplaceSecondFactor.Page;
        var secret = isSetUp && !account.HasOneTimePassword && !isDemo && account.External is null ? setUp.SecretFor(http, session) : null;
        transform.ProxyRequest.Headers.Add(SecondFactorFacts.Header, new SecondFactorFacts
        {
            IsSet = account.SecondFactor is not null,
            IsRequired = services.GetRequiredService<SecondFactors>().IsRequiredFor(account),
            IsDemo = isDemo,
            IsExternal = account.External is not null,
            HasOneTimePassword = account.HasOneTimePassword,
            CodesLeft = account.SecondFactor?.RecoveryHashes.Count ?? 0,
            Secret = secret?.ToBase32(),
            Uri = secret?.ToUri(account.Subject),
            Codes = codes,
        }.ToHeader());
    }
}
