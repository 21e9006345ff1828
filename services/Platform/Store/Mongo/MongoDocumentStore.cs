using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Core.Clusters;
using MongoDB.Driver.Core.Configuration;
using MongoDB.Driver.Linq;

namespace Fleet.Platform.Store.Mongo;

/// <summary>
/// The store for production: one document per aggregate, in a collection per type. Every change is one write of one document, so it needs no
/// transaction and runs on a standalone server, a replica set and a sharded cluster (with collections that are not sharded themselves).
/// </summary>
public sealed partial class MongoDocumentStore : IDocumentStore, IDisposable
{
    // A document is limited to 16 MB and is read whole. Keys are repeated within minutes; the latest hundred are more than that.
    private const int OriginsKept = 100;

    private static readonly FilterDefinitionBuilder<Envelope> Filter = Builders<Envelope>.Filter;
    private static readonly UpdateDefinitionBuilder<Envelope> Update = Builders<Envelope>.Update;

    private static readonly TimeSpan SelectionTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SocketTimeout = TimeSpan.FromSeconds(30);

    private readonly MongoClient _client;
    private readonly IMongoDatabase _database;
    private readonly Dictionary<Type, DocumentType> _types;
    private readonly ReadConcern _durable;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly Signal _pending = new();

    private MongoDocumentStore(MongoClient client, IMongoDatabase database, DocumentType[] types)
    {
        _client = client;
        _database = database;
        _types = types.ToDictionary(t => t.StateType);
        // What a failover may still undo is not published. A standalone server has nothing to undo.
        _durable = client.Cluster.Description.Type == ClusterType.Standalone ? ReadConcern.Default : ReadConcern.Majority;
    }

    /// <summary>
    /// Connects, and creates the indexes that are missing. Throws <see cref="InvalidOperationException"/> when the server is away, refuses, or
    /// holds other indexes than declared. What the connection string does not say: acknowledged by a majority and journaled, 5 s to find a server.
    /// </summary>
    public static MongoDocumentStore Open(string connectionString, string database, params DocumentType[] types)
    {
        Envelope.Register();
        var client = new MongoClient(SettingsOf(connectionString, database));
        // What was written is read by every later read: a secondary may lag behind.
        var opened = client.GetDatabase(database, new MongoDatabaseSettings { ReadPreference = ReadPreference.Primary });
        try
        {
            MongoSchema.Create(opened, types);
        }
        catch (Exception error) when (IsAway(error))
        {
            throw Away(client, error);
        }

        return new MongoDocumentStore(client, opened, types);
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

    public async Task<WriteResult> WriteAsync<T>(Document<T> document, IReadOnlyList<PendingEvent> events, Origin? origin, CancellationToken ct) where T : class
    {
        ct.ThrowIfCancellationRequested();
        var type = TypeOf<T>();
        var written = new Envelope
        {
            Id = document.Id,
            Version = document.Version + 1,
            Events = events.Count,
            State = JsonSerializer.SerializeToUtf8Bytes(document.State, FleetJson.Options),
            Fields = MongoSchema.Fields(type, document.State),
            Pending = Entries(events),
            Origins = origin is null ? [] : [Entry(origin)],
        };
        // Once handed over it may be written, so the caller must hear of it: no cancellation from here on.
        var result = await WriteAsync(Collection(type), document.Version, written);
        if (!result.IsWritten && origin is not null) await RefuseUsedAsync<T>(origin, document.Id);
        if (result.IsWritten && events.Count > 0) _pending.Set();
        return result;
    }

    public async Task<WriteResult> DeleteAsync<T>(Document<T> document, CancellationToken ct) where T : class
    {
        ct.ThrowIfCancellationRequested();
        var collection = Collection(TypeOf<T>());
        // Its pending events and origins outlive it: it becomes an empty shell first, and goes for good when nothing is left in it.
        var emptied = await UpdateAsync(collection, At(document.Id, document.Version), Update.Set(e => e.Version, 0).Unset(e => e.State).Unset(e => e.Fields));
        if (emptied.IsWritten) await AnswerAsync(collection.DeleteOneAsync(Filter.Eq(e => e.Id, document.Id) & EmptyShell, CancellationToken.None));
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
            var shells = new DeleteManyModel<Envelope>(Filter.In(e => e.Id, documents.Select(d => d.Key)) & EmptyShell);
            await AnswerAsync(_database.GetCollection<Envelope>(type.Key).BulkWriteAsync(pulls.Append(shells), cancellationToken: ct));
        }
    }

    public Task WaitForPendingAsync(CancellationToken ct) => _pending.WaitAsync(ct);

    public Task CheckAsync(CancellationToken ct) => AnswerAsync(_database.RunCommandAsync<BsonDocument>(new BsonDocument("ping", 1), cancellationToken: ct));

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
            var change = Update.Set(e => e.Version, written.Version).Set(e => e.State, written.State).Set(e => e.Fields, written.Fields)
                .Inc(e => e.Events, written.Events).PushEach(e => e.Pending, written.Pending);
            if (written.Origins is not [var origin]) return await UpdateAsync(collection, at, change);

            // The unique index compares documents with each other, not the entries of one document: that is the filter's task.
            var unused = Filter.Ne(MongoSchema.OriginsIndex, origin.Key);
            var result = await UpdateAsync(collection, at & unused, change.PushEach(e => e.Origins, [origin], -OriginsKept));
            if (result.IsWritten) return result;

            var unfinished = Filter.ElemMatch(e => e.Origins, o => o.Key == origin.Key && o.RequestHash == origin.RequestHash && o.StatusCode == 0);
            return await UpdateAsync(collection, at & unfinished, change.Set(e => e.Origins.FirstMatchingElement(), origin));
        }
        catch (MongoWriteException error) when (IndexIn(error) is { } index)
        {
            if (index == MongoSchema.OriginsIndex) throw new DuplicateOriginException(written.Origins[0].Key);
            return new WriteResult(WriteOutcome.DuplicateKey, index);
        }
    }

    private async Task<WriteResult> UpdateAsync(
        IMongoCollection<Envelope> collection, FilterDefinition<Envelope> filter, UpdateDefinition<Envelope> update)
    {
        var result = await AnswerAsync(collection.UpdateOneAsync(filter, update, cancellationToken: CancellationToken.None));
        return result.MatchedCount == 1 ? WriteResult.Written : new WriteResult(WriteOutcome.VersionConflict);
    }

    /// <summary>False when the id exists; a deleted document's shell (version 0) is then written over like any other.</summary>
    private async Task<bool> InsertAsync(IMongoCollection<Envelope> collection, Envelope written)
    {
        try
        {
            await collection.InsertOneAsync(written, cancellationToken: CancellationToken.None);
            return true;
        }
        catch (Exception error) when (IsAway(error))
        {
            throw Away(_client, error);
        }
        catch (MongoWriteException error) when (IndexIn(error) == "_id_")
        {
            return false;
        }
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
            .Project<Envelope>(Builders<Envelope>.Projection.Include(e => e.Pending));
        var found = await AnswerAsync(waiting.ToListAsync(ct));
        return found.SelectMany(document =>
        {
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

    private static OriginEntry Entry(Origin origin) => new()
    {
        Key = origin.Key,
        RequestHash = origin.RequestHash,
        StatusCode = origin.StatusCode,
        Answer = origin.Answer,
        Location = origin.Location,
        ETag = origin.ETag,
    };

    private static Document<T> DocumentIn<T>(Envelope found) where T : class =>
        new(found.Id, found.Version, JsonSerializer.Deserialize<T>(found.State, FleetJson.Options)!, found.Events);

    private DocumentType<T> TypeOf<T>() where T : class => (DocumentType<T>)_types[typeof(T)];

    private IMongoCollection<Envelope> Collection(DocumentType type) => _database.GetCollection<Envelope>(type.Name);

    private static MongoClientSettings SettingsOf(string connectionString, string database)
    {
        ConnectionString said;
        MongoClientSettings settings;
        try
        {
            said = new ConnectionString(connectionString);
            settings = MongoClientSettings.FromConnectionString(connectionString);
        }
        catch (MongoConfigurationException)
        {
            // The driver's message repeats the string, and with it the password.
            throw new InvalidOperationException("MongoDB's connection string is not valid; it looks like mongodb://user:password@host:27017/?options.");
        }

        settings.ApplicationName = said.ApplicationName ?? database;
        settings.ServerSelectionTimeout = said.ServerSelectionTimeout ?? SelectionTimeout;
        settings.ConnectTimeout = said.ConnectTimeout ?? SelectionTimeout;
        settings.SocketTimeout = said.SocketTimeout ?? SocketTimeout;
        if (said.W is null && said.Journal is null) settings.WriteConcern = WriteConcern.WMajority.With(journal: true);
        if (!settings.WriteConcern.IsAcknowledged)
            throw new InvalidOperationException("MongoDB's connection string says w=0; a write must be acknowledged to count.");
        return settings;
    }

    /// <summary>Waits for the server's answer; a server that is away is said to be so in one sentence.</summary>
    private async Task<TResult> AnswerAsync<TResult>(Task<TResult> call)
    {
        try
        {
            return await call;
        }
        catch (Exception error) when (IsAway(error))
        {
            throw Away(_client, error);
        }
    }

    private static bool IsAway(Exception error) => error is TimeoutException or MongoConnectionException;

    /// <summary>The driver's own message is a page long; what the last attempt to reach the server met says more. Hosts are named, credentials are not.</summary>
    private static InvalidOperationException Away(MongoClient client, Exception error)
    {
        var met = client.Cluster.Description.Servers.Select(s => s.HeartbeatException).FirstOrDefault(e => e is not null) ?? error;
        var reason = met.GetBaseException().Message.Split(" using ")[0].TrimEnd('.');
        return new InvalidOperationException($"MongoDB at {string.Join(',', client.Settings.Servers)} cannot be used: {reason}.", met);
    }

    /// <summary>The name of the unique index that refused a write, null for any other error. The server tells it only in its message.</summary>
    private static string? IndexIn(MongoWriteException error) =>
        error.WriteError is { Category: ServerErrorCategory.DuplicateKey } refused ? IndexName().Match(refused.Message).Groups[1].Value : null;

    // E11000 duplicate key error collection: fleet_inventory.devices index: assetTag dup key: { fields.assetTag: "IT-1" }
    [GeneratedRegex(@" index: (\S+) ")]
    private static partial Regex IndexName();
}
