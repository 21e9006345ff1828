using Microsoft.AspNetCore.Http;

namespace Fleet.Platform.Http;

/// <summary>
/// Every GET answers HEAD too, with the same status and headers: the endpoint is found as for a GET, and the server sends no body. In between, the
/// request is a HEAD again, so that the gateway forwards it as one.
/// </summary>
internal static class HeadRequests
{
    private static readonly object IsHead = new();

    public static Task FindAsGet(HttpContext http, RequestDelegate next)
    {
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Items[IsHead] = true;
            http.Request.Method = HttpMethods.Get;
        }

        return next(http);
    }

    public static Task Restore(HttpContext http, RequestDelegate next)
    {
        if (http.Items.Remove(IsHead)) http.Request.Method = HttpMethods.Head;
        return next(http);
    }
}
