using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Fleet.Tests.EndToEnd;

/// <summary>
/// A whole installation with its own data folder, ports and virtual host or broker, started by <c>deploy/up.sh</c> as its user would.
/// Processes can be killed and started again one by one, in any order.
/// </summary>
public sealed class Installation : IAsyncDisposable
{
    /// <summary>All processes of an installation.</summary>
    public static readonly string[] Processes = ["gateway", "inventory", "assignment", "provisioning", "audit", "portal"];

    /// <summary>The root of the repository.</summary>
    public static readonly string Root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));
    private static int _nextPort = 21000 + (Environment.ProcessId % 200 * 40);

    private readonly Dictionary<string, ProcessStartInfo> _started = [];
    private readonly List<HttpClient> _clients = [];
    private readonly List<Process> _restarted = [];
    private readonly string _data = Directory.CreateTempSubdirectory("fleet-e2e-").FullName;
    private readonly int _port = FreePorts(6);
    private string _broker = "";
    private IReadOnlyDictionary<string, string> _settings = new Dictionary<string, string>();

    /// <summary>The gateway.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}");

    /// <summary>What up.sh printed.</summary>
    public string Output { get; private set; } = "";

    /// <summary>Starts an installation, on this broker or on a virtual host of its own on the one all tests share.</summary>
    /// <param name="broker">The broker's URI.</param>
    /// <param name="demo">With the demo county.</param>
    /// <param name="settings">More environment variables for all processes.</param>
    public static async Task<Installation> UpAsync(string? broker = null, bool demo = false, IReadOnlyDictionary<string, string>? settings = null)
    {
        var installation = new Installation { _settings = settings ?? new Dictionary<string, string>() };
        var server = Environment.GetEnvironmentVariable("FLEET_TEST_RABBITMQ") ?? "amqp://guest:guest@127.0.0.1:5672";
        installation._broker = broker ?? $"{server}/e2e-{installation._port}";
        if (broker is null)
        {
            (await RunAsync("rabbitmqctl", ["-q", "add_vhost", $"e2e-{installation._port}"])).ExitCode.ShouldBe(0);
            (await RunAsync("rabbitmqctl", ["-q", "set_permissions", "-p", $"e2e-{installation._port}", "guest", ".*", ".*", ".*"])).ExitCode.ShouldBe(0);
        }

        var (code, output) = await installation.ScriptAsync("up.sh", demo ? ["--no-build", "--demo"] : ["--no-build"]);
        code.ShouldBe(0, output);
        installation.Output = output;
        return installation;
    }

    /// <summary>A client that acts in these roles.</summary>
    public async Task<HttpClient> AsAsync(params string[] roles)
    {
        var admin = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_data, "admin-client.json")))!;
        var administrator = await SignedInAsync((string)admin["clientId"]!, (string)admin["clientSecret"]!);
        var created = await administrator.PostAsJsonAsync("/auth/clients", new { clientId = $"test-{Guid.CreateVersion7():N}", roles });
        created.StatusCode.ShouldBe(HttpStatusCode.Created, await created.Content.ReadAsStringAsync());
        var client = (await created.Content.ReadFromJsonAsync<JsonNode>())!;
        return await SignedInAsync((string)client["clientId"]!, (string)client["clientSecret"]!);
    }

    /// <summary>A client with this service account's token.</summary>
    public async Task<HttpClient> SignedInAsync(string clientId, string clientSecret)
    {
        var client = Anonymous();
        var answer = await client.PostAsync("/auth/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = clientId,
            ["client_secret"] = clientSecret,
        }));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        var token = await answer.Content.ReadFromJsonAsync<JsonNode>();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)token!["access_token"]!);
        return client;
    }

    public HttpClient Anonymous()
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        _clients.Add(client);
        return client;
    }

    /// <summary>Where one of the processes listens itself.</summary>
    public Uri AddressOf(string process) => new($"http://127.0.0.1:{_port + Array.IndexOf(Processes, process)}");

    /// <summary>A file of the data folder.</summary>
    public string FileIn(string name) => Path.Combine(_data, name);

    /// <summary>The process id of one of the processes.</summary>
    public int ProcessId(string name) =>
        int.Parse(File.ReadAllText(Path.Combine(_data, "run", $"{name}.pid")).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture);

    /// <summary>kill -9, remembering how the process was started.</summary>
    public void Kill(string name)
    {
        var id = ProcessId(name);
        var arguments = File.ReadAllText($"/proc/{id}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var start = new ProcessStartInfo(arguments[0], arguments[1..]) { WorkingDirectory = Root };
        start.Environment.Clear();
        foreach (var pair in File.ReadAllText($"/proc/{id}/environ").Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)))
            start.Environment[pair[0]] = pair[1];
        _started[name] = start;
        using var process = Process.GetProcessById(id);
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Starts a killed process as it was started before; does not wait until it is ready.</summary>
    public void Start(string name)
    {
        var command = _started[name];
        // Through a shell that writes the log and leaves the process id where down.sh looks for it.
        var log = Path.Combine(_data, "logs", $"{name}.log");
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >>\"$FLEET_TEST_LOG\" 2>&1", command.FileName, .. command.ArgumentList]) { WorkingDirectory = Root };
        start.Environment.Clear();
        foreach (var (key, value) in command.Environment) start.Environment[key] = value;
        start.Environment["FLEET_TEST_LOG"] = log;
        var process = Process.Start(start)!;
        _restarted.Add(process);
        var startTime = File.ReadAllText($"/proc/{process.Id}/stat").Split(' ')[21];
        File.WriteAllText(Path.Combine(_data, "run", $"{name}.pid"), $"{process.Id} {startTime}\n");
    }

    /// <summary>Waits until every process is ready.</summary>
    public async Task ReadyAsync()
    {
        var client = Anonymous();
        await Eventually.ShouldAsync(
            async () =>
            {
                foreach (var process in Processes)
                    (await client.GetAsync(new Uri(AddressOf(process), "/health/ready"))).StatusCode.ShouldBe(HttpStatusCode.OK, process);
            },
            TimeSpan.FromSeconds(60));
    }

    /// <summary>What a process says of its own health.</summary>
    public async Task<JsonNode> HealthAsync(string process) =>
        JsonNode.Parse(await (await Anonymous().GetAsync(new Uri(AddressOf(process), "/health/ready"))).Content.ReadAsStringAsync())!;

    /// <summary>Runs a script of deploy/ for this installation.</summary>
    public Task<(int ExitCode, string Output)> ScriptAsync(string script, params string[] arguments) => RunAsync(
        Path.Combine(Root, "deploy", script), arguments,
        new(_settings) { ["FLEET_DATA"] = _data, ["FLEET_PORT"] = _port.ToString(CultureInfo.InvariantCulture), ["FLEET_RABBITMQ"] = _broker });

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        await ScriptAsync("down.sh");
        foreach (var process in _restarted) process.Dispose();
        if (_broker.Contains("/e2e-", StringComparison.Ordinal)) await RunAsync("rabbitmqctl", ["-q", "delete_vhost", $"e2e-{_port}"]);
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>Runs a command to its end; its output and errors in one text.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string command, string[] arguments, Dictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Root };
        foreach (var (name, value) in environment ?? []) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    /// <summary>The first of so many consecutive free ports.</summary>
    public static int FreePorts(int count)
    {
        while (true)
        {
            var first = Interlocked.Add(ref _nextPort, count) - count;
            if (Enumerable.Range(first, count).All(IsFree)) return first;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
