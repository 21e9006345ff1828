using System.Net;
using Fleet.Contracts;
using Fleet.Gateway.Features;
using Fleet.Gateway.Features.Accounts;
using Fleet.Gateway.Features.Clients;
using Fleet.Gateway.Features.Keys;
using Fleet.Gateway.Features.Operations;
using Fleet.Gateway.Features.People;
using Fleet.Gateway.Features.Sessions;
using Fleet.Gateway.Limits;
using Fleet.Gateway.Process;
using Fleet.Gateway.Proxy;
using Fleet.Gateway.Security;
using Fleet.Platform;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Work;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Fleet.Gateway;

/// <summary>The one door: who comes in, how much of it, and to which service.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        if (ListenCheck.Refuse(builder.Configuration) is { } reason)
        {
            await Console.Error.WriteLineAsync(reason);
            return 1;
        }

        var app = await BuildAsync(builder);
        return await app.RunFleetAsync();
    }

    internal static async Task<WebApplication> BuildAsync(WebApplicationBuilder builder)
    {
        if (!ListenCheck.IsConfigured(builder.Configuration)) builder.WebHost.UseUrls(GatewayOptions.DefaultUrl);
        // Before the platform's own: the first writer that can, writes.
        builder.Services.AddSingleton<IProblemDetailsWriter, PlainPage>();
        builder.AddFleet(Events.Service)
            .AddDocumentStore(AccountDocument.Type, SessionDocument.Type, PersonDocument.Type, RefusalLog.Refused.Type, DemoAccounts.Announcement.Type)
            .AddBus(Deliveries.Queues, consumers => consumers.Add<FollowPeople>())
            .AddWork(work => work.Every<DisableLeavers>(DisableLeavers.Interval).Every<ForgetSessions>(ForgetSessions.Interval));
        builder.Services.AddOptions<GatewayOptions>().BindConfiguration(FleetOptions.Section)
            .Validate(o => o.HasAllAddresses(), "Fleet:Services needs an http address for every service.")
            .Validate(o => o.HasGoodLimits(), "Fleet:Limits holds a value that is out of range.")
            .Validate(o => o.SecondFactor.HasGoodRoles(), "Fleet:SecondFactor:RequiredFor holds a word that is no role.")
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<GatewayOptions>, ProviderCheck>();
        var data = builder.Configuration.GetSection(FleetOptions.Section).Get<FleetOptions>()?.Data ?? new FleetOptions().Data;
        builder.Services.AddSingleton(await SigningKey.LoadOrCreateAsync(data, CancellationToken.None));
        builder.Services.AddSingleton<TokenIssuer>().AddSingleton<SessionStore>().AddSingleton<AccountStore>().AddSingleton<KnownDevice>().AddSingleton<RefusalLog>().AddSingleton<DemoAccounts>()
            .AddSingleton<SecondFactors>().AddSingleton<FirstStep>().AddSingleton<FactorSetUp>().AddSingleton<FactorTries>().AddSingleton<Arrival>()
            .AddHostedService<FirstStart>().AddHostedService(p => p.GetRequiredService<DemoAccounts>()).AddHostedService(p => p.GetRequiredService<RefusalLog>());
        DoorStaysOpen.Add(builder.Services);
        Callers.Add(builder.Services);
        Provider.Add(builder.Services, builder.Configuration);
        RequestLimits.Add(builder.Services);
        ProxyRoutes.Add(builder.Services);
        ListServices.Add(builder.Services);
        QuietLogs(builder.Logging);

        var app = builder.Build();
        TrustProxies(app);
        app.Use(AnswerHeaders.Handle);
        app.UseFleet(compresses: false, beforeAuthorization: steps =>
        {
            steps.UseRateLimiter();
            steps.Use(RequestLimits.RefuseLargeBody);
            steps.Use(SameOriginCheck.Handle);
        });

        app.Use(RecentFactor.Handle);

        var auth = app.MapGroup("/auth").WithTags("Accounts");
        auth.MapIssueToken();
        auth.MapShowMe();
        auth.MapAddAccount();
        auth.MapListAccounts();
        auth.MapGetAccount();
        auth.MapChangeAccount();
        auth.MapResetPassword();
        auth.MapChangePassword();
        auth.MapSetSecondFactor();
        auth.MapReplaceSecondFactor();
        auth.MapMakeRecoveryCodes();
        auth.MapRemoveSecondFactor();
        auth.MapAddClient();
        auth.MapListClients();
        auth.MapGetClient();
        auth.MapChangeClient();
        auth.MapRotateSecret();
        auth.MapRemoveClient();
        auth.MapSignIn();
        auth.MapSignInWithCode();
        if (Provider.IsConfigured(app.Configuration))
        {
            auth.MapSignInElsewhere();
            auth.MapReturnFromElsewhere();
        }

        auth.MapSignOut();
        auth.MapListSessions();
        auth.MapEndSession();
        auth.MapEndSessions();
        var operations = app.MapGroup("/operations").WithTags("Operations");
        operations.MapListServices();
        operations.MapListErrorQueues();
        operations.MapShowErrorQueue();
        operations.MapReplayErrorQueue();
        app.MapGroup("/.well-known").WithTags("Keys").MapPublishKeys();
        app.MapShowApi();

        ProxyRoutes.Map(app);
        // Not pages, though the pages' route would take them.
        app.Map("/api/{**rest}", () => Problems.NotFound("service")).RequireRole([.. Roles.All]).ExcludeFromDescription();
        foreach (var own in (string[])["/auth", "/operations", "/.well-known", "/openapi", "/health"]) app.MapRefuseUnclaimed(own);
        return app;
    }

    /// <summary>Behind a proxy that ends TLS the sender's address and scheme are what that proxy says; without one nobody's word counts.</summary>
    private static void TrustProxies(WebApplication app)
    {
        List<IPAddress> trusted = [.. app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.TrustedProxies.Select(IPAddress.Parse)];
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Fleet.Gateway.Proxies");
        app.Lifetime.ApplicationStarted.Register(() => UntrustedProxyWarning.AtStart(app.Urls, trusted, logger));
        app.Use(UntrustedProxyWarning.For(trusted, logger));
        if (trusted.Count == 0) return;
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in trusted) forwarded.KnownProxies.Add(proxy);
        app.UseForwardedHeaders(forwarded);
    }

    private static void QuietLogs(ILoggingBuilder logging)
    {
        // A service that is away is one line of ours per refused request, not a stack trace per check.
        logging.AddFilter("Yarp.ReverseProxy.Health", LogLevel.Critical);
        logging.AddFilter("Yarp.ReverseProxy.Forwarder.HttpForwarder", LogLevel.Error);
        // Asked every few seconds, it would repeat what the answer says.
        logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Error);
        // Anybody can make it complain; what it says is one line of ours.
        logging.AddFilter("Microsoft.AspNetCore.Authentication.OpenIdConnect", LogLevel.Critical);
        // That the session keys are not encrypted at rest is so on purpose: the file's mode protects them.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }
}
