using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fleet.Platform.Http;

/// <summary>
/// A member of a PATCH whose null says something: left out, it stays as it is; null takes it away. Use it as <c>Given&lt;DateOnly?&gt; EndDate = default</c>
/// and write <c>person with { EndDate = body.EndDate.Or(person.EndDate) }</c>. Validation attributes on the member look at the value, when there is one.
/// </summary>
[JsonConverter(typeof(GivenConverters))]
public readonly record struct Given<T>(T? Value) : IGiven
{
    /// <summary>Whether the request names it.</summary>
    public bool IsGiven { get; } = true;

    object? IGiven.Untyped => Value;

    /// <summary>What the request says; otherwise what there is.</summary>
    public T? Or(T? current) => IsGiven ? Value : current;
}

/// <summary>A <see cref="Given{T}"/> without its type, for the checks.</summary>
internal interface IGiven
{
    bool IsGiven { get; }

    object? Untyped { get; }
}

/// <summary>Reads null too, which is what the type is for.</summary>
internal sealed class GivenConverters : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Given<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Converter<T> : JsonConverter<Given<T>>
    {
        public override bool HandleNull => true;

        public override Given<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.TokenType == JsonTokenType.Null ? default : JsonSerializer.Deserialize<T>(ref reader, options));

        public override void Write(Utf8JsonWriter writer, Given<T> value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value.Value, options);
    }
}
