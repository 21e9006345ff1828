using System.Diagnostics;
using Fleet.Platform.Telemetry;

namespace Fleet.Tests.Unit.Platform;

public sealed class OutputRotationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fleet-rotation-").FullName;

    private string Log => Path.Combine(_folder, "service.log");

    [Fact]
    public async Task Output_beyond_the_limit_moves_aside_and_its_writer_goes_on_in_the_emptied_file()
    {
        // As the shell appends it: the writer keeps its file open and always writes at the end.
        var start = new ProcessStartInfo("sh", ["-c", "exec >>\"$0\"; printf 0123456789; echo written >&2; read go; printf after", Log])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        using var writer = Process.Start(start)!;
        (await writer.StandardError.ReadLineAsync()).ShouldBe("written");

        OutputRotation.Rotate(Log, 5).ShouldBeTrue();
        await writer.StandardInput.WriteLineAsync("go");
        await writer.WaitForExitAsync();

        File.ReadAllText($"{Log}.1").ShouldBe("0123456789");
        File.ReadAllText(Log).ShouldBe("after");
    }

    [Fact]
    public void Output_within_the_limit_stays()
    {
        File.WriteAllText(Log, "12345");

        OutputRotation.Rotate(Log, 5).ShouldBeFalse();

        File.ReadAllText(Log).ShouldBe("12345");
        File.Exists($"{Log}.1").ShouldBeFalse();
    }

    [Fact]
    public void Three_older_files_are_kept()
    {
        for (var i = 1; i <= 5; i++)
        {
            File.WriteAllText(Log, $"round {i}");
            OutputRotation.Rotate(Log, 1);
        }

        Directory.GetFiles(_folder).Select(Path.GetFileName).Order().ShouldBe(["service.log", "service.log.1", "service.log.2", "service.log.3"]);
        File.ReadAllText($"{Log}.3").ShouldBe("round 3");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
