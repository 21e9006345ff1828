using System.Diagnostics;

namespace Fleet.Platform.Telemetry;

/// <summary>The source of the dispatcher's spans.</summary>
internal static class Dispatching
{
    public const string Name = "Fleet.Dispatcher";

    public static ActivitySource Source { get; } = new(Name);
}
