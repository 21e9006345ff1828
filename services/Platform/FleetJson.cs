using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Fleet.Platform;

/// <summary>How JSON looks everywhere in Fleet: camelCase, enums as camelCase strings, nulls left out.</summary>
public static class FleetJson
{
    /// <summary>For stored states and for answers; tolerates unknown members, so that an older build reads a newer one's documents.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        // Bodies are read by their type's metadata, which options without a resolver only have after their first use.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    });

    /// <summary>Makes other options (a framework's) look the same.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        return options;
    }

    /// <summary>Instants are RFC 3339 in UTC with a Z; read with any offset, but not without one: whose midnight would it be?</summary>
    private sealed class InstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString() ?? "";
            var zone = text.IndexOf('T', StringComparison.Ordinal) is var t and >= 0 ? text.AsSpan(t) : default;
            return zone.IndexOfAny("Zz+-") > 0 && reader.TryGetDateTimeOffset(out var instant) ? instant.ToUniversalTime() : throw new JsonException();
        }

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
    }
}
