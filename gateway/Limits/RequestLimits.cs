using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Fleet.Gateway.Domain;
using Fleet.Platform.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Fleet.Gateway.Limits;

/// <summary>How large a request may be (413) and how many of them one caller may send (429 with Retry-After).</summary>
internal static class RequestLimits
{
    public static void Add(IServiceCollection services)
    {
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<GatewayOptions>>((kestrel, options) =>
            kestrel.Limits.MaxRequestBodySize = options.Value.Limits.BodyBytes);
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<GatewayOptions>>((limiter, options) =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => PartitionOf(http, options.Value.Limits));
            limiter.OnRejected = async (context, _) => await TooMany(context.HttpContext, WaitOf(context.Lease), "Too many requests. Slow down.").ExecuteAsync(context.HttpContext);
        });
        services.AddSingleton<GuessLimits>();
    }

    /// <summary>A body that says it is too large is refused before anything is done with it; one that does not say is cut off while it is read.</summary>
    public static Task RefuseLargeBody(HttpContext http, RequestDelegate next)
    {
        var limit = http.RequestServices.GetRequiredService<IOptions<GatewayOptions>>().Value.Limits.BodyBytes;
        if (http.Request.ContentLength is not { } length || length <= limit) return next(http);

        // A client that is still sending sees the refusal only when the server goes on reading; of a reasonable size it does, and throws it away.
        if (length <= 16L * limit && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = length;
        return TooLarge().ExecuteAsync(http);
    }

    public static ProblemHttpResult TooLarge() => Problems.Of(StatusCodes.Status413PayloadTooLarge, "body-too-large", "The request's body is too large.");

    /// <summary>429 that says when to come back.</summary>
    public static ProblemHttpResult TooMany(HttpContext http, TimeSpan wait, string detail)
    {
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Problems.Of(StatusCodes.Status429TooManyRequests, "too-many-requests", detail);
    }

    private static TimeSpan WaitOf(RateLimitLease lease) => lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);

    private static RateLimitPartition<string> PartitionOf(HttpContext http, LimitOptions limits) => http.User.FindFirstValue("sub") is { } subject
        ? Bucket($"caller {subject}", limits.CallerBurst, limits.CallerPerSecond)
        : Bucket($"network {ClientNetwork.Of(http.Connection.RemoteIpAddress)}", limits.AnonymousBurst, limits.AnonymousPerSecond);

    private static RateLimitPartition<string> Bucket(string key, int burst, int perSecond) => RateLimitPartition.GetTokenBucketLimiter(key, _ => new()
    {
        TokenLimit = burst,
        // Ten times a second, so that what is sustained is even.
        ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
        TokensPerPeriod = Math.Max(1, perSecond / 10),
        QueueLimit = 0,
    });
}
