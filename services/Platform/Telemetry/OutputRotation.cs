using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fleet.Platform.Telemetry;

/// <summary>
/// Keeps the file small that this process's output goes to (deploy/up.sh appends it to one): beyond <see cref="Limit"/> it is copied to
/// <c>name.1</c> (older ones move on to <c>.2</c>, <c>.3</c>) and emptied. Nothing happens where the output is a terminal or a pipe, as in containers.
/// A line written between copy and emptying is lost; the copy is made first, so that is all.
/// </summary>
internal sealed partial class OutputRotation(TimeProvider time, ILogger<OutputRotation> logger) : BackgroundService
{
    /// <summary>Bytes. A quiet service writes some kilobytes a day.</summary>
    public const long Limit = 10 * 1024 * 1024;

    private const int Kept = 3;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Rotates the file when it is larger than the limit.</summary>
    /// <returns>Whether it was.</returns>
    public static bool Rotate(string path, long limit)
    {
        if (new FileInfo(path) is not { Exists: true } file || file.Length <= limit) return false;
        for (var i = Kept; i > 1; i--)
        {
            if (File.Exists($"{path}.{i - 1}")) File.Move($"{path}.{i - 1}", $"{path}.{i}", overwrite: true);
        }

        // Not a rename: the process goes on writing to the very file that it has open, and whoever follows it sees it go on.
        using var output = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        using (var copy = new FileStream($"{path}.1", FileMode.Create, FileAccess.Write)) output.CopyTo(copy);
        output.SetLength(0);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        if (FileBehindOutput() is not { } path) return;
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                if (Rotate(path, Limit)) LogRotated(path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                LogPostponed(error.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>The regular file that standard output is appended to; null: it is something else.</summary>
    private static string? FileBehindOutput()
    {
        const string Output = "/proc/self/fd/1";
        return OperatingSystem.IsLinux() && File.ResolveLinkTarget(Output, returnFinalTarget: false) is { } target && File.Exists(target.FullName) ? target.FullName : null;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The output before this line lies in {Path}.1")]
    private partial void LogRotated(string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The output cannot be rotated yet: {Reason}")]
    private partial void LogPostponed(string reason);
}
