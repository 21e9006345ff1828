using System.Net;
using System.Net.Sockets;

namespace Fleet.Tests.EndToEnd;

/// <summary>When up.sh cannot do its work, it says why in one sentence and leaves nothing running.</summary>
public sealed class UpScriptTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fleet-up-").FullName;
    private readonly int _port = Installation.FreePorts(6);

    [Fact]
    public async Task A_taken_port_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, _port + 3);
        other.Start();
        await ShouldFailAsync($"Port {_port + 3} ", []);
    }

    [Fact]
    public Task A_broker_elsewhere_that_does_not_answer_is_named() =>
        ShouldFailAsync("No broker answers at broker.invalid:5672", new() { ["FLEET_RABBITMQ"] = "amqp://guest:guest@broker.invalid:5672/" });

    [Fact]
    public async Task A_data_folder_that_cannot_be_written_to_is_named()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "");
        await ShouldFailAsync($"{file}/data cannot be written to", new() { ["FLEET_DATA"] = $"{file}/data" });
    }

    [Fact]
    public async Task A_missing_sdk_is_named()
    {
        // Everything but the .NET SDK.
        var tools = Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName;
        foreach (var tool in Directory.GetFiles("/usr/bin").Where(f => Path.GetFileName(f) != "dotnet")) File.CreateSymbolicLink(Path.Combine(tools, Path.GetFileName(tool)), tool);
        await ShouldFailAsync("The .NET SDK is not installed", new() { ["PATH"] = tools });
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task ShouldFailAsync(string sentence, Dictionary<string, string> environment)
    {
        environment.TryAdd("FLEET_DATA", Path.Combine(_folder, "data"));
        environment["FLEET_PORT"] = _port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var (code, output) = await Installation.RunAsync(Path.Combine(Installation.Root, "deploy/up.sh"), ["--no-build"], environment);
        code.ShouldNotBe(0, output);
        output.ShouldContain(sentence);
        output.TrimEnd().Split('\n').Length.ShouldBe(1, output);
        foreach (var folder in Directory.GetDirectories("/proc").Where(f => int.TryParse(Path.GetFileName(f), out _)))
            ReadOrEmpty(Path.Combine(folder, "environ")).ShouldNotContain($"Fleet__Data={environment["FLEET_DATA"]}");
    }

    private static string ReadOrEmpty(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The process ended meanwhile, or is the kernel's.
            return "";
        }
    }
}
