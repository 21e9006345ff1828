using System.Diagnostics;
using System.Globalization;

namespace Fleet.Tests.EndToEnd;

/// <summary>An installation whose people may sign in at an identity provider, and that provider: <c>oidc/provider.js</c>, a process of its own.</summary>
public sealed class IdentityProvider : IAsyncLifetime
{
    private readonly int _port = Installation.FreePorts(1);
    private Process? _process;

    public Installation Fleet { get; private set; } = null!;

    public string Issuer => $"http://127.0.0.1:{_port}";

    public async ValueTask InitializeAsync()
    {
        Fleet = await Installation.UpAsync(settings: new Dictionary<string, string>
        {
            ["Fleet__OpenIdConnect__Authority"] = Issuer,
            ["Fleet__OpenIdConnect__ClientId"] = "fleet",
            ["Fleet__OpenIdConnect__ClientSecret"] = "the-secret-of-fleet",
            ["Fleet__OpenIdConnect__Name"] = "Rathaus-Konto",
            ["Fleet__OpenIdConnect__RequireHttpsMetadata"] = "false",
            ["Fleet__OpenIdConnect__RoleMap__0"] = "fleet-it=it",
            ["Fleet__OpenIdConnect__RoleMap__1"] = "fleet-hr=hr",
        });
        await StartAsync();
    }

    /// <summary>Begins; with keys that nobody has seen yet.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("node", ["provider.js", _port.ToString(CultureInfo.InvariantCulture), Fleet.Address.GetLeftPart(UriPartial.Authority)])
        {
            WorkingDirectory = Path.Combine(Installation.Root, "tests/EndToEnd/oidc"),
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        // Before that it says what a test's provider lacks.
        while (await _process.StandardOutput.ReadLineAsync() is var line && line != "ready") line.ShouldNotBeNull("The provider does not start; see above. Its packages: npm ci in tests/EndToEnd/oidc.");
    }

    public async Task StopAsync()
    {
        if (_process is null) return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (Fleet is not null) await Fleet.DisposeAsync();
    }
}
