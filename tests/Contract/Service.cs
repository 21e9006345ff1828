using System.Reflection;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Fleet.Contracts;
using Fleet.Platform.Bus;
using Fleet.Platform.Http;
using Fleet.Platform.Store;
using Fleet.Tests.Integration.Interleaving;
using MassTransit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fleet.Tests.Contract;

/// <summary>
/// A service in this process: its own Program, endpoints, consumers and store, over a folder of its own. There is no broker, and nothing runs by
/// itself: what it stored to be published is taken from its store, as the dispatcher takes it.
/// </summary>
internal sealed class Service : IAsyncDisposable
{
    private readonly string _name;
    private readonly IAsyncDisposable _process;
    private readonly Dictionary<string, Type> _consumers;

    private Service(string name, Assembly assembly, IAsyncDisposable process, HttpClient http, IServiceProvider parts)
    {
        (_name, _process, Http, Parts) = (name, process, http, parts);
        _consumers = assembly.GetTypes().Where(t => t.IsClass && t.IsAssignableTo(typeof(IConsumer))).ToDictionary(t => BusRegistration.QueueName(_name, t));
    }

    /// <summary>Whoever asks the gateway begins as nobody; in the other services everybody is Ines Weber of IT, a person with an account.</summary>
    public HttpClient Http { get; }

    /// <summary>What its Program composed.</summary>
    public IServiceProvider Parts { get; }

    /// <summary>Starts the service that this type belongs to.</summary>
    public static Service Start<T>(string name, string folder, TimeProvider time) where T : class
    {
        var process = new Process<T>(Directory.CreateDirectory(Path.Combine(folder, name)).FullName, time, name == "gateway");
        return new Service(name, typeof(T).Assembly, process, process.CreateClient(new() { AllowAutoRedirect = false }), process.Services);
    }

    public bool Consumes(string queue) => _consumers.ContainsKey(queue);

    /// <summary>A message arrives.</summary>
    public async Task DeliverAsync(string queue, IFleetEvent fact)
    {
        await using var scope = Parts.CreateAsyncScope();
        await HandDelivery.DeliverAsync((IConsumer)ActivatorUtilities.GetServiceOrCreateInstance(scope.ServiceProvider, _consumers[queue]), fact);
    }

    /// <summary>What it has stored to be published since the last call.</summary>
    public async Task<IReadOnlyList<StoredEvent>> TakePendingAsync()
    {
        var store = Parts.GetRequiredService<IDocumentStore>();
        var pending = await store.ReadPendingAsync(500, CancellationToken.None);
        if (pending.Count > 0) await store.ClearPendingAsync(pending, CancellationToken.None);
        return pending;
    }

    public ValueTask DisposeAsync()
    {
        Http.Dispose();
        return _process.DisposeAsync();
    }

    private sealed class Process<T>(string data, TimeProvider time, bool knowsItsCallers) : WebApplicationFactory<T> where T : class
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production").UseSetting("Fleet:Data", data).UseSetting("Fleet:Demo", "true");
            builder.ConfigureTestServices(services =>
            {
                // All but the server itself: bus, dispatcher, sweeps.
                foreach (var own in services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.Name != "GenericWebHostService").ToList()) services.Remove(own);
                services.Replace(ServiceDescriptor.Singleton(time));
                services.AddLogging(l => l.ClearProviders());
                if (!knowsItsCallers) services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, InesWeber>("test", null);
            });
        }
    }

    private sealed class InesWeber(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(
            new ClaimsPrincipal(new ClaimsIdentity(
                [new Claim("sub", "it.weber"), new Claim("role", "it"), new Claim("role", "hr"), new Claim(Caller.PersonClaim, "0195a1de-7c5e-7000-8000-0000000000e5")], "test", "sub", "role")),
            "test")));
    }
}
