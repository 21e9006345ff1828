using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Fleet.Portal.Web;

/// <summary>
/// Pages that a script asks for again and again (<c>wwwroot/js/live.js</c>): whoever has the page as it is now is answered 304 without it. RFC 9110,
/// section 13.1.2.
/// </summary>
internal static class LivePages
{
    /// <summary>Marks a page that keeps itself up to date.</summary>
    public static TBuilder IsLive<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new Live());

    public static async Task Handle(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<Live>() is null || !HttpMethods.IsGet(http.Request.Method))
        {
            await next(http);
            return;
        }

        var sent = http.Response.Body;
        using var page = new MemoryStream();
        http.Response.Body = page;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = sent;
        }

        if (http.Response.StatusCode == StatusCodes.Status200OK)
        {
            var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(page.GetBuffer().AsSpan(0, (int)page.Length)).AsSpan(0, 16))}\"", isWeak: true);
            http.Response.GetTypedHeaders().ETag = tag;
            if (http.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Compare(tag, useStrongComparison: false)))
            {
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                http.Response.ContentLength = null;
                http.Response.ContentType = null;
                return;
            }
        }

        page.Position = 0;
        await page.CopyToAsync(sent, http.RequestAborted);
    }

    private sealed record Live;
}
