using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Fleet.Platform.Http;

/// <summary>
/// Answers are compressed by the service that makes them. The gateway passes them on and compresses nothing of its own: its answers are small and some
/// hold secrets (tokens, one-time passwords) beside what a request said. Compressed together these could be guessed by their length (BREACH). Behind the
/// gateway no answer holds a secret of its reader: sessions are in a cookie and tokens in a header, which are not compressed, and forms carry no token,
/// because the gateway refuses other origins' posts by their headers.
/// </summary>
internal static class Compression
{
    // A problem is smaller than what compressing it saves.
    private const int MinBytes = 1000;

    public static void Add(IServiceCollection services)
    {
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.Providers.Add<BrotliCompressionProvider>();
            o.Providers.Add<GzipCompressionProvider>();
            o.MimeTypes = ["application/json", "application/jsonl", "application/scim+json", "text/csv", "text/html", "text/css", "text/plain", "text/javascript", "image/svg+xml"];
        });
        // Streams flush often; the best compression would cost more than it saves.
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.Replace(ServiceDescriptor.Singleton<IResponseCompressionProvider, OfSomeSize>());
    }

    private sealed class OfSomeSize(IServiceProvider services, IOptions<ResponseCompressionOptions> options) : ResponseCompressionProvider(services, options)
    {
        public override bool ShouldCompressResponse(HttpContext context) =>
            context.Response.ContentLength is not < MinBytes && base.ShouldCompressResponse(context);
    }
}
