using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Fleet.Audit.Domain;

/// <summary>
/// Chains log entries: each holds the SHA-256 of the one before, so that none can be changed, removed or put between unnoticed.
/// <para>
/// An entry's hash is the SHA-256, in lower-case hex, of these UTF-8 bytes: a JSON object without white space whose keys are, in this (ordinal) order,
/// <c>actor</c> {<c>onBehalfOf</c>, <c>personId</c>, <c>role</c>, <c>subject</c>}, <c>causedBy</c>, <c>correlationId</c>, <c>data</c>, <c>effectiveAt</c>,
/// <c>entity</c> {<c>id</c>, <c>kind</c>, <c>version</c>}, <c>eventId</c>, <c>loggedAt</c>, <c>personId</c>, <c>personal</c>, <c>previousHash</c>, <c>recordedAt</c>,
/// <c>sequence</c>, <c>streamNumber</c>, <c>type</c>. That is every stored field of an entry; what an entry does not have is null.
/// </para>
/// <list type="bullet">
/// <item><c>data</c> is the SHA-256 of the entry's data as the export shows it: JSON with ordinally sorted keys, no white space, nulls left out,
/// only <c>"</c>, <c>\</c>, control characters and characters beyond U+FFFF escaped.</item>
/// <item><c>personal</c> is the SHA-256 of the salt followed by the personal data, written likewise; null when the event has none. The bytes hold
/// only this hash: personal data (and the salt) can be erased and every entry still verifies.</item>
/// <item>Instants have seven fractional digits and end in Z; ids are lower-case with hyphens; numbers are plain decimals.</item>
/// </list>
/// </summary>
internal static class Chain
{
    /// <summary>What the first entry holds as the hash before it.</summary>
    public static string Beginning { get; } = new('0', 64);

    // Not for HTML: only what JSON itself demands is escaped, so that other languages' writers produce the same bytes.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The entry in its place behind the one with this hash.</summary>
    public static LogEntry Link(LogEntry entry, long sequence, DateTimeOffset loggedAt, string previousHash)
    {
        var placed = entry with { Sequence = sequence, LoggedAt = loggedAt, PreviousHash = previousHash };
        return placed with { Hash = HashOf(placed) };
    }

    /// <summary>Whether the entry is the unchanged one that belongs behind the one with this hash.</summary>
    public static bool Holds(LogEntry entry, long sequence, string previousHash) =>
        entry.Sequence == sequence && entry.PreviousHash == previousHash && entry.Hash == HashOf(entry)
        && (entry.Personal is null ? entry.PersonalSalt is null : entry.PersonalHash == HashOfPersonal(entry.PersonalSalt, entry.Personal));

    /// <summary>The hash under which personal data stand in the chain.</summary>
    public static string HashOfPersonal(string? salt, string personal) => Sha256(salt + personal);

    private static string HashOf(LogEntry entry)
    {
        var bytes = new ArrayBufferWriter<byte>(768);
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteStartObject("actor");
            Write(json, "onBehalfOf", entry.ActorOnBehalfOf);
            Write(json, "personId", entry.ActorPersonId);
            json.WriteString("role", entry.ActorRole);
            json.WriteString("subject", entry.ActorSubject);
            json.WriteEndObject();
            Write(json, "causedBy", entry.CausedBy);
            json.WriteString("correlationId", entry.CorrelationId);
            json.WriteString("data", Sha256(entry.Data));
            json.WriteString("effectiveAt", Text(entry.EffectiveAt));
            json.WriteStartObject("entity");
            json.WriteString("id", entry.EntityId);
            json.WriteString("kind", entry.EntityKind);
            json.WriteNumber("version", entry.EntityVersion);
            json.WriteEndObject();
            json.WriteString("eventId", entry.EventId);
            json.WriteString("loggedAt", Text(entry.LoggedAt));
            Write(json, "personId", entry.PersonId);
            json.WriteString("personal", entry.PersonalHash);
            json.WriteString("previousHash", entry.PreviousHash);
            json.WriteString("recordedAt", Text(entry.RecordedAt));
            json.WriteNumber("sequence", entry.Sequence);
            json.WriteNumber("streamNumber", entry.StreamNumber);
            json.WriteString("type", entry.Type);
            json.WriteEndObject();
        }

        return Convert.ToHexStringLower(SHA256.HashData(bytes.WrittenSpan));
    }

    private static void Write(Utf8JsonWriter json, string name, Guid? id)
    {
        if (id is { } known) json.WriteString(name, known);
        else json.WriteNull(name);
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}
