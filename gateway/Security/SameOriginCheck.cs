using Fleet.Gateway.Domain;
using Fleet.Platform.Http;

namespace Fleet.Gateway.Security;

/// <summary>Refuses what another site's page makes a signed-in person's browser send (and a sign-in under somebody else's name). 403 <c>cross-origin-refused</c>.</summary>
internal static class SameOriginCheck
{
    public static Task Handle(HttpContext http, RequestDelegate next)
    {
        var request = http.Request;
        var isSafe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method) || HttpMethods.IsTrace(request.Method);
        return isSafe || Callers.HasToken(http) || SameOrigin.Holds(request.Headers["Sec-Fetch-Site"], request.Headers.Origin, request.Host.Value ?? "")
            ? next(http)
            : Problems.Forbidden("cross-origin-refused", "This request was sent by a page of another site.").ExecuteAsync(http);
    }
}
