using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Serializers;

namespace Fleet.Platform.Store.Mongo;

/// <summary>One document as it lies in its collection. One write changes all of it, or nothing.</summary>
internal sealed class Envelope
{
    /// <summary>The key; unique within the collection.</summary>
    public required string Id { get; init; }

    /// <summary>Counted from 1 with every write; 0: deleted, kept only for the events and origins that outlive it.</summary>
    public long Version { get; init; }

    /// <summary>How many events it has caused so far.</summary>
    public long Events { get; init; }

    /// <summary>When the last of them was recorded (<see cref="Store.Key"/>); null: it has caused none, or before that was kept.</summary>
    public string? ToldAt { get; init; }

    /// <summary>Version of the schema that the state was written in.</summary>
    public int Schema { get; init; }

    /// <summary>UTF-8 JSON here, a plain document in the store (<see cref="StateSerializer"/>).</summary>
    public byte[]? State { get; init; }

    /// <summary>The declared fields that have a value; what indexes and queries see.</summary>
    public BsonDocument? Fields { get; init; }

    public List<PendingEntry> Pending { get; init; } = [];

    public List<OriginEntry> Origins { get; init; } = [];

    /// <summary>Tells the driver how envelopes are written. Unknown elements are ignored, so that an older build reads a newer one's documents.</summary>
    public static void Register()
    {
        // First of all: whoever stores a Guid as such in this process stores it in the standard form, never in the legacy one.
        BsonSerializer.TryRegisterSerializer(new GuidSerializer(GuidRepresentation.Standard));
        var guidAsText = new GuidSerializer(BsonType.String);
        BsonClassMap.TryRegisterClassMap<Envelope>(map =>
        {
            map.MapIdMember(e => e.Id);
            map.MapMember(e => e.Version).SetElementName("version");
            map.MapMember(e => e.Events).SetElementName("events");
            map.MapMember(e => e.ToldAt).SetElementName("toldAt").SetIgnoreIfNull(true);
            map.MapMember(e => e.Schema).SetElementName("schema");
            map.MapMember(e => e.State).SetElementName("state").SetSerializer(new StateSerializer()).SetIgnoreIfNull(true);
            map.MapMember(e => e.Fields).SetElementName("fields").SetIgnoreIfNull(true);
            map.MapMember(e => e.Pending).SetElementName("pending");
            map.MapMember(e => e.Origins).SetElementName("origins");
            map.SetIgnoreExtraElements(true);
        });
        BsonClassMap.TryRegisterClassMap<PendingEntry>(map =>
        {
            map.MapMember(p => p.EventId).SetElementName("eventId").SetSerializer(guidAsText);
            map.MapMember(p => p.CorrelationId).SetElementName("correlationId").SetSerializer(guidAsText);
            map.MapMember(p => p.MessageType).SetElementName("messageType");
            map.MapMember(p => p.Body).SetElementName("body");
            map.MapMember(p => p.TraceParent).SetElementName("traceParent").SetIgnoreIfNull(true);
            map.MapMember(p => p.Sequence).SetElementName("sequence");
            map.SetIgnoreExtraElements(true);
        });
        BsonClassMap.TryRegisterClassMap<OriginEntry>(map =>
        {
            map.MapMember(o => o.Key).SetElementName("key");
            map.MapMember(o => o.RequestHash).SetElementName("requestHash");
            map.MapMember(o => o.At).SetElementName("at");
            map.MapMember(o => o.StatusCode).SetElementName("statusCode");
            map.MapMember(o => o.Answer).SetElementName("answer").SetIgnoreIfNull(true);
            map.MapMember(o => o.Location).SetElementName("location").SetIgnoreIfNull(true);
            map.MapMember(o => o.ETag).SetElementName("etag").SetIgnoreIfNull(true);
            map.SetIgnoreExtraElements(true);
        });
    }
}

/// <summary>An event of the document that is not published yet.</summary>
internal sealed class PendingEntry
{
    public required Guid EventId { get; init; }

    public required Guid CorrelationId { get; init; }

    public required string MessageType { get; init; }

    /// <summary>The message as JSON, byte for byte what is published; text, because nobody queries it.</summary>
    public required string Body { get; init; }

    public string? TraceParent { get; init; }

    /// <summary>The instant of the write (<see cref="Store.Key"/>) and the event's place in it: sorts oldest first across documents.</summary>
    public required string Sequence { get; init; }
}

/// <summary>A request that a write of the document answered, or began to.</summary>
internal sealed class OriginEntry
{
    public required string Key { get; init; }

    public required string RequestHash { get; init; }

    /// <summary>The instant of the write (<see cref="Store.Key"/>); when the origin may be forgotten follows from it.</summary>
    public required string At { get; init; }

    public int StatusCode { get; init; }

    public string? Answer { get; init; }

    public string? Location { get; init; }

    public string? ETag { get; init; }
}
