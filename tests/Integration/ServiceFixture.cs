using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Claims;
using System.Security.Cryptography;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Fleet.Platform.Store.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Fleet.Tests.Integration;

/// <summary>
/// One service as a real process with its own data folder and its own virtual host on the real broker. The test stands where the gateway stands:
/// it publishes the signing keys and makes the tokens. Derive one fixture per service and use it as an <c>IClassFixture</c>.
/// </summary>
/// <param name="service">The service's short name.</param>
/// <param name="project">Its folder from the root, such as services/Inventory.</param>
public abstract class ServiceFixture(string service, string project) : IAsyncLifetime
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _data = Directory.CreateTempSubdirectory($"fleet-{service}-").FullName;
    private WebApplication _keys = null!;
    private Process? _process;

    /// <summary>The service's virtual host.</summary>
    public Broker Broker { get; private set; } = null!;

    /// <summary>The service's data folder.</summary>
    public string DataFolder => _data;

    /// <summary>Where the service listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>More settings for the process, by environment variable name.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    /// <summary>What else the gateway answers, besides its keys.</summary>
    protected virtual void MapGateway(WebApplication gateway)
    {
    }

    /// <summary>Which shape the service's stored states have.</summary>
    protected virtual Schema Schema => Schema.First;

    public async ValueTask InitializeAsync()
    {
        Broker = await Broker.StartAsync();
        _keys = await ServeKeysAsync();
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await Broker.DisposeAsync();
        await _keys.DisposeAsync();
        _key.Dispose();
        Directory.Delete(_data, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts the process (again) and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, $"../../../../../{project}/bin/{Configuration}/net10.0/Fleet.{Path.GetFileName(project)}.dll");
        var start = new ProcessStartInfo("dotnet", [Path.GetFullPath(assembly)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_URLS"] = Address.ToString();
        start.Environment["Fleet__Data"] = _data;
        start.Environment["Fleet__Broker"] = Broker.Uri;
        start.Environment["Fleet__Gateway"] = _keys.Urls.Single();
        foreach (var (name, value) in Settings) start.Environment[name] = value;
        _process = Process.Start(start)!;
        var log = new List<string>();
        void Keep(object _, DataReceivedEventArgs line)
        {
            lock (log) log.Add(line.Data ?? "");
        }

        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        using var client = new HttpClient { BaseAddress = Address };
        await Eventually.ShouldAsync(
            async () =>
            {
                try
                {
                    (await client.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
                }
                catch (Exception error)
                {
                    lock (log) throw new InvalidOperationException($"{service} is not ready: {string.Join('\n', log)}", error);
                }
            },
            TimeSpan.FromSeconds(60));
    }

    /// <summary>kill -9: nothing in the process gets to clean up.</summary>
    public void Kill()
    {
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
    }

    /// <summary>A client that the gateway let through as this subject with these roles.</summary>
    public HttpClient As(string subject, params string[] roles) => With(Token(subject, roles));

    /// <summary>The same for an account that is bound to a person.</summary>
    public HttpClient AsPerson(Guid personId, string subject, params string[] roles) => With(Token(subject, roles, personId: personId));

    /// <summary>A token as the gateway makes it; the audience can be another to see it refused.</summary>
    public string Token(string subject, string[] roles, string audience = TokenValidation.ServiceAudience, TimeSpan? lifetime = null, Guid? personId = null) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = TokenValidation.Issuer,
            Audience = audience,
            Expires = (TimeProvider.System.GetUtcNow() + (lifetime ?? TimeSpan.FromHours(1))).UtcDateTime,
            Subject = new ClaimsIdentity([new Claim("sub", subject), .. roles.Select(r => new Claim("role", r)), .. personId is { } id ? [new Claim(Caller.PersonClaim, id.ToString())] : Array.Empty<Claim>()]),
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(_key) { KeyId = "test" }, SecurityAlgorithms.EcdsaSha256),
        });

    /// <summary>The service's own store, opened beside the running process; the caller disposes it.</summary>
    public SqliteDocumentStore OpenStore(params DocumentType[] types) => SqliteDocumentStore.Open(Path.Combine(_data, $"{service}.db"), Schema, types);

    private HttpClient With(string token)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static string Configuration => AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<WebApplication> ServeKeysAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{FreePort()}");
        var app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", (HttpRequest request) => Results.Json(
            new Dictionary<string, string> { ["issuer"] = TokenValidation.Issuer, ["jwks_uri"] = $"http://{request.Host}/.well-known/jwks.json" }));
        var point = _key.ExportParameters(false).Q;
        app.MapGet("/.well-known/jwks.json", () => Results.Json(new
        {
            keys = new[] { new { kty = "EC", crv = "P-256", kid = "test", use = "sig", alg = "ES256", x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) } },
        }));
        MapGateway(app);
        await app.StartAsync();
        return app;
    }
}
