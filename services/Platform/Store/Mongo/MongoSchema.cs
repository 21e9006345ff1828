using System.Text.Json;

using MongoDB.Bson;
using MongoDB.Driver;

namespace Fleet.Platform.Store.Mongo;

/// <summary>One collection per document type, with an index for each declared one, one for pending events and one that keeps origins unique.</summary>
internal static class MongoSchema
{
    /// <summary>No two documents answer the same request. Declared indexes are named by fields, which have no dots.</summary>
    public const string OriginsIndex = "origins.key";

    public const string PendingIndex = "pending.sequence";

    private const int FillBatch = 500;

    // https://www.mongodb.com/docs/manual/reference/error-codes/
    private const int IndexOptionsConflict = 85;
    private const int IndexKeySpecsConflict = 86;
    private const int DuplicateKey = 11000;

    public static string Path(string field) => $"fields.{field}";

    public static BsonDocument Fields(DocumentType type, object state) =>
        [.. type.FieldNames.Zip(type.FieldValues(state)).Where(f => f.Second is not null).Select(f => new BsonElement(f.First, f.Second)),
            .. type.ManyNames.Zip(type.ManyValues(state)).Where(f => f.Second.Count > 0).Select(f => new BsonElement(f.First, new BsonArray(f.Second)))];

    /// <summary>Creates what is missing; fields that are declared newly are filled from the states first. May run in several processes at once.</summary>
    public static void Create(IMongoDatabase database, IReadOnlyList<DocumentType> types)
    {
        foreach (var type in types)
        {
            var collection = database.GetCollection<Envelope>(type.Name);
            try
            {
                // A field comes with an index. Filled first and indexed then: a crash in between fills again.
                var indexed = collection.Indexes.List().ToList().SelectMany(i => i["key"].AsBsonDocument.Names).ToHashSet();
                if (type.FieldNames.Concat(type.ManyNames).Any(f => !indexed.Contains(Path(f)))) Fill(collection, type);
                collection.Indexes.CreateMany(type.IndexShapes.Concat(type.ManyNames.Select(f => (f, false, (IReadOnlyList<string>)[f]))).SelectMany(Declared).Concat(Own));
            }
            catch (MongoCommandException error) when (error.Code is IndexOptionsConflict or IndexKeySpecsConflict)
            {
                throw new InvalidOperationException(
                    $"{collection.CollectionNamespace} has an index that is not the declared one. Drop it; the next start creates it anew. ({error.Message})", error);
            }
            catch (MongoServerException error) when (
                error is MongoCommandException { Code: DuplicateKey } or MongoBulkWriteException { WriteErrors: [{ Category: ServerErrorCategory.DuplicateKey }, ..] })
            {
                throw new InvalidOperationException($"{collection.CollectionNamespace} holds documents that a unique index forbids. ({error.Message})", error);
            }
        }
    }

    private static IEnumerable<CreateIndexModel<Envelope>> Declared((string Name, bool Unique, IReadOnlyList<string> Fields) index)
    {
        var fields = new BsonDocument(index.Fields.Select(f => new BsonElement(Path(f), 1)));
        // The id makes the order of equal values certain, so that a page can go on where the last one ended.
        var ordered = new BsonDocument(fields) { ["_id"] = 1 };
        if (!index.Unique)
        {
            yield return new CreateIndexModel<Envelope>(ordered, new CreateIndexOptions { Name = index.Name });
            yield break;
        }

        yield return Partial(fields, index.Name, unique: true, [.. index.Fields.Select(Path)]);
        // The server takes a partial index only for queries that imply its filter. A query by the first of several fields does not.
        if (index.Fields.Count > 1) yield return new CreateIndexModel<Envelope>(ordered, new CreateIndexOptions { Name = $"{index.Name}.all" });
    }

    private static IEnumerable<CreateIndexModel<Envelope>> Own =>
    [
        Partial(new BsonDocument(OriginsIndex, 1), OriginsIndex, unique: true, OriginsIndex),
        Partial(new BsonDocument(PendingIndex, 1), PendingIndex, unique: false, PendingIndex),
    ];

    private static CreateIndexModel<Envelope> Partial(BsonDocument keys, string name, bool unique, params IReadOnlyList<string> present)
    {
        var filter = new BsonDocument(present.Select(p => new BsonElement(p, new BsonDocument("$exists", true))));
        return new CreateIndexModel<Envelope>(keys, new CreateIndexOptions<Envelope> { Name = name, Unique = unique, PartialFilterExpression = filter });
    }

    private static void Fill(IMongoCollection<Envelope> collection, DocumentType type)
    {
        var last = "";
        while (true)
        {
            var batch = collection.Find(Builders<Envelope>.Filter.Gt(e => e.Id, last) & Builders<Envelope>.Filter.Gt(e => e.Version, 0))
                .SortBy(e => e.Id).Limit(FillBatch).Project<Envelope>(MongoQuery.WhatReadersNeed).ToList();
            if (batch.Count == 0) return;
            var filled = collection.BulkWrite(batch.Select(e => new UpdateOneModel<Envelope>(
                Builders<Envelope>.Filter.Eq(x => x.Id, e.Id) & Builders<Envelope>.Filter.Eq(x => x.Version, e.Version),
                Builders<Envelope>.Update.Set(x => x.Fields, Fields(type, JsonSerializer.Deserialize(e.State, type.StateType, FleetJson.Options)!)))));
            // Somebody wrote in between: the same batch again.
            if (filled.MatchedCount == batch.Count) last = batch[^1].Id;
        }
    }
}
