using System.Net.Http.Headers;
using Fleet.Gateway.Security;
using Fleet.Platform.Http;
using Microsoft.AspNetCore.Localization;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Fleet.Gateway.Proxy;

/// <summary>
/// What a service sees of a request. Headers pass only if they are named here, so that nothing that some service, framework or proxy might take
/// for an identity (X-User, X-Roles, Forwarded, X-Forwarded-*, …) gets in from outside; who calls is in the gateway's own token alone.
/// </summary>
internal static class ForwardedRequest
{
    private static readonly string[] Passing =
    [
        "Accept", "Accept-Encoding", "Accept-Language", "Cache-Control", "Content-Encoding", "Content-Language", "Content-Length", "Content-Type",
        "If-Match", "If-Modified-Since", "If-None-Match", "If-Unmodified-Since", "Range", "Prefer", "User-Agent",
        Idempotency.HeaderName, Caller.CorrelationHeader,
    ];

    private const string CounterCookie = "fleet-counter";

    public static void Describe(TransformBuilderContext context)
    {
        context.UseDefaultForwarders = false;
        context.AddRequestHeadersAllowed(Passing);
        var isPortal = context.Cluster?.ClusterId == ProxyRoutes.Portal;
        context.AddRequestTransform(transform =>
        {
            var caller = transform.HttpContext.User;
            // Who must change a one-time password first is named to the pages, but has no roles.
            if (caller.Identity?.IsAuthenticated != true) return ValueTask.CompletedTask;
            var tokens = transform.HttpContext.RequestServices.GetRequiredService<TokenIssuer>();
            transform.ProxyRequest.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.IssueForward(caller));
            if (isPortal) transform.ProxyRequest.Headers.Add(Caller.AccountsTokenHeader, tokens.IssueForAccounts(caller));
            return ValueTask.CompletedTask;
        });
        if (isPortal)
        {
            context.AddRequestTransform(PassPageCookies);
            context.AddResponseTransform(SecurePageCookies);
        }

        // The gateway says it once for all answers.
        context.AddResponseHeaderRemove(Caller.CorrelationHeader);
    }

    /// <summary>The cookies the portal gets: which language somebody picked, and which acts its counter did last. Sessions end here.</summary>
    private static ValueTask PassPageCookies(RequestTransformContext transform)
    {
        var cookies = transform.HttpContext.Request.Cookies;
        List<string> passed = [];
        if (cookies[CookieRequestCultureProvider.DefaultCookieName] is { Length: <= 50 } culture && CookieRequestCultureProvider.ParseCookieValue(culture) is not null)
            passed.Add($"{CookieRequestCultureProvider.DefaultCookieName}={Uri.EscapeDataString(culture)}");
        if (cookies[CounterCookie] is { Length: <= 1000 } acts && acts.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '~')) passed.Add($"{CounterCookie}={acts}");
        if (passed.Count > 0) transform.ProxyRequest.Headers.Add("Cookie", string.Join("; ", passed));
        return ValueTask.CompletedTask;
    }

    /// <summary>Cookies of a site behind TLS do not leave it; the portal itself only ever sees the gateway's plain request.</summary>
    private static ValueTask SecurePageCookies(ResponseTransformContext transform)
    {
        var headers = transform.HttpContext.Response.Headers;
        if (transform.HttpContext.Request.IsHttps && headers.SetCookie.Count > 0)
            headers.SetCookie = headers.SetCookie.Select(c => c is null || c.Contains("; secure", StringComparison.OrdinalIgnoreCase) ? c : $"{c}; secure").ToArray();
        return ValueTask.CompletedTask;
    }
}
