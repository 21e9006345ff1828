using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Core.Clusters;

namespace Fleet.Platform.Store.Mongo;

/// <summary>
/// The store for production: one document per aggregate, in a collection per type. Every change is one write of one document, so it needs no
/// transaction and runs on a standalone server, a replica set and a sharded cluster (with collections that are not sharded themselves).
/// </summary>
public sealed class MongoDocumentStore : IDocumentStore, IDisposable
{
    // A document is limited to 16 MB and is read whole. Origins are forgotten by age (ForgetOriginsAsync); this bounds what one document gets within it.
    private const int OriginsKept = 1000;

    // While the broker is away events wait in their document. Before the document is too large to be written at all, the write is refused.
    private const int MostPending = 1000;

    private static readonly FilterDefinitionBuilder<Envelope> Filter = Builders<Envelope>.Filter;
    private static readonly UpdateDefinitionBuilder<Envelope> Update = Builders<Envelope>.Update;

    private readonly MongoClient _client;
    private readonly IMongoDatabase _database;
    private readonly Dictionary<Type, DocumentType> _types;
    private readonly int _schema;
    private readonly ReadConcern _durable;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly Signal _pending = new();

    // Deleted documents whose events wait: few, and known from deleting them or from reading their events.
    private readonly ConcurrentDictionary<(string Type, string Id), bool> _shells = [];

    private MongoDocumentStore(MongoClient client, IMongoDatabase database, Schema schema, DocumentType[] types)
    {
        _client = client;
        _database = database;
        _schema = schema.Version;
        _types = types.ToDictionary(t => t.StateType);
        // What a failover may still undo is not published. A standalone server has nothing to undo.
        _durable = client.Cluster.Description.Type == ClusterType.Standalone ? ReadConcern.Default : ReadConcern.Majority;
    }

    /// <summary>Opens a database whose stored shapes have never changed, and keeps no file that says it was made.</summary>
    public static MongoDocumentStore Open(string connectionString, string database, params DocumentType[] types) =>
        Open(connectionString, database, Schema.First, null, types);

    /// <summary>
    /// Connects, migrates, and creates the indexes that are missing. Throws <see cref="StartRefusedException"/> when the server is away or refuses, when
    /// it holds other indexes than declared, when the database is of a version that this build cannot migrate or is gone although
    /// <paramref name="marker"/> says it was made. What the connection string does not say: acknowledged by a majority within 10 s and journaled, 15 s to find a server.
    /// </summary>
    /// <param name="connectionString">mongodb://user:password@host:port/?options.</param>
    /// <param name="database">Named <c>fleet_</c> and the service.</param>
    /// <param name="schema">Of this build.</param>
    /// <param name="marker">The file that says the database was made; null: none is kept.</param>
    /// <param name="types">The document types of the service.</param>
    public static MongoDocumentStore Open(string connectionString, string database, Schema schema, string? marker, params DocumentType[] types)
    {
        Envelope.Register();
        var settings = MongoSettings.ForDocuments(connectionString, database);
        // What was written is read by every later read: a secondary may lag behind.
        var primary = new MongoDatabaseSettings { ReadPreference = ReadPreference.Primary };
        using (var preparing = new MongoClient(MongoSettings.ForSchema(settings)))
        {
            try
            {
                var host = string.Join(',', settings.Servers);
                MongoSchema.Create(preparing.GetDatabase(database, primary), database, schema, new StoreMarker(marker, $"MongoDB's database {database} at {host}"), types,
                    () => MongoSettings.RequireDurable(settings, preparing.Cluster.Description.Type));
            }
            catch (Exception error) when (MongoFailure.IsAway(error))
            {
                var away = MongoFailure.Away(preparing, error);
                throw new StartRefusedException(away.Message, away.InnerException);
            }
        }

        var client = new MongoClient(settings);
        try
        {
            var opened = client.GetDatabase(database, primary);
            opened.RunCommand<BsonDocument>(new BsonDocument("ping", 1));
            return new MongoDocumentStore(client, opened, schema, types);
        }
        catch (Exception error) when (MongoFailure.IsAway(error))
        {
            var away = MongoFailure.Away(client, error);
            client.Dispose();
            throw new StartRefusedException(away.Message, away.InnerException);
        }
    }

    public async Task<Document<T>?> FindAsync<T>(string id, CancellationToken ct) where T : class
    {
        var one = Collection(TypeOf<T>()).Find(Filter.Eq(e => e.Id, id) & MongoQuery.Exists).Project<Envelope>(MongoQuery.WhatReadersNeed);
        return await AnswerAsync(one.SingleOrDefaultAsync(ct)) is { } found ? DocumentIn<T>(found) : null;
    }

    public async Task<IReadOnlyList<Document<T>>> FindManyAsync<T>(IReadOnlyCollection<string> ids, CancellationToken ct) where T : class
    {
        var many = Collection(TypeOf<T>()).Find(Filter.In(e => e.Id, ids) & MongoQuery.Exists).Project<Envelope>(MongoQuery.WhatReadersNeed);
        return [.. (await AnswerAsync(many.ToListAsync(ct))).Select(DocumentIn<T>)];
    }

    public async Task<Page<T>> QueryAsync<T>(Query<T> query, CancellationToken ct) where T : class
    {
        var type = TypeOf<T>();
        type.RequireIndexFor(query);
        var found = await AnswerAsync(MongoQuery.Of(Collection(type), type, query).ToListAsync(ct));
        var items = found.Take(query.Limit).Select(DocumentIn<T>).ToList();
        var next = found.Count > query.Limit ? new Cursor(query.OrderBy?.Value(items[^1].State) ?? "", items[^1].Id) : null;
        return new Page<T>(items, next);
    }

    public async Task<IReadOnlyList<Tally>> CountAsync<T>(DocumentIndex<T> index, CancellationToken ct) where T : class
    {
        var type = TypeOf<T>();
        type.RequireCountable(index);
        var collection = Collection(type);
        var tallies = await AnswerAsync(ReadAsync());
        // The index does not know a deleted document's shell from a document without any value.
        if (tallies.FirstOrDefault(t => t.Values.All(v => v is null)) is not { } blank) return tallies;
        var documents = blank.Documents - await AnswerAsync(collection.CountDocumentsAsync(Filter.Eq(e => e.Version, 0), cancellationToken: ct));
        return [.. tallies.Where(t => t != blank), .. documents > 0 ? (Tally[])[blank with { Documents = documents }] : []];

        async Task<List<Tally>> ReadAsync()
        {
            var grouped = await collection.AggregateAsync(MongoQuery.Counts(index), new AggregateOptions { Hint = index.Name }, ct);
            return [.. (await grouped.ToListAsync(ct)).Select(g => MongoQuery.TallyIn(g, index))];
        }
    }

    public async Task<WriteResult> WriteAsync<T>(Document<T> document, IReadOnlyList<PendingEvent> events, Origin? origin, CancellationToken ct) where T : class
    {
        ct.ThrowIfCancellationRequested();
        var type = TypeOf<T>();
        var written = new Envelope
        {
            Id = document.Id,
            Version = document.Version + 1,
            Events = events.Count,
            ToldAt = events is [.., var last] ? Key.Of(last.RecordedAt) : null,
            Schema = _schema,
            State = JsonSerializer.SerializeToUtf8Bytes(document.State, FleetJson.Options),
            Fields = MongoSchema.Fields(type, document.State),
            Pending = Entries(events),
            Origins = origin is null ? [] : [Entry(origin)],
        };
        // Once handed over it may be written, so the caller must hear of it: no cancellation from here on.
        var result = await WriteAsync(Collection(type), document.Version, written);
        if (!result.IsWritten && origin is not null) await RefuseUsedAsync<T>(origin, document.Id);
        if (result.Outcome == WriteOutcome.VersionConflict && events.Count > 0) await RefuseFullAsync(Collection(type), document.Id, document.Version);
        if (result.IsWritten && events.Count > 0) _pending.Set();
        return result;
    }

    public async Task<WriteResult> DeleteAsync<T>(Document<T> document, CancellationToken ct) where T : class
    {
        ct.ThrowIfCancellationRequested();
        var collection = Collection(TypeOf<T>());
        // Its pending events and origins outlive it: it becomes an empty shell first, and goes for good when nothing is left in it.
        var emptied = await UpdateAsync(collection, At(document.Id, document.Version), Update.Set(e => e.Version, 0).Unset(e => e.State).Unset(e => e.Fields));
        if (emptied.IsWritten && (await AnswerAsync(collection.DeleteOneAsync(Filter.Eq(e => e.Id, document.Id) & EmptyShell, CancellationToken.None))).DeletedCount == 0)
            _shells[(collection.CollectionNamespace.CollectionName, document.Id)] = true;
        return emptied;
    }

    public async Task<(Origin Origin, string DocumentId)?> FindOriginAsync<T>(string key, CancellationToken ct) where T : class
    {
        var onlyThis = Builders<Envelope>.Projection.ElemMatch(e => e.Origins, Builders<OriginEntry>.Filter.Eq(o => o.Key, key));
        var found = await AnswerAsync(
            Collection(TypeOf<T>()).Find(Filter.Eq(MongoSchema.OriginsIndex, key)).Project<Envelope>(onlyThis).SingleOrDefaultAsync(ct));
        return found?.Origins is [var o] ? (new Origin(o.Key, o.RequestHash, o.StatusCode, o.Answer, o.Location, o.ETag), found.Id) : null;
    }

    public async Task<IReadOnlyList<StoredEvent>> ReadPendingAsync(int limit, CancellationToken ct)
    {
        var read = await Task.WhenAll(_types.Values.Select(type => ReadPendingAsync(type, limit, ct)));
        return [.. read.SelectMany(events => events).OrderBy(e => e.Place, StringComparer.Ordinal).Take(limit).Select(e => e.Event)];
    }

    public async Task ClearPendingAsync(IReadOnlyCollection<StoredEvent> events, CancellationToken ct)
    {
        foreach (var type in events.GroupBy(e => e.DocumentType))
        {
            var documents = type.GroupBy(e => e.DocumentId).ToList();
            // The version stays: whoever changes the document meanwhile is not disturbed, and an event added meanwhile is not touched.
            IEnumerable<WriteModel<Envelope>> pulls = documents.Select(d => new UpdateOneModel<Envelope>(
                Filter.Eq(e => e.Id, d.Key), Update.PullFilter(e => e.Pending, Builders<PendingEntry>.Filter.In(p => p.EventId, d.Select(e => e.EventId)))));
            var shells = documents.Select(d => d.Key).Where(id => _shells.ContainsKey((type.Key, id))).ToList();
            if (shells.Count > 0) pulls = pulls.Append(new DeleteManyModel<Envelope>(Filter.In(e => e.Id, shells) & EmptyShell));
            await AnswerAsync(_database.GetCollection<Envelope>(type.Key).BulkWriteAsync(pulls, cancellationToken: ct));
            // One that still holds something is noted again when that is read.
            foreach (var id in shells) _shells.TryRemove((type.Key, id), out _);
        }
    }

    public async Task<int> ForgetOriginsAsync(DateTimeOffset before, CancellationToken ct)
    {
        var old = Key.Of(before);
        var forgotten = 0L;
        foreach (var type in _types.Values)
        {
            var collection = Collection(type);
            var holders = await AnswerAsync(collection.UpdateManyAsync(
                Filter.Lt(MongoSchema.OriginsAge, old), Update.PullFilter(e => e.Origins, Builders<OriginEntry>.Filter.Lt(o => o.At, old)), cancellationToken: ct));
            forgotten += holders.ModifiedCount;
            // Deleted documents that were kept for their origins only, and what another process left of some.
            await AnswerAsync(collection.DeleteManyAsync(EmptyShell, ct));
        }

        return (int)forgotten;
    }

    public Task WaitForPendingAsync(CancellationToken ct) => _pending.WaitAsync(ct);

    public Task CheckAsync(CancellationToken ct) => AnswerAsync(_database.GetCollection<BsonDocument>(MongoSchema.MetaCollection).UpdateOneAsync(
        new BsonDocument("_id", "health"), new BsonDocument("$set", new BsonDocument("at", Key.Of(_time.GetUtcNow()))), new UpdateOptions { IsUpsert = true }, ct));

    public void Dispose() => _client.Dispose();

    private static FilterDefinition<Envelope> EmptyShell { get; } =
        Filter.Eq(e => e.Version, 0) & Filter.Exists("pending.0", false) & Filter.Exists("origins.0", false);

    private static FilterDefinition<Envelope> At(string id, long version) => Filter.Eq(e => e.Id, id) & Filter.Eq(e => e.Version, version);

    /// <summary>At most one of these writes finds its document; each is atomic by itself, and none loses events or origins that others added.</summary>
    private async Task<WriteResult> WriteAsync(IMongoCollection<Envelope> collection, long version, Envelope written)
    {
        try
        {
            if (version == 0 && await InsertAsync(collection, written)) return WriteResult.Written;
            var at = At(written.Id, version);
            if (written.Pending.Count > 0) at &= Filter.Exists($"pending.{MostPending - 1}", false);
            var change = Update.Set(e => e.Version, written.Version).Set(e => e.Schema, written.Schema).Set(e => e.State, written.State).Set(e => e.Fields, written.Fields)
                .Inc(e => e.Events, written.Events).PushEach(e => e.Pending, written.Pending);
            if (written.ToldAt is not null) change = change.Set(e => e.ToldAt, written.ToldAt);
            if (written.Origins is not [var origin]) return await UpdateAsync(collection, at, change);

            // The unique index compares documents with each other, not the entries of one document: that is the filter's task.
            var unused = Filter.Ne(MongoSchema.OriginsIndex, origin.Key);
            var result = await UpdateAsync(collection, at & unused, change.PushEach(e => e.Origins, [origin], -OriginsKept));
            if (result.IsWritten) return result;

            var unfinished = Filter.ElemMatch(e => e.Origins, o => o.Key == origin.Key && o.RequestHash == origin.RequestHash && o.StatusCode == 0);
            var own = new UpdateOptions { ArrayFilters = [new BsonDocumentArrayFilterDefinition<OriginEntry>(new BsonDocument("own.key", origin.Key))] };
            return await UpdateAsync(collection, at & unfinished, change.Set("origins.$[own]", origin), own);
        }
        catch (MongoException error) when (MongoFailure.UniqueIndexIn(error) is { } index)
        {
            if (index == MongoSchema.OriginsIndex) throw new DuplicateOriginException(written.Origins[0].Key);
            return new WriteResult(WriteOutcome.DuplicateKey, index);
        }
    }

    private async Task<WriteResult> UpdateAsync(
        IMongoCollection<Envelope> collection, FilterDefinition<Envelope> filter, UpdateDefinition<Envelope> update, UpdateOptions? options = null)
    {
        var result = await AnswerAsync(collection.UpdateOneAsync(filter, update, options, cancellationToken: CancellationToken.None));
        return result.MatchedCount == 1 ? WriteResult.Written : new WriteResult(WriteOutcome.VersionConflict);
    }

    /// <summary>False when the id exists; a deleted document's shell (version 0) is then written over like any other.</summary>
    private async Task<bool> InsertAsync(IMongoCollection<Envelope> collection, Envelope written)
    {
        try
        {
            await AnswerAsync(collection.InsertOneAsync(written, cancellationToken: CancellationToken.None));
            return true;
        }
        catch (MongoException error) when (MongoFailure.UniqueIndexIn(error) == "_id_")
        {
            return false;
        }
    }

    /// <summary>A write that found its version but no room is not a conflict: it goes on as soon as the broker takes events again.</summary>
    private async Task RefuseFullAsync(IMongoCollection<Envelope> collection, string id, long version)
    {
        if (await AnswerAsync(collection.CountDocumentsAsync(At(id, version) & Filter.Exists($"pending.{MostPending - 1}"))) > 0)
            throw new StoreUnavailableException($"{collection.CollectionNamespace} {id} holds {MostPending} events that are not published: the broker must take some first.");
    }

    /// <summary>Of two reasons against a write the origin goes first: the request is to be answered as it was, not refused because of itself.</summary>
    private async Task RefuseUsedAsync<T>(Origin origin, string documentId) where T : class
    {
        if (await FindOriginAsync<T>(origin.Key, CancellationToken.None) is not { } holder) return;
        var own = holder.DocumentId == documentId && holder.Origin.StatusCode == 0 && holder.Origin.RequestHash == origin.RequestHash;
        if (!own) throw new DuplicateOriginException(origin.Key);
    }

    /// <summary>
    /// Pending events of one type with the place each takes among all: never before an earlier one of the same document, whatever the writers'
    /// clocks said.
    /// </summary>
    private async Task<IEnumerable<(string Place, StoredEvent Event)>> ReadPendingAsync(DocumentType type, int limit, CancellationToken ct)
    {
        var waiting = Collection(type).WithReadConcern(_durable)
            .Find(Filter.Exists(MongoSchema.PendingIndex)).Sort(Builders<Envelope>.Sort.Ascending(MongoSchema.PendingIndex)).Limit(limit)
            .Project<Envelope>(Builders<Envelope>.Projection.Include(e => e.Pending).Include(e => e.Version));
        var found = await AnswerAsync(waiting.ToListAsync(ct));
        return found.SelectMany(document =>
        {
            if (document.Version == 0) _shells[(type.Name, document.Id)] = true;
            var latest = "";
            return document.Pending.Select(p =>
            {
                latest = string.CompareOrdinal(p.Sequence, latest) > 0 ? p.Sequence : latest;
                return (latest, new StoredEvent(p.Sequence, type.Name, document.Id, p.EventId, p.CorrelationId, p.MessageType, p.Body, p.TraceParent));
            });
        });
    }

    private List<PendingEntry> Entries(IReadOnlyList<PendingEvent> events)
    {
        var now = Key.Of(_time.GetUtcNow());
        var trace = Activity.Current?.Id;
        return [.. events.Select((e, i) => new PendingEntry
        {
            EventId = e.EventId,
            CorrelationId = e.CorrelationId,
            MessageType = e.Message.GetType().FullName!,
            Body = JsonSerializer.Serialize(e.Message, e.Message.GetType(), FleetJson.Options),
            TraceParent = trace,
            Sequence = $"{now}-{i:D4}",
        })];
    }

    private OriginEntry Entry(Origin origin) => new()
    {
        Key = origin.Key,
        At = Store.Key.Of(_time.GetUtcNow()),
        RequestHash = origin.RequestHash,
        StatusCode = origin.StatusCode,
        Answer = origin.Answer,
        Location = origin.Location,
        ETag = origin.ETag,
    };

    private static Document<T> DocumentIn<T>(Envelope found) where T : class =>
        new(found.Id, found.Version, JsonSerializer.Deserialize<T>(found.State, FleetJson.Options)!, found.Events, found.ToldAt is { } told ? Key.Instant(told) : null);

    private DocumentType<T> TypeOf<T>() where T : class => (DocumentType<T>)_types[typeof(T)];

    private IMongoCollection<Envelope> Collection(DocumentType type) => _database.GetCollection<Envelope>(type.Name);

    /// <summary>Waits for the server's answer; a server that is away is said to be so in one sentence.</summary>
    private async Task<TResult> AnswerAsync<TResult>(Task<TResult> call)
    {
        await AnswerAsync((Task)call);
        return await call;
    }

    private async Task AnswerAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (Exception error) when (MongoFailure.IsAway(error))
        {
            throw MongoFailure.Away(_client, error);
        }
    }
}
