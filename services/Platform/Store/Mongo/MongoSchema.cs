using System.Text.Json;

using MongoDB.Bson;
using MongoDB.Driver;

namespace Fleet.Platform.Store.Mongo;

/// <summary>
/// One collection per document type, with an index for each declared one, one for pending events, two for origins and one for shells; and a collection
/// <c>meta</c> that says which schema the database has and what was declared.
/// </summary>
internal static class MongoSchema
{
    /// <summary>No two documents answer the same request. Declared indexes are named by fields, which have no dots.</summary>
    public const string OriginsIndex = "origins.key";

    public const string OriginsAge = "origins.at";

    public const string PendingIndex = "pending.sequence";

    public const string MetaCollection = "meta";

    private const string ShellIndex = "version.0";

    // The elements that this adapter itself keeps; a change of theirs comes with its own migration.
    private const int Layout = 1;

    private const int FillBatch = 500;

    // https://www.mongodb.com/docs/manual/reference/error-codes/
    private const int IndexNotFound = 27;
    private const int IndexOptionsConflict = 85;
    private const int IndexKeySpecsConflict = 86;

    private static readonly FilterDefinitionBuilder<Envelope> Filter = Builders<Envelope>.Filter;

    public static string Path(string field) => $"fields.{field}";

    public static BsonDocument Fields(DocumentType type, object state) =>
        [.. type.FieldNames.Zip(type.FieldValues(state)).Where(f => f.Second is not null).Select(f => new BsonElement(f.First, f.Second)),
            .. type.ManyNames.Zip(type.ManyValues(state)).Where(f => f.Second.Count > 0).Select(f => new BsonElement(f.First, new BsonArray(f.Second)))];

    /// <summary>
    /// Creates what is missing, migrates what an older build wrote, fills fields that are declared newly, drops indexes that are no longer declared. May run
    /// in several processes at once, and again after a kill at any point: each document carries the version of its state, and each is changed only at it.
    /// </summary>
    public static void Create(IMongoDatabase database, string service, Schema schema, StoreMarker marker, IReadOnlyList<DocumentType> types, Action requireDurable)
    {
        var meta = database.GetCollection<BsonDocument>(MetaCollection);
        var name = $"MongoDB's database {database.DatabaseNamespace.DatabaseName}";
        var before = Find(meta, "schema");
        // Only who has spoken with the server knows what kind of cluster it is.
        requireDurable();
        if (before is null)
        {
            var collections = database.ListCollectionNames().ToList();
            if (types.Any(t => collections.Contains(t.Name))) schema.RequireReadable(name, null);
            marker.RequireNone("is empty");
            // Of several processes that find nothing one makes it.
            try
            {
                meta.InsertOne(new BsonDocument
                {
                    { "_id", "schema" }, { "layout", Layout }, { "version", schema.Version }, { "service", service },
                    { "createdAt", Key.Of(TimeProvider.System.GetUtcNow()) }, { "id", Guid.NewGuid().ToString() },
                });
            }
            catch (MongoException error) when (MongoFailure.UniqueIndexIn(error) is not null)
            {
                // Another process made it.
            }

            before = Find(meta, "schema")!;
        }

        // A migration that began counts: an older build must not write among what is migrated already.
        schema.RequireReadable(name, Math.Max(before["version"].ToInt32(), before.GetValue("migratingTo", 0).ToInt32()));
        schema.RequireReadable(name, before["version"].ToInt32());
        if (before["layout"] != Layout) throw new StartRefusedException($"{name} is laid out in a way that this build does not know: start the newer build.");
        if (before["service"] != service) throw new StartRefusedException($"{name} holds the documents of {before["service"]}: give it back its name.");
        var migrates = before["version"] != schema.Version;
        if (migrates) meta.UpdateOne(new BsonDocument("_id", "schema"), new BsonDocument("$max", new BsonDocument("migratingTo", schema.Version)));
        foreach (var type in types) Create(database.GetCollection<Envelope>(type.Name), meta, type, schema, migrates);
        if (migrates)
        {
            meta.UpdateOne(
                new BsonDocument { { "_id", "schema" }, { "version", before["version"] } },
                new BsonDocument { { "$set", new BsonDocument("version", schema.Version) }, { "$unset", new BsonDocument("migratingTo", "") } });
        }

        marker.Confirm(before["id"].AsString);
    }

    private static BsonDocument? Find(IMongoCollection<BsonDocument> meta, string id) => meta.Find(new BsonDocument("_id", id)).SingleOrDefault();

    private static void Create(IMongoCollection<Envelope> collection, IMongoCollection<BsonDocument> meta, DocumentType type, Schema schema, bool migrates)
    {
        var key = $"type.{type.Name}";
        var recorded = Find(meta, key);
        var declared = type.IndexShapes.Concat(type.ManyNames.Select(f => (f, false, (IReadOnlyList<string>)[f]))).SelectMany(Declared).ToList();
        var shapes = new BsonArray(declared.Select(d => new BsonDocument { { "name", d.Name }, { "shape", d.Shape } }));
        var fields = type.FieldNames.Concat(type.ManyNames).ToHashSet();
        try
        {
            // Only what this record of ours names is ours to drop; an operator's own index stays.
            foreach (var old in recorded?["indexes"].AsBsonArray.Except(shapes) ?? []) Drop(collection, old["name"].AsString);
            var filled = recorded?["fields"].AsBsonArray.Select(f => f.AsString).ToHashSet() ?? [];
            if (migrates) Migrate(collection, type, schema);
            else if (!fields.IsSubsetOf(filled)) Rewrite(collection, Filter.Gt(e => e.Version, 0), (e, states) => (e.Schema, e.State!, states(e.State!)), type);
            collection.Indexes.CreateMany(declared.Select(d => d.Model).Concat(Own));
        }
        catch (MongoCommandException error) when (error.Code is IndexOptionsConflict or IndexKeySpecsConflict)
        {
            throw new StartRefusedException(
                $"{collection.CollectionNamespace} has an index that is not the declared one: drop it, and the next start creates it anew. ({error.Message})", error);
        }
        catch (MongoException error) when (MongoFailure.UniqueIndexIn(error) is not null || error is MongoCommandException { Code: MongoFailure.DuplicateKey })
        {
            throw new StartRefusedException($"{collection.CollectionNamespace} holds documents that a unique index forbids: correct them with the build before this one. ({error.Message})", error);
        }

        var record = new BsonDocument { { "_id", key }, { "fields", new BsonArray(fields) }, { "indexes", shapes } };
        if (record != recorded) meta.ReplaceOne(new BsonDocument("_id", key), record, new ReplaceOptions { IsUpsert = true });
    }

    private static void Drop(IMongoCollection<Envelope> collection, string index)
    {
        try
        {
            collection.Indexes.DropOne(index);
        }
        catch (MongoCommandException error) when (error.Code == IndexNotFound)
        {
            // Another process was faster, or an operator.
        }
    }

    private static IEnumerable<(string Name, string Shape, CreateIndexModel<Envelope> Model)> Declared((string Name, bool Unique, IReadOnlyList<string> Fields) index)
    {
        var shape = string.Join(',', index.Fields);
        var fields = new BsonDocument(index.Fields.Select(f => new BsonElement(Path(f), 1)));
        // The id makes the order of equal values certain, so that a page can go on where the last one ended.
        var ordered = new BsonDocument(fields) { ["_id"] = 1 };
        if (!index.Unique)
        {
            yield return (index.Name, shape, new CreateIndexModel<Envelope>(ordered, new CreateIndexOptions { Name = index.Name }));
            yield break;
        }

        yield return (index.Name, $"unique {shape}", Partial(fields, index.Name, unique: true, [.. index.Fields.Select(Path)]));
        // The server takes a partial index only for queries that imply its filter. Every comparison with a value of the one field does; one with the first
        // of several fields does not.
        if (index.Fields.Count > 1) yield return ($"{index.Name}.all", shape, new CreateIndexModel<Envelope>(ordered, new CreateIndexOptions { Name = $"{index.Name}.all" }));
    }

    private static IEnumerable<CreateIndexModel<Envelope>> Own =>
    [
        Partial(new BsonDocument(OriginsIndex, 1), OriginsIndex, unique: true, OriginsIndex),
        Partial(new BsonDocument(OriginsAge, 1), OriginsAge, unique: false, OriginsAge),
        Partial(new BsonDocument(PendingIndex, 1), PendingIndex, unique: false, PendingIndex),
        new(new BsonDocument("version", 1), new CreateIndexOptions<Envelope> { Name = ShellIndex, PartialFilterExpression = new BsonDocument("version", 0) }),
    ];

    private static CreateIndexModel<Envelope> Partial(BsonDocument keys, string name, bool unique, params IReadOnlyList<string> present)
    {
        var filter = new BsonDocument(present.Select(p => new BsonElement(p, new BsonDocument("$exists", true))));
        return new CreateIndexModel<Envelope>(keys, new CreateIndexOptions<Envelope> { Name = name, Unique = unique, PartialFilterExpression = filter });
    }

    /// <summary>Fields are written anew as well: they may be read off the new shape differently.</summary>
    private static void Migrate(IMongoCollection<Envelope> collection, DocumentType type, Schema schema) =>
        Rewrite(collection, Filter.Gt(e => e.Version, 0) & Filter.Lt(e => e.Schema, schema.Version), (e, states) =>
        {
            var state = schema.Changes(type, e.Schema) ? schema.Migrate(type, e.Schema, e.State) : e.State!;
            return (schema.Version, state, states(state));
        }, type);

    private static void Rewrite(
        IMongoCollection<Envelope> collection, FilterDefinition<Envelope> which,
        Func<Envelope, Func<byte[], BsonDocument>, (int Schema, byte[] State, BsonDocument Fields)> change, DocumentType type)
    {
        var last = "";
        while (true)
        {
            var batch = collection.Find(which & Filter.Gt(e => e.Id, last)).SortBy(e => e.Id).Limit(FillBatch).Project<Envelope>(MongoQuery.WhatReadersNeed).ToList();
            if (batch.Count == 0) return;
            var written = collection.BulkWrite(batch.Select(e =>
            {
                var (schema, state, fields) = change(e, s => Fields(type, JsonSerializer.Deserialize(s, type.StateType, FleetJson.Options)!));
                return new UpdateOneModel<Envelope>(
                    Filter.Eq(x => x.Id, e.Id) & Filter.Eq(x => x.Version, e.Version) & Filter.Eq(x => x.Schema, e.Schema),
                    Builders<Envelope>.Update.Set(x => x.Schema, schema).Set(x => x.State, state).Set(x => x.Fields, fields));
            }));
            // Somebody wrote in between: the same batch again, without what is done.
            if (written.MatchedCount == batch.Count) last = batch[^1].Id;
        }
    }
}
