using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Fleet.Platform;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fleet.Tests.Unit.Platform.Http;

/// <summary>A process of Fleet with a few endpoints of a test's own, on a port of its own. Whoever asks holds the role it.</summary>
internal sealed class SampleService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string? _ownData;

    private SampleService(WebApplication app, string? ownData) => (_app, _ownData) = (app, ownData);

    public HttpClient Http { get; private set; } = null!;

    public IDocumentStore Store => _app.Services.GetRequiredService<IDocumentStore>();

    /// <summary>Starts it; with a folder given, over the store that lies there.</summary>
    public static async Task<SampleService> StartAsync(
        Action<IEndpointRouteBuilder> map, DocumentType[] types, string? data = null, Action<IServiceCollection>? services = null)
    {
        var own = data is null ? Directory.CreateTempSubdirectory("fleet-sample-").FullName : null;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Fleet:Data"] = data ?? own });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddFleet("sample").AddDocumentStore(types);
        builder.Logging.ClearProviders();
        builder.Services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, Everybody>("test", null);
        builder.Services.AddAuthorization();
        services?.Invoke(builder.Services);
        var app = builder.Build().UseFleet();
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new SampleService(app, own) { Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) } };
    }

    /// <summary>Status and body of a GET; a refusal's body too.</summary>
    public async Task<(int Status, JsonNode Body)> GetAsync(string path)
    {
        using var answer = await Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }

    /// <summary>The answer to a request with a JSON body as it stands.</summary>
    public async Task<(int Status, JsonNode Body, HttpResponseMessage Answer)> SendAsync(HttpMethod method, string path, byte[] json, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!, answer);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        if (_ownData is not null) Directory.Delete(_ownData, recursive: true);
    }

    private sealed class Everybody(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(
            new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", "tester"), new Claim("role", "it")], "test", "sub", "role")), "test")));
    }
}
