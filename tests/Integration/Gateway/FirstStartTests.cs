using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;

namespace Fleet.Tests.Integration.Gateway;

/// <summary>The gateway as a real process on an empty data folder.</summary>
public sealed class FirstStartTests : IDisposable
{
    private readonly string _data = Path.Combine(Directory.CreateTempSubdirectory("fleet-gateway-").FullName, "data");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_data)!, recursive: true);

    [Fact]
    public async Task The_first_start_leaves_a_client_and_prints_a_password_once_and_secrets_are_the_owner_s_alone()
    {
        string printed;
        await using (var first = await GatewayProcess.StartAsync(_data))
        {
            printed = first.Output.Single(l => l.StartsWith("First sign-in", StringComparison.Ordinal));
            await ShouldKnowItsClientAsync(first.Address);
            using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = first.Address };
            (await GatewayFixture.SignInAsync(browser, "administrator", printed.Split(' ')[^1])).ShouldLeadTo("/password");
            (await GatewayFixture.SignInAsync(browser, "admin", "demo")).ShouldLeadTo("/sign-in?error=credentials");
        }

        foreach (var file in Directory.EnumerateFiles(_data, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
            (File.GetUnixFileMode(file) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)).ShouldBe(UnixFileMode.None, file);
        Directory.EnumerateFiles(Path.Combine(_data, "gateway-sessions")).ShouldNotBeEmpty();

        await using var second = await GatewayProcess.StartAsync(_data);
        second.Output.ShouldNotContain(l => l.Contains("password", StringComparison.Ordinal));
        await ShouldKnowItsClientAsync(second.Address);
    }

    [Theory]
    [InlineData("gateway.lock")]
    [InlineData("gateway-key.pem")]
    [InlineData("gateway.db")]
    [InlineData("admin-client.json")]
    public async Task A_first_start_that_is_killed_is_made_good_by_the_next(string lastSeen)
    {
        await using (var killed = GatewayProcess.Launch(_data))
            await Eventually.ShouldAsync(() =>
            {
                File.Exists(Path.Combine(_data, lastSeen)).ShouldBeTrue();
                return Task.CompletedTask;
            });

        await using var next = await GatewayProcess.StartAsync(_data);
        await ShouldKnowItsClientAsync(next.Address);
    }

    [Fact]
    public async Task A_client_file_without_its_account_is_what_becomes_the_account()
    {
        Directory.CreateDirectory(_data);
        await File.WriteAllTextAsync(Path.Combine(_data, "admin-client.json"), """{"clientId":"admin-client","clientSecret":"written-before-the-kill"}""");
        await using var gateway = await GatewayProcess.StartAsync(_data);
        await ShouldKnowItsClientAsync(gateway.Address);
    }

    [Fact]
    public async Task Two_that_start_at_once_agree_on_key_and_client()
    {
        var both = await Task.WhenAll(GatewayProcess.StartAsync(_data), GatewayProcess.StartAsync(_data));
        await using var first = both[0];
        await using var second = both[1];
        await ShouldKnowItsClientAsync(first.Address);
        await ShouldKnowItsClientAsync(second.Address);
        using var client = new HttpClient();
        (await client.GetStringAsync(new Uri(first.Address, "/.well-known/jwks.json"))).ShouldBe(await client.GetStringAsync(new Uri(second.Address, "/.well-known/jwks.json")));
        first.Output.Concat(second.Output).Count(l => l.StartsWith("First sign-in", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://127.0.0.1:0;http://+:0")]
    public async Task The_demo_s_known_passwords_are_not_offered_to_a_network(string urls)
    {
        await using var gateway = GatewayProcess.Launch(_data, ("ASPNETCORE_URLS", urls), ("Fleet__Demo", "true"));
        (await gateway.ExitAsync()).ShouldBe(1);
        gateway.Output.ShouldHaveSingleItem().ShouldContain("loopback");
        Directory.Exists(_data).ShouldBeFalse();
    }

    private async Task ShouldKnowItsClientAsync(Uri address)
    {
        var file = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_data, "admin-client.json")))!;
        using var client = new HttpClient { BaseAddress = address };
        var token = await GatewayFixture.TokenAsync(client, file["clientId"]!.GetValue<string>(), file["clientSecret"]!.GetValue<string>());
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        (await client.GetJsonAsync("/auth/me"))["roles"]!.AsArray().Count.ShouldBe(4);
    }

    private sealed class GatewayProcess : IAsyncDisposable
    {
        private readonly Process _process;
        private readonly List<string> _lines = [];

        private GatewayProcess(Process process, Uri address)
        {
            (_process, Address) = (process, address);
            process.OutputDataReceived += Keep;
            process.ErrorDataReceived += Keep;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        public Uri Address { get; }

        public IReadOnlyList<string> Output
        {
            get
            {
                lock (_lines) return [.. _lines];
            }
        }

        private static string Configuration => AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

        public static GatewayProcess Launch(string data, params (string Name, string Value)[] settings)
        {
            var address = GatewayFixture.FreeAddress();
            var start = new ProcessStartInfo("dotnet", [Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, $"../../../../../gateway/bin/{Configuration}/net10.0/Fleet.Gateway.dll"))]) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["ASPNETCORE_URLS"] = address.ToString();
            start.Environment["Fleet__Data"] = data;
            // Nobody answers there: the door opens without a broker.
            start.Environment["Fleet__Broker"] = $"amqp://guest:guest@127.0.0.1:{GatewayFixture.FreeAddress().Port}/";
            foreach (var (name, value) in settings) start.Environment[name] = value;
            return new GatewayProcess(Process.Start(start)!, address);
        }

        public static async Task<GatewayProcess> StartAsync(string data)
        {
            var gateway = Launch(data);
            using var client = new HttpClient { BaseAddress = gateway.Address };
            await Eventually.ShouldAsync(async () =>
            {
                gateway._process.HasExited.ShouldBeFalse(string.Join('\n', gateway.Output));
                (await client.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
            });
            return gateway;
        }

        public async Task<int> ExitAsync()
        {
            await _process.WaitForExitAsync();
            return _process.ExitCode;
        }

        /// <summary>kill -9.</summary>
        public async ValueTask DisposeAsync()
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        private void Keep(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is { Length: > 0 } text) lock (_lines) _lines.Add(text);
        }
    }
}
