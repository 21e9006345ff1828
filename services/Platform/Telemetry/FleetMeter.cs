using System.Diagnostics.Metrics;

namespace Fleet.Platform.Telemetry;

/// <summary>What Fleet counts itself. Each of these is worth an alarm.</summary>
internal static class FleetMeter
{
    public const string Name = "Fleet";

    private static readonly Meter Meter = new(Name);

    /// <summary>Messages that nobody could handle, by the queue they came from.</summary>
    public static Counter<long> MessagesFailed { get; } = Meter.CreateCounter<long>("fleet.messages.failed", "{message}", "Messages that ended in an error queue.");

    /// <summary>Jobs that were given up, by kind.</summary>
    public static Counter<long> JobsFailed { get; } = Meter.CreateCounter<long>("fleet.jobs.failed", "{job}", "Jobs that were tried in vain and given up.");
}
