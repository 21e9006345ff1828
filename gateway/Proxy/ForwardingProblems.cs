using Fleet.Gateway.Limits;
using Fleet.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Yarp.ReverseProxy.Forwarder;

namespace Fleet.Gateway.Proxy;

/// <summary>
/// Says what went wrong between gateway and service: 503 <c>service-unavailable</c> when it cannot be reached (nothing was done), 504 <c>timeout</c> and
/// 502 <c>service-failed</c> when it broke off (it may have been done; repeat with the same Idempotency-Key), 413 when the body grew too large.
/// </summary>
internal static partial class ForwardingProblems
{
    public static async Task Handle(HttpContext http, Func<Task> next)
    {
        await next();
        if (http.GetForwarderErrorFeature() is not { } failure || http.Response.HasStarted || http.RequestAborted.IsCancellationRequested) return;

        if (failure.Error == ForwarderError.RequestBodyClient)
        {
            await (IsTooLarge(failure.Exception) ? RequestLimits.TooLarge() : Problems.Of(StatusCodes.Status400BadRequest, "bad-request", "The request's body broke off."))
                .ExecuteAsync(http);
            return;
        }

        var service = http.GetReverseProxyFeature().Cluster.Config.ClusterId;
        LogFailed(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Fleet.Gateway.Forwarding"), service, failure.Error, failure.Exception?.GetBaseException().Message);
        http.Response.Headers.RetryAfter = "2";
        await Of(failure, service).ExecuteAsync(http);
    }

    // Reading the client's body and writing to the service fail together.
    private static bool IsTooLarge(Exception? error) => new AggregateException(error is null ? [] : [error]).Flatten().InnerExceptions
        .Any(e => e is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge });

    private static ProblemHttpResult Of(IForwarderErrorFeature failure, string service) => failure.Error switch
    {
        ForwarderError.NoAvailableDestinations => Unavailable(service),
        ForwarderError.Request when failure.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } => Unavailable(service),
        ForwarderError.RequestTimedOut => Problems.Of(StatusCodes.Status504GatewayTimeout, "timeout", $"The service {service} took too long to answer."),
        _ => Problems.Of(StatusCodes.Status502BadGateway, "service-failed", $"The service {service} broke off its answer."),
    };

    private static ProblemHttpResult Unavailable(string service) =>
        Problems.Of(StatusCodes.Status503ServiceUnavailable, "service-unavailable", $"The service {service} cannot be reached at the moment. Try again soon.");

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Service} did not answer: {Error} {Reason}")]
    private static partial void LogFailed(ILogger logger, string service, ForwarderError error, string? reason);
}
