using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Net;

/// <summary>
/// Loaded into a process before its own first line (DOTNET_STARTUP_HOOKS; the runtime wants this name and no namespace): writes down every name it looks up
/// and every address it begins to connect to, however short the attempt.
/// </summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "The runtime looks for it there.")]
internal static class StartupHook
{
    /// <summary>The folder for one file per process, named by its id.</summary>
    public const string Folder = "FLEET_TEST_CONNECTIONS";

    private static string? _file;
    private static Listener? _listener;

    /// <summary>What the runtime calls.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Folder) is not { } folder) return;
        _file = Path.Combine(folder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        File.AppendAllText(_file, "");
        _listener = new Listener();
    }

    private sealed class Listener : EventListener
    {
        private static readonly Lock Writing = new();

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name is "System.Net.Sockets" or "System.Net.NameResolution") EnableEvents(eventSource, EventLevel.LogAlways, EventKeywords.All);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            var line = eventData.EventName switch
            {
                "ConnectStart" => $"connect {Address((string)eventData.Payload![0]!)}",
                "ResolutionStart" => $"resolve {eventData.Payload![0]}",
                _ => null,
            };
            if (line is null) return;
            lock (Writing) File.AppendAllText(_file!, line + "\n");
        }

        /// <summary>The event's text is a socket address: family, size, and the bytes behind the family: InterNetwork:16:{21,56,127,0,0,1,…}.</summary>
        private static string Address(string text)
        {
            if (text.Split(':', 3) is not [("InterNetwork" or "InterNetworkV6") and var family, _, var list]) return text;
            var bytes = list.Trim('{', '}').Split(',').Select(b => byte.Parse(b, CultureInfo.InvariantCulture)).ToArray();
            var address = family == "InterNetwork" ? new IPAddress(bytes[2..6]) : new IPAddress(bytes[6..22]);
            return new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, (bytes[0] << 8) | bytes[1]).ToString();
        }
    }
}
