using System.Net.Http.Headers;
using Fleet.Gateway.Security;
using Fleet.Platform.Http;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Fleet.Gateway.Proxy;

/// <summary>
/// What a service sees of a request. Headers pass only if they are named here, so that nothing that some service, framework or proxy might take
/// for an identity (X-User, X-Roles, Forwarded, X-Forwarded-*, …) gets in from outside; who calls is in the gateway's own token alone.
/// </summary>
internal static class ForwardedRequest
{
    /// <summary>The one cookie the portal gets: which language somebody picked. Sessions end here.</summary>
    public const string LanguageCookie = "fleet-language";

    private static readonly string[] Passing =
    [
        "Accept", "Accept-Encoding", "Accept-Language", "Cache-Control", "Content-Encoding", "Content-Language", "Content-Length", "Content-Type",
        "If-Match", "If-Modified-Since", "If-None-Match", "If-Unmodified-Since", "Range", "Prefer", "User-Agent",
        Idempotency.HeaderName, Caller.CorrelationHeader,
    ];

    public static void Describe(TransformBuilderContext context)
    {
        context.UseDefaultForwarders = false;
        context.AddRequestHeadersAllowed(Passing);
        context.AddRequestTransform(transform =>
        {
            var http = transform.HttpContext;
            // Who must change a one-time password first has no roles yet, and is nobody behind the gateway.
            if (http.User.HasClaim(c => c.Type == "role"))
            {
                var token = http.RequestServices.GetRequiredService<TokenIssuer>().IssueForward(http.User);
                transform.ProxyRequest.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }

            if (http.Request.Cookies[LanguageCookie] is "de" or "en")
                transform.ProxyRequest.Headers.Add("Cookie", $"{LanguageCookie}={http.Request.Cookies[LanguageCookie]}");
            return ValueTask.CompletedTask;
        });
        // The gateway says it once for all answers.
        context.AddResponseHeaderRemove(Caller.CorrelationHeader);
    }
}
