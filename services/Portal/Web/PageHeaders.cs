using Microsoft.Net.Http.Headers;

namespace Fleet.Portal.Web;

/// <summary>What every page tells the browser: nothing comes from elsewhere, no script but the files beside the style sheet runs, nobody may frame or keep it.</summary>
internal static class PageHeaders
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static Task Handle(HttpContext http, RequestDelegate next)
    {
        // When the answer starts: the handler of exceptions clears what was set before.
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            // The renderer's word to scripts that are not here.
            headers.Remove("blazor-enhanced-nav");
            if (!headers.ContainsKey(HeaderNames.CacheControl)) headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(http);
    }
}
