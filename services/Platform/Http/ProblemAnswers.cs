using System.Text.Json;
using System.Text.RegularExpressions;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fleet.Platform.Http;

/// <summary>Gives every 4xx and 5xx a problem body with a <c>code</c>.</summary>
internal static partial class ProblemAnswers
{
    public static void Add(IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
            context.ProblemDetails.Extensions.TryAdd("code", CodeOf(context.ProblemDetails.Status ?? context.HttpContext.Response.StatusCode)));
        services.AddExceptionHandler<BadRequestHandler>();
        services.AddExceptionHandler<StoreUnavailableHandler>();
        // So that a wrong parameter reaches the handler below instead of an empty 400.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }

    public static void Use(IApplicationBuilder app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
    }

    private static string CodeOf(int status) => status switch
    {
        400 => "bad-request",
        401 => "token-missing",
        403 => "role-missing",
        404 => "not-found",
        405 => "method-not-allowed",
        408 => "timeout",
        413 => "body-too-large",
        415 => "media-type-not-supported",
        429 => "too-many-requests",
        502 or 503 => "service-unavailable",
        504 => "timeout",
        >= 500 => "internal-error",
        _ => "refused",
    };

    private sealed partial class BadRequestHandler : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            if (exception is not BadHttpRequestException bad) return false;

            var problem = bad switch
            {
                InvalidBodyException body => Problems.Invalid(body.Errors, body.Code),
                BadRequestException parameter => Problems.Invalid(parameter.Field, parameter.Message),
                { StatusCode: StatusCodes.Status400BadRequest } when Parameter().Match(bad.Message) is { Success: true } match =>
                    Problems.Invalid(JsonNamingPolicy.CamelCase.ConvertName(match.Groups["name"].Value), "Cannot be read."),
                _ => Problems.Of(bad.StatusCode, CodeOf(bad.StatusCode), bad.Message),
            };
            await problem.ExecuteAsync(httpContext);
            return true;
        }

        // Parameters of queries are checked before; this is for those in paths and headers. The framework names the parameter in its message only: Failed to bind parameter "Nullable<Guid> unit" from "abc".
        // A property of an [AsParameters] record begins with a capital there.
        [GeneratedRegex("parameter \"[^\" ]+ (?<name>[A-Za-z]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
        private static partial Regex Parameter();
    }

    /// <summary>The store is away for a moment: nothing is done, and the client may repeat the request.</summary>
    private sealed partial class StoreUnavailableHandler(ILogger<StoreUnavailableHandler> log) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            if (exception is not StoreUnavailableException away) return false;

            // One line: every request says the same, and the store's check says it too.
            LogRefused(log, httpContext.Request.Method, httpContext.Request.Path, away.Message);
            httpContext.Response.Headers.RetryAfter = "2";
            await Problems.Of(StatusCodes.Status503ServiceUnavailable, "store-unavailable", "The data cannot be reached at the moment. Repeat the request; a command with the same Idempotency-Key.")
                .ExecuteAsync(httpContext);
            return true;
        }

        [LoggerMessage(LogLevel.Warning, "{Method} {Path} was refused: {Reason}")]
        private static partial void LogRefused(ILogger logger, string method, PathString path, string reason);
    }
}
