using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Fleet.Platform.Telemetry;

/// <summary>
/// Logs go to the console, one line each, with the trace they belong to; with OTEL_EXPORTER_OTLP_ENDPOINT set, logs, traces and metrics go there too.
///
/// A request, the dispatch of its events and their handling in other services are one trace: each stored event carries the trace it was caused in.
/// </summary>
internal static class FleetTelemetry
{
    private const string MassTransitName = "MassTransit";

    public static void Add(WebApplicationBuilder builder, string service)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(o =>
        {
            o.SingleLine = true;
            o.IncludeScopes = true;
            o.UseUtcTimestamp = true;
            o.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            o.ColorBehavior = Microsoft.Extensions.Logging.Console.LoggerColorBehavior.Disabled;
        });
        builder.Logging.Configure(o => o.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Extensions.Http", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
        builder.Logging.AddFilter("Yarp", LogLevel.Warning);
        // /health/ready says which part is not well; a stack trace per question would bury the log while the broker is away.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Critical);
        // Its own line per failed request would double ours.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.Error);

        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not { Length: > 0 }) return;

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService($"fleet-{service}"))
            .WithTracing(traces => traces
                .AddAspNetCoreInstrumentation(o => o.Filter = request => !IsProbe(request.Request.Path))
                .AddHttpClientInstrumentation(o => o.FilterHttpRequestMessage = request => !IsProbe(request.RequestUri?.AbsolutePath))
                .AddSource(MassTransitName, Dispatching.Name)
                .AddProcessor(new BrokerName()))
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation()
                .AddMeter(MassTransitName, FleetMeter.Name))
            .WithLogging()
            .UseOtlpExporter();
    }

    /// <summary>Asked every few seconds by the gateway and by whoever watches the process, they would bury what matters.</summary>
    private static bool IsProbe(PathString path) => path.StartsWithSegments("/health", StringComparison.Ordinal);

    /// <summary>MassTransit names queue, operation and message, but not what carries them.</summary>
    private sealed class BrokerName : BaseProcessor<Activity>
    {
        public override void OnStart(Activity data)
        {
            if (data.Source.Name == MassTransitName) data.SetTag("messaging.system", "rabbitmq");
        }
    }
}
