using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Claims;
using System.Text.Json.Nodes;
using Fleet.Platform;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fleet.Tests.Integration.Gateway;

/// <summary>A gateway with the demo's accounts and one process behind it that plays all services but audit, which is down.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _running = [];
    private readonly List<string> _folders = [];

    public Uri Address { get; private set; } = null!;

    public string Data { get; private set; } = "";

    /// <summary>Where the services are, to call one without the gateway.</summary>
    public Uri Behind { get; private set; } = null!;

    /// <summary>Bodies that reached a service whole.</summary>
    public ConcurrentQueue<long> Bodies { get; } = [];

    /// <summary>All gateways' clock: it runs, and can be put forward.</summary>
    public ShiftedTime Clock { get; } = new();

    /// <summary>What the gateway says, and a way to say what others would.</summary>
    public Broker Broker { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Broker = await Broker.StartAsync();
        var address = FreeAddress();
        Behind = FreeAddress();
        await StartServicesAsync(address);
        (Address, Data) = await StartGatewayAsync(address, []);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _running) await app.DisposeAsync();
        await Broker.DisposeAsync();
        foreach (var folder in _folders) Directory.Delete(folder, recursive: true);
    }

    /// <summary>Another gateway before the same services, with other settings.</summary>
    public async Task<Uri> StartGatewayAsync(params string[] settings) => (await StartGatewayAsync(FreeAddress(), settings)).Address;

    /// <summary>A client that keeps cookies and follows nothing, as a test of redirects needs.</summary>
    public HttpClient Anonymous(Uri? gateway = null) => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = gateway ?? Address };

    public async Task<HttpClient> AsClientAsync(string id, string secret = "demo", Uri? gateway = null)
    {
        var client = Anonymous(gateway);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(client, id, secret));
        return client;
    }

    public async Task<HttpClient> AsPersonAsync(string userName, string password = "demo", Uri? gateway = null)
    {
        var browser = Anonymous(gateway);
        (await SignInAsync(browser, userName, password)).Headers.Location!.OriginalString.ShouldBe("/");
        return browser;
    }

    public static Task<HttpResponseMessage> SignInAsync(HttpClient browser, string userName, string password, string returnUrl = "") =>
        browser.PostFormAsync("/auth/sign-in", ("userName", userName), ("password", password), ("returnUrl", returnUrl));

    public static async Task<string> TokenAsync(HttpClient client, string id, string secret)
    {
        var answer = await client.PostFormAsync("/auth/token", ("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret));
        return (await answer.JsonAsync(HttpStatusCode.OK))["access_token"]!.GetValue<string>();
    }

    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    private async Task<(Uri Address, string Data)> StartGatewayAsync(Uri address, string[] settings)
    {
        var data = Directory.CreateTempSubdirectory("fleet-gateway-").FullName;
        _folders.Add(data);
        // The services know the first one's key.
        if (Data.Length > 0) File.Copy(Path.Combine(Data, "gateway-key.pem"), Path.Combine(data, "gateway-key.pem"));
        var services = new[] { "inventory", "assignment", "provisioning", "portal" }.Select(s => $"--Fleet:Services:{s}={Behind}");
        var builder = WebApplication.CreateBuilder(
            [$"--urls={address}", $"--Fleet:Data={data}", $"--Fleet:Broker={Broker.Uri}", "--Fleet:Demo=true", "--Logging:LogLevel:Default=None", $"--Fleet:Services:audit={FreeAddress()}", .. services, .. settings]);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        var gateway = await Fleet.Gateway.Program.BuildAsync(builder);
        await gateway.StartAsync();
        _running.Add(gateway);
        return (address, data);
    }

    private async Task StartServicesAsync(Uri gateway)
    {
        var builder = WebApplication.CreateBuilder([$"--urls={Behind}", $"--Fleet:Gateway={gateway}"]);
        builder.AddFleet("behind").AddTokenValidation();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.UseFleet();
        string[] all = [.. Roles.All];
        app.MapGet("/api/inventory/seen", Seen).RequireRole(all);
        app.MapGet("/api/inventory/it-only", Seen).RequireRole(Roles.It);
        app.MapPost("/api/inventory/body", (Delegate)ReadBodyAsync).RequireRole(all);
        app.MapGet("/api/inventory/slow", WaitAsync).RequireRole(all);
        app.MapGet("/api/provisioning/gateways/{id}/peers", WaitAsync).RequireRole(all);
        app.MapGet("/scim/v2/Users", Seen).RequireRole(all);
        app.MapGet("/sign-in", Seen).AllowAnonymous();
        app.MapGet("/account/second-factor", Seen).AllowAnonymous();
        app.MapPost("/account/second-factor", Seen).AllowAnonymous();
        app.MapGet("/account/second-factor/replace", Seen).AllowAnonymous();
        app.MapGet("/css/site.css", () => Results.Text("a{}", "text/css")).AllowAnonymous();
        app.MapGet("/coverage", Seen).RequireRole(all);
        app.MapPost("/language", Seen).AllowAnonymous();
        await app.StartAsync();
        _running.Add(app);
    }

    /// <summary>What a service got to see.</summary>
    private static IResult Seen(HttpContext http) => Results.Json(new
    {
        headers = http.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()),
        subject = http.User.FindFirstValue("sub"),
        personId = http.User.FindFirstValue(Caller.PersonClaim),
        accountId = http.User.FindFirstValue("accountId"),
        roles = http.User.FindAll("role").Select(c => c.Value),
    });

    private async Task<IResult> ReadBodyAsync(HttpContext http)
    {
        var length = 0L;
        var buffer = new byte[16 * 1024];
        while (await http.Request.Body.ReadAsync(buffer) is var read and > 0) length += read;
        Bodies.Enqueue(length);
        return Results.Ok(length);
    }

    private static async Task<IResult> WaitAsync(int milliseconds, CancellationToken ct)
    {
        await Task.Delay(milliseconds, ct);
        return Results.Ok();
    }
}

/// <summary>The system's time and what a test puts it forward by; timers run as ever.</summary>
public sealed class ShiftedTime : TimeProvider
{
    private long _ticks;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _ticks));

    public override long GetTimestamp() => base.GetTimestamp() + (long)(Interlocked.Read(ref _ticks) * ((double)TimestampFrequency / TimeSpan.TicksPerSecond));
}

/// <summary>Shorter ways to send and to look.</summary>
internal static class HttpExtensions
{
    public static Task<HttpResponseMessage> PostFormAsync(this HttpClient client, string path, params (string Name, string Value)[] fields) =>
        client.PostAsync(path, new FormUrlEncodedContent(fields.ToDictionary(f => f.Name, f => f.Value)));

    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        return JsonNode.Parse(text)!;
    }

    public static async Task ShouldBeProblemAsync(this HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var problem = await answer.JsonAsync(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        problem["code"]!.GetValue<string>().ShouldBe(code);
    }

    public static Task<JsonNode> GetJsonAsync(this HttpClient client, string path) => client.GetFromJsonAsync<JsonNode>(path)!;

    public static void ShouldLeadTo(this HttpResponseMessage answer, string location, HttpStatusCode status = HttpStatusCode.SeeOther)
    {
        answer.StatusCode.ShouldBe(status);
        answer.Headers.Location!.OriginalString.ShouldBe(location);
    }
}
