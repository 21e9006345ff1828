using Fleet.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Gateway.Features;

/// <summary>Answers for the gateway's own paths what no endpoint takes: 404, 405 or 415. Without it the pages' route, which takes anything, would.</summary>
internal static class RefuseUnclaimed
{
    public static void MapRefuseUnclaimed(this IEndpointRouteBuilder routes, string prefix) =>
        routes.Map($"{prefix}/{{**rest}}", Handle).AllowAnonymous().ExcludeFromDescription();

    private static ProblemHttpResult Handle(HttpContext http, EndpointDataSource endpoints)
    {
        var methods = endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(e => string.Equals(e.RoutePattern.RawText, http.Request.Path, StringComparison.OrdinalIgnoreCase))
            .SelectMany(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Distinct().ToList();
        if (methods.Count == 0) return Problems.NotFound("resource");
        if (methods.Contains(http.Request.Method))
            return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "media-type-not-supported", "This Content-Type is not taken here.");

        http.Response.Headers.Allow = string.Join(", ", methods);
        return Problems.Of(StatusCodes.Status405MethodNotAllowed, "method-not-allowed", $"{http.Request.Method} is not taken here.");
    }
}
