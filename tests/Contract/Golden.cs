using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fleet.Platform;
using MassTransit;

namespace Fleet.Tests.Contract;

/// <summary>
/// What stands on the wire: for every event a file of messages as its service published them in the <see cref="Story"/>; the fullest, and of the others
/// those that show a member which those before do not. Only ids are others: numbered as they appear. After an addition
/// <c>FLEET_WRITE_GOLDEN=1 tests/run.sh --fast Contract</c> writes the files anew, and the change shows in review. A file that would lose a member
/// stays as it is; who really means that (nobody reads the event yet) deletes the file first.
/// </summary>
internal static partial class Golden
{
    private static readonly JsonSerializerOptions Indented = new(FleetJson.Options) { WriteIndented = true };

    public static bool IsToBeWritten => Environment.GetEnvironmentVariable("FLEET_WRITE_GOLDEN") == "1";

    /// <summary>The file's text; nothing for an event that has none yet.</summary>
    public static string Read(Type type) => File.Exists(PathOf(type)) ? File.ReadAllText(PathOf(type)) : "";

    /// <summary>The file's messages.</summary>
    public static IReadOnlyList<JsonObject> Messages(Type type) => [.. JsonNode.Parse(File.ReadAllText(PathOf(type)))!.AsArray().Select(m => m!.AsObject())];

    public static void Write(Type type, IReadOnlyList<string> told)
    {
        if (Lost(type, told).Count == 0) File.WriteAllText(PathOf(type), Of(told));
    }

    /// <summary>What the file is to hold when these messages were published.</summary>
    public static string Of(IReadOnlyList<string> told)
    {
        var shown = new HashSet<string>();
        var chosen = new JsonArray();
        foreach (var message in told.Select(m => JsonNode.Parse(m)!).OrderByDescending(m => Members(m).Distinct().Count()))
        {
            var more = Members(message).Except(shown).ToList();
            if (more.Count > 0) chosen.Add(message);
            shown.UnionWith(more);
        }

        return Numbered(chosen.ToJsonString(Indented)) + "\n";
    }

    /// <summary>The members with their kinds that the file has and these messages have not: lost, renamed, or of another kind.</summary>
    public static IReadOnlyList<string> Lost(Type type, IReadOnlyList<string> told) =>
        File.Exists(PathOf(type)) ? [.. Messages(type).SelectMany(m => Members(m)).Except(told.SelectMany(m => Members(JsonNode.Parse(m))))] : [];

    private static string PathOf(Type type) => Path.Combine(
        AppContext.BaseDirectory, "../../../Golden", $"{type.GetCustomAttributes(typeof(EntityNameAttribute), false).Cast<EntityNameAttribute>().Single().EntityName}.json");

    /// <summary>Every member of a message by its path, with the kind of its value.</summary>
    private static IEnumerable<string> Members(JsonNode? node, string path = "") => node switch
    {
        JsonObject members => members.SelectMany(m => Members(m.Value, $"{path}.{m.Key}")),
        JsonArray items => items.SelectMany(i => Members(i, $"{path}[]")),
        _ => [$"{path.TrimStart('.')}: {KindOf(node)}"],
    };

    private static string KindOf(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.True or JsonValueKind.False => "yes or no",
        JsonValueKind.Number => "a number",
        JsonValueKind.String when value.GetValue<string>() is var text => Guid.TryParseExact(text, "D", out _) ? "an id"
            : text.EndsWith('Z') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _) ? "an instant"
            : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? "a day"
            : "a text",
        _ => "null",
    };

    /// <summary>The same with its ids numbered as they appear.</summary>
    private static string Numbered(string json)
    {
        var ids = new Dictionary<string, string>();
        return AnId().Replace(json, id => ids.TryGetValue(id.Value, out var known) ? known : ids[id.Value] = $"\"00000000-0000-7000-8000-{ids.Count + 1:D12}\"");
    }

    [GeneratedRegex("\"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\"")]
    private static partial Regex AnId();
}
