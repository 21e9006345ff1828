using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using RabbitMQ.Client;

namespace Fleet.Platform.Bus;

/// <summary>A message that nobody could handle, and what its consumer said about it.</summary>
/// <param name="Name">The event's name; null when it cannot be read.</param>
/// <param name="EventId">The event's id; null when it cannot be read.</param>
/// <param name="At">When it was given up, as the consumer wrote it.</param>
/// <param name="Reason">What went wrong.</param>
/// <param name="Body">The event as JSON, or the beginning of what it is instead.</param>
public sealed record FailedMessage(string? Name, string? EventId, string At, string Reason, string Body)
{
    private const int LongestRaw = 200;
    private const string UrnPrefix = "urn:message:";
    private static readonly string[] Secrets = ["password", "secret", "token", "privatekey"];
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static FailedMessage Of(IReadOnlyBasicProperties properties, ReadOnlySpan<byte> body)
    {
        string Header(string name) => properties.Headers?.TryGetValue(name, out var value) == true ? value as string ?? (value is byte[] text ? Encoding.UTF8.GetString(text) : $"{value}") : "";
        var envelope = Parse(body);
        var message = envelope?["message"];
        var name = (envelope?["messageType"] as JsonArray)?.Select(t => $"{t}").FirstOrDefault();
        Hide(message);
        return new FailedMessage(
            name?.StartsWith(UrnPrefix, StringComparison.Ordinal) == true ? name[UrnPrefix.Length..] : name,
            envelope?["messageId"]?.ToString() ?? properties.MessageId,
            Header("MT-Fault-Timestamp"),
            $"{Header("MT-Fault-ExceptionType")}: {Header("MT-Fault-Message")}",
            message?.ToJsonString(Plain) ?? Beginning(body));
    }

    /// <summary>For a terminal: whatever somebody wrote into the message, it cannot move the cursor or clear the screen.</summary>
    public string Describe()
    {
        string[] lines = [$"{Name ?? "(not an event)"} {EventId}", $"  given up {At}", $"  because  {Reason}", $"  {Body}", ""];
        return string.Concat(lines.Select(line => $"{Printable(line)}\n"));
    }

    private static JsonNode? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Events hold no secrets; a message that somebody else put there might.</summary>
    private static void Hide(JsonNode? node)
    {
        if (node is JsonArray array) foreach (var item in array) Hide(item);
        if (node is not JsonObject members) return;
        foreach (var (name, value) in members.ToList())
        {
            if (Secrets.Any(s => name.Contains(s, StringComparison.OrdinalIgnoreCase))) members[name] = "…";
            else Hide(value);
        }
    }

    private static string Beginning(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, LongestRaw)]);
        return body.Length > LongestRaw ? $"{text}… ({body.Length} bytes)" : text;
    }

    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '.' : c));
}
