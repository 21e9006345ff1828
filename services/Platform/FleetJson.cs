using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fleet.Platform;

/// <summary>How JSON looks everywhere in Fleet: camelCase, enums as camelCase strings, nulls left out.</summary>
public static class FleetJson
{
    /// <summary>For stored states and for answers; tolerates unknown members, so that an older build reads a newer one's documents.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>Makes other options (a framework's) look the same.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        return options;
    }
}
