using System.Diagnostics;
using System.Globalization;

namespace Fleet.Tests.EndToEnd;

/// <summary>A broker node that only one test uses, so that it can be stopped and started.</summary>
public sealed class OwnBroker : IAsyncDisposable
{
    private const string Commands = "/usr/lib/rabbitmq/bin";

    private readonly string _folder = Directory.CreateTempSubdirectory("fleet-broker-").FullName;
    private readonly int _port = Installation.FreePorts(2);
    private Process? _process;

    public string Uri => $"amqp://guest:guest@127.0.0.1:{_port}";

    public async Task StartAsync()
    {
        _process = Process.Start(Command("rabbitmq-server"));
        _process!.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        await ControlAsync("wait", Path.Combine(_folder, "pid"), "--timeout", "60");
    }

    /// <summary>Stops the broker inside its node: connections drop, the port is closed.</summary>
    public Task PauseAsync() => ControlAsync("stop_app");

    public Task ResumeAsync() => ControlAsync("start_app");

    public async ValueTask DisposeAsync()
    {
        await ControlAsync("stop", Path.Combine(_folder, "pid"));
        await _process!.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ControlAsync(params string[] arguments)
    {
        using var process = Process.Start(Command("rabbitmqctl", ["-q", .. arguments]))!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"rabbitmqctl {arguments[0]}: {output}");
    }

    private ProcessStartInfo Command(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Commands, name), arguments) { RedirectStandardOutput = true };
        start.Environment["HOME"] = _folder;
        start.Environment["RABBITMQ_NODENAME"] = $"fleet-test-{_port}@localhost";
        start.Environment["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1";
        start.Environment["RABBITMQ_NODE_PORT"] = _port.ToString(CultureInfo.InvariantCulture);
        start.Environment["RABBITMQ_DIST_PORT"] = (_port + 1).ToString(CultureInfo.InvariantCulture);
        start.Environment["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}";
        start.Environment["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder, "data");
        start.Environment["RABBITMQ_LOG_BASE"] = Path.Combine(_folder, "log");
        start.Environment["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_folder, "plugins");
        start.Environment["RABBITMQ_PID_FILE"] = Path.Combine(_folder, "pid");
        return start;
    }
}
