using Fleet.Platform.Bus;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Fleet.Platform.Telemetry;
using Fleet.Platform.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Fleet.Platform;

/// <summary>What every process of Fleet starts with. <c>Program.cs</c> adds its documents, consumers and endpoints.</summary>
public static class FleetService
{
    /// <summary>Options, time, JSON, problem details, logs and traces, OpenAPI and health.</summary>
    /// <param name="builder">The process being composed.</param>
    /// <param name="service">Short lower-case name; prefixes queues, names the store and the logs.</param>
    public static WebApplicationBuilder AddFleet(this WebApplicationBuilder builder, string service)
    {
        builder.Services.AddOptions<FleetOptions>().BindConfiguration(FleetOptions.Section).ValidateDataAnnotations()
            .Validate(o => TimeZoneInfo.TryFindSystemTimeZoneById(o.TimeZone, out _), "Fleet:TimeZone is not a time zone of this machine.")
            .ValidateOnStart();
        builder.Services.AddSingleton(new ServiceName(service));
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(p => new FleetCalendar(TimeZoneInfo.FindSystemTimeZoneById(p.GetRequiredService<IOptions<FleetOptions>>().Value.TimeZone)));
        builder.Services.ConfigureHttpJsonOptions(o => OpenApiMembers.Prepare(FleetJson.Configure(o.SerializerOptions)));
        builder.Services.AddSingleton<IdempotencyTurns>();
        Compression.Add(builder.Services);
        builder.Services.AddOpenApi(service, o => OpenApiSecurity.Describe(o, service));
        builder.Services.AddHealthChecks();
        builder.WebHost.ConfigureKestrel(k => k.AddServerHeader = false);
        ProblemAnswers.Add(builder.Services);
        FleetTelemetry.Add(builder, service);
        builder.Services.AddHostedService<OutputRotation>();
        return builder;
    }

    /// <summary>Callers are who the gateway's signed token says. Endpoints state their roles.</summary>
    public static WebApplicationBuilder AddTokenValidation(this WebApplicationBuilder builder)
    {
        TokenValidation.Add(builder.Services);
        return builder;
    }

    /// <summary>The store, with the document types this service owns.</summary>
    public static WebApplicationBuilder AddDocumentStore(this WebApplicationBuilder builder, params DocumentType[] types)
    {
        StoreRegistration.Add(builder.Services, types);
        builder.AddWork(work => work.Every<ForgetOrigins>(ForgetOrigins.Interval));
        return builder;
    }

    /// <summary>Which version of the stored shapes this build writes, and how older ones are migrated. Without it: the first.</summary>
    public static WebApplicationBuilder WithSchema(this WebApplicationBuilder builder, int version, params Migration[] migrations)
    {
        builder.Services.AddSingleton(new Schema(version, migrations));
        return builder;
    }

    /// <summary>The bus: consumers, and the dispatcher that publishes pending events. Needs the store.</summary>
    /// <param name="builder">The process being composed.</param>
    /// <param name="deliveries">All events of the system and the queues each is delivered to.</param>
    /// <param name="consumers">Adds this service's consumers.</param>
    public static WebApplicationBuilder AddBus(
        this WebApplicationBuilder builder, IReadOnlyDictionary<Type, IReadOnlyList<string>> deliveries, Action<BusConsumers> consumers)
    {
        BusRegistration.Add(builder.Services, deliveries, consumers);
        return builder;
    }

    /// <summary>The pipeline in front of the endpoints, health and OpenAPI. Call it before mapping, and <see cref="RunFleetAsync"/> after.</summary>
    /// <param name="app">The process being composed.</param>
    /// <param name="beforeAuthorization">What must know the caller and may refuse before the roles are asked (the gateway's limits).</param>
    /// <param name="checksQueries">Whether unknown and repeated parameters are refused. Not for pages: whoever sends a link may add to it what a reader's tools want.</param>
    /// <param name="compresses">Whether answers are compressed. Not in the gateway, which passes on what the services compressed.</param>
    public static WebApplication UseFleet(this WebApplication app, Action<IApplicationBuilder>? beforeAuthorization = null, bool checksQueries = true, bool compresses = true)
    {
        if (compresses) app.UseResponseCompression();
        ProblemAnswers.Use(app);
        app.Use(HeadRequests.FindAsGet);
        app.UseRouting();
        app.Use(HeadRequests.Restore);
        app.UseAuthentication();
        beforeAuthorization?.Invoke(app);
        app.UseAuthorization();
        if (checksQueries) app.Use(QueryCheck.Handle);
        app.Use(Idempotency.Handle);
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new() { ResponseWriter = HealthAnswer.WriteAsync }).AllowAnonymous();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        return app;
    }

    /// <summary>
    /// Refuses to start when an endpoint states neither roles nor that it is open to anybody; then opens the store and runs. Returns the exit code: what
    /// stops the start is one sentence for the operator and code 1.
    /// </summary>
    public static async Task<int> RunFleetAsync(this WebApplication app)
    {
        var unguarded = ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<RequiredRoles>() is null && e.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is null)
            .Select(e => e.DisplayName ?? e.RoutePattern.RawText);
        if (unguarded.ToList() is { Count: > 0 } names)
            throw new InvalidOperationException($"These endpoints state no role: {string.Join("; ", names)}. Use RequireRole(…) or AllowAnonymous().");

        var service = app.Services.GetRequiredService<ServiceName>().Value;
        try
        {
            // Before anything listens or consumes: without its store a service does not begin.
            _ = app.Services.GetService<IDocumentStore>();
            await app.RunAsync();
            return 0;
        }
        catch (Exception error) when (error is StartRefusedException or OptionsValidationException)
        {
            await Console.Error.WriteLineAsync($"{service} does not start: {error.Message}");
            await app.DisposeAsync();
            Environment.ExitCode = 1;
            return 1;
        }
    }
}

/// <summary>The short lower-case name of this process.</summary>
public sealed record ServiceName(string Value);
