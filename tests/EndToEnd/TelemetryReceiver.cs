using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;

namespace Fleet.Tests.EndToEnd;

/// <summary>A span as it came.</summary>
/// <param name="Service">service.name of the process.</param>
/// <param name="Trace">The trace's id.</param>
/// <param name="Id">Its own id.</param>
/// <param name="Parent">The id of the span it belongs to; empty: none.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">2: server, 3: client, 4: producer, 5: consumer.</param>
/// <param name="Attributes">Text and numbers, as text.</param>
public sealed record Span(string Service, string Trace, string Id, string Parent, string Name, int Kind, IReadOnlyDictionary<string, string> Attributes);

/// <summary>Takes what processes send to an OTLP endpoint over HTTP, and reads the spans. Source of the field numbers: opentelemetry-proto, trace.proto and common.proto.</summary>
public sealed class TelemetryReceiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentBag<Span> _spans = [];
    private readonly ConcurrentDictionary<string, int> _paths = [];

    /// <summary>Listens at once.</summary>
    public TelemetryReceiver()
    {
        Port = Installation.FreePorts(1);
        _listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        _listener.Start();
        _ = TakeAsync();
    }

    public int Port { get; }

    public IReadOnlyList<Span> Spans => [.. _spans];

    /// <summary>The kinds that came: /v1/traces, /v1/metrics, /v1/logs.</summary>
    public ICollection<string> Paths => _paths.Keys;

    public void Dispose() => ((IDisposable)_listener).Dispose();

    private async Task TakeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                var path = context.Request.Url!.AbsolutePath;
                if (path == "/v1/traces") foreach (var span in Read(body.ToArray())) _spans.Add(span);
                _paths[path] = 1;
                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close();
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private static IEnumerable<Span> Read(byte[] request) =>
        from resourceSpans in Parts(request, 1)
        let service = Parts(resourceSpans, 1).SelectMany(r => Attributes(r, 1)).First(a => a.Key == "service.name").Value
        from scopeSpans in Parts(resourceSpans, 2)
        from span in Parts(scopeSpans, 2)
        select new Span(
            service, Hex(span, 1), Hex(span, 2), Hex(span, 4), Text(span, 5), (int)Fields(span).FirstOrDefault(f => f.Number == 6).Value,
            Attributes(span, 9).DistinctBy(a => a.Key).ToDictionary(a => a.Key, a => a.Value));

    private static IEnumerable<KeyValuePair<string, string>> Attributes(ReadOnlyMemory<byte> message, int number) =>
        Parts(message, number).Select(a => new KeyValuePair<string, string>(Text(a, 1), Parts(a, 2).Select(Value).FirstOrDefault() ?? ""));

    private static string Value(ReadOnlyMemory<byte> value) => Fields(value).FirstOrDefault() switch
    {
        { Number: 1 } text => Encoding.UTF8.GetString(text.Bytes.Span),
        var number => number.Value.ToString(CultureInfo.InvariantCulture),
    };

    private static string Hex(ReadOnlyMemory<byte> message, int number) => Parts(message, number).Select(p => Convert.ToHexString(p.Span)).FirstOrDefault() ?? "";

    private static string Text(ReadOnlyMemory<byte> message, int number) => Parts(message, number).Select(p => Encoding.UTF8.GetString(p.Span)).FirstOrDefault() ?? "";

    private static IEnumerable<ReadOnlyMemory<byte>> Parts(ReadOnlyMemory<byte> message, int number) => Fields(message).Where(f => f.Number == number).Select(f => f.Bytes);

    /// <summary>Protocol Buffers' wire format, as far as spans need it.</summary>
    private static List<(int Number, ulong Value, ReadOnlyMemory<byte> Bytes)> Fields(ReadOnlyMemory<byte> message)
    {
        var fields = new List<(int, ulong, ReadOnlyMemory<byte>)>();
        var at = 0;
        while (at < message.Length)
        {
            var tag = Varint(message.Span, ref at);
            var number = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    fields.Add((number, Varint(message.Span, ref at), default));
                    break;
                case 2:
                    var length = (int)Varint(message.Span, ref at);
                    fields.Add((number, 0, message.Slice(at, length)));
                    at += length;
                    break;
                case var fixedSize and (1 or 5):
                    var size = fixedSize == 1 ? 8 : 4;
                    fields.Add((number, 0, message.Slice(at, size)));
                    at += size;
                    break;
                default:
                    throw new InvalidDataException($"Wire type {tag & 7}.");
            }
        }

        return fields;
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = bytes[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }
    }
}
