using Fleet.Platform.Http;

namespace Fleet.Gateway.Security;

/// <summary>
/// What every answer carries, also an error's: the request's new correlation id, and what keeps browsers from running, framing or guessing
/// anything that is not ours.
/// </summary>
internal static class AnswerHeaders
{
    private const string Policy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static Task Handle(HttpContext http, RequestDelegate next)
    {
        var correlationId = Guid.CreateVersion7().ToString();
        // Replaces whatever the client sent: the id is ours, in this process and behind it.
        http.Request.Headers[Caller.CorrelationHeader] = correlationId;
        // When the answer starts, because an error clears headers set before.
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers[Caller.CorrelationHeader] = correlationId;
            // The portal's own is stricter still.
            if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
            // What a signed-in person saw stays in no cache, unless the service says that it may.
            if (http.User.Identity?.IsAuthenticated == true && headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(http);
    }
}
