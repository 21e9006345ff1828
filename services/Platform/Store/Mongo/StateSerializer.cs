using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MongoDB.Bson;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Serializers;
using JsonTokenType = System.Text.Json.JsonTokenType;

namespace Fleet.Platform.Store.Mongo;

/// <summary>
/// The bridge between a state's JSON and a plain document that people can read and query in the shell. What is read is what was written, value
/// for value, so that both adapters give the same state: whole numbers are 64-bit integers, all others 128-bit decimals (34 digits, trailing
/// zeros kept); a larger number is refused. Instants, days, ids and enums are the strings that the JSON has.
/// </summary>
internal sealed class StateSerializer : SerializerBase<byte[]>
{
    // Dots and dollars mean paths and operators to the server, and a name ends at a zero byte; "%" marks what was replaced.
    private static readonly SearchValues<char> Special = SearchValues.Create("%.$\0");

    private static readonly JsonWriterOptions Unchecked = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, byte[] value)
    {
        var writer = context.Writer;
        var json = new Utf8JsonReader(value);
        while (json.Read())
        {
            switch (json.TokenType)
            {
                case JsonTokenType.StartObject: writer.WriteStartDocument(); break;
                case JsonTokenType.EndObject: writer.WriteEndDocument(); break;
                case JsonTokenType.StartArray: writer.WriteStartArray(); break;
                case JsonTokenType.EndArray: writer.WriteEndArray(); break;
                case JsonTokenType.PropertyName: writer.WriteName(Escape(json.GetString()!)); break;
                case JsonTokenType.String: writer.WriteString(json.GetString()!); break;
                case JsonTokenType.Number: WriteNumber(writer, Encoding.ASCII.GetString(json.ValueSpan)); break;
                case JsonTokenType.Null: writer.WriteNull(); break;
                default: writer.WriteBoolean(json.GetBoolean()); break;
            }
        }
    }

    public override byte[] Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Unchecked)) Copy(context.Reader, json);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteNumber(IBsonWriter writer, string number)
    {
        // "-0" is a whole number to long, but not the same one.
        if (long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && number != "-0") writer.WriteInt64(whole);
        else if (Decimal128.TryParse(number, out var exact) && Digits(exact.ToString()) == Digits(number)) writer.WriteDecimal128(exact);
        else throw new FormatException($"{number} has more digits than the store keeps.");

        // The significant digits; a parser that had to round has changed them.
        static string Digits(string text) => new([.. text.Split('e', 'E')[0].Where(char.IsAsciiDigit).SkipWhile(d => d == '0')]);
    }

    private static void Copy(IBsonReader reader, Utf8JsonWriter json)
    {
        switch (reader.GetCurrentBsonType())
        {
            case BsonType.Document:
                reader.ReadStartDocument();
                json.WriteStartObject();
                while (reader.ReadBsonType() != BsonType.EndOfDocument)
                {
                    json.WritePropertyName(Unescape(reader.ReadName()));
                    Copy(reader, json);
                }

                json.WriteEndObject();
                reader.ReadEndDocument();
                break;
            case BsonType.Array:
                reader.ReadStartArray();
                json.WriteStartArray();
                while (reader.ReadBsonType() != BsonType.EndOfDocument) Copy(reader, json);
                json.WriteEndArray();
                reader.ReadEndArray();
                break;
            case BsonType.String: json.WriteStringValue(reader.ReadString()); break;
            case BsonType.Int64: json.WriteNumberValue(reader.ReadInt64()); break;
            case BsonType.Decimal128: json.WriteRawValue(reader.ReadDecimal128().ToString(), skipInputValidation: false); break;
            case BsonType.Boolean: json.WriteBooleanValue(reader.ReadBoolean()); break;
            case BsonType.Null: reader.ReadNull(); json.WriteNullValue(); break;
            // Fleet writes neither of these; the shell does, when an operator corrects a document by hand.
            case BsonType.Int32: json.WriteNumberValue(reader.ReadInt32()); break;
            case BsonType.Double: json.WriteNumberValue(reader.ReadDouble()); break;
            case var other: throw new FormatException($"A state holds no {other}.");
        }
    }

    private static string Escape(string name) => name.Length == 0 ? "%" : !name.AsSpan().ContainsAny(Special) ? name
        : string.Concat(name.Select(c => Special.Contains(c) ? $"%{(int)c:X2}" : c.ToString()));

    private static string Unescape(string name) => name == "%" ? "" : !name.Contains('%', StringComparison.Ordinal) ? name : Uri.UnescapeDataString(name);
}
