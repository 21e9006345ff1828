using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Fleet.Platform.Store.Sqlite;

/// <summary>The embedded store: one file per service, write-ahead log, safe for several processes of one host.</summary>
public sealed class SqliteDocumentStore : IDocumentStore, IAsyncDisposable
{
    // Extended result code, https://www.sqlite.org/rescode.html
    private const int ConstraintUnique = 2067;

    // Bytes. On a full disk a small write still succeeds now and then, in what the write-ahead log has just given back; its usual size is half of this.
    private const long LeastFree = 8 * 1024 * 1024;

    private readonly Dictionary<Type, DocumentType> _types;
    private readonly Dictionary<DocumentType, Statements> _statements;
    private readonly string _path;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly SqliteWriter _writer;
    private readonly Signal _pending = new();

    private SqliteDocumentStore(string path, DocumentType[] types)
    {
        _path = path;
        _types = types.ToDictionary(t => t.StateType);
        _statements = types.ToDictionary(t => t, t => new Statements(t));
        _writer = new SqliteWriter(path);
    }

    /// <summary>Opens a database whose stored shapes have never changed.</summary>
    public static SqliteDocumentStore Open(string path, params DocumentType[] types) => Open(path, Schema.First, types);

    /// <summary>
    /// Opens or creates the file (mode 0600; named by the service), migrates it and brings its tables up to the declared types. Throws
    /// <see cref="StartRefusedException"/> when the file cannot be used, is damaged, is missing where it was, or is of a version that this build cannot migrate.
    /// </summary>
    public static SqliteDocumentStore Open(string path, Schema schema, params DocumentType[] types)
    {
        try
        {
            SqliteSchema.Create(path, schema, types);
            return new SqliteDocumentStore(path, types);
        }
        catch (StoreUnavailableException error)
        {
            throw new StartRefusedException(error.Message, error);
        }
    }

    public Task<Document<T>?> FindAsync<T>(string id, CancellationToken ct) where T : class
    {
        var sql = _statements[TypeOf<T>()].Find;
        return Task.FromResult(Read(s => s.Read(sql, DocumentIn<T>, ("$id", id))) is [var found] ? found : null);
    }

    public Task<IReadOnlyList<Document<T>>> FindManyAsync<T>(IReadOnlyCollection<string> ids, CancellationToken ct) where T : class
    {
        var sql = _statements[TypeOf<T>()].FindMany;
        return Task.FromResult<IReadOnlyList<Document<T>>>(Read(s => s.Read(sql, DocumentIn<T>, ("$ids", JsonSerializer.Serialize(ids)))));
    }

    public Task<Page<T>> QueryAsync<T>(Query<T> query, CancellationToken ct) where T : class
    {
        var type = TypeOf<T>();
        type.RequireIndexFor(query);
        var (sql, parameters) = SqliteQuery.Of(type, query);
        var found = Read(s => s.Read(sql, DocumentIn<T>, parameters));
        var items = found.Take(query.Limit).ToList();
        var next = found.Count > query.Limit ? new Cursor(query.OrderBy?.Value(items[^1].State) ?? "", items[^1].Id) : null;
        return Task.FromResult(new Page<T>(items, next));
    }

    public Task<IReadOnlyList<Tally>> CountAsync<T>(DocumentIndex<T> index, CancellationToken ct) where T : class
    {
        var type = TypeOf<T>();
        type.RequireCountable(index);
        var columns = string.Join(", ", index.Fields.Select(f => SqliteSchema.Column(f.Name)));
        var sql = $"SELECT COUNT(*), {columns} FROM {SqliteSchema.Table(type)} GROUP BY {columns}";
        return Task.FromResult<IReadOnlyList<Tally>>(Read(s => s.Read(sql, r => new Tally([.. index.Fields.Select((_, i) => Text(r, i + 1))], r.GetInt64(0)))));
    }

    public async Task<WriteResult> WriteAsync<T>(Document<T> document, IReadOnlyList<PendingEvent> events, Origin? origin, CancellationToken ct) where T : class
    {
        var type = TypeOf<T>();
        var statements = _statements[type];
        var body = JsonSerializer.Serialize(document.State, FleetJson.Options);
        var fields = type.FieldValues(document.State);
        var many = type.ManyValues(document.State);
        var messages = events.Select(e => (Event: e, Body: JsonSerializer.Serialize(e.Message, e.Message.GetType(), FleetJson.Options))).ToList();
        var told = events is [.., var last] ? Key.Of(last.RecordedAt) : null;
        var trace = Activity.Current?.Id;
        var now = Key.Of(_time.GetUtcNow());

        var result = await _writer.WriteAsync(session =>
        {
            List<(string, object?)> parameters = [("$id", document.Id), ("$version", document.Version), ("$events", events.Count), ("$told", told), ("$body", body)];
            for (var i = 0; i < fields.Count; i++) parameters.Add((Statements.FieldParameters[i], fields[i]));
            // Of two reasons against a write the origin goes first: the request is to be answered as it was, not refused because of itself.
            if (origin is not null) Insert(session, type, document.Id, origin, now);
            try
            {
                var changed = session.Execute(document.Version == 0 ? statements.Insert : statements.Update, parameters);
                if (changed == 0) return new WriteResult(WriteOutcome.VersionConflict);
            }
            catch (SqliteException error) when (error.SqliteExtendedErrorCode == ConstraintUnique)
            {
                return new WriteResult(WriteOutcome.DuplicateKey, IndexIn(type, error.Message));
            }

            SqliteSchema.WriteWords(session, type, document.Id, many);
            foreach (var (pending, json) in messages)
            {
                session.Execute(Statements.InsertPending,
                    ("$type", type.Name), ("$id", document.Id), ("$event", pending.EventId.ToString()), ("$correlation", pending.CorrelationId.ToString()),
                    ("$message", pending.Message.GetType().FullName), ("$body", json), ("$trace", trace));
            }

            return WriteResult.Written;
        }, ct);
        if (result.IsWritten && events.Count > 0) _pending.Set();
        return result;
    }

    public Task<WriteResult> DeleteAsync<T>(Document<T> document, CancellationToken ct) where T : class
    {
        var type = TypeOf<T>();
        var sql = _statements[type].Delete;
        return _writer.WriteAsync(session =>
        {
            if (session.Execute(sql, ("$id", document.Id), ("$version", document.Version)) == 0) return new WriteResult(WriteOutcome.VersionConflict);
            SqliteSchema.WriteWords(session, type, document.Id, []);
            return WriteResult.Written;
        }, ct);
    }

    public Task<(Origin Origin, string DocumentId)?> FindOriginAsync<T>(string key, CancellationToken ct) where T : class
    {
        var found = Read(s => s.Read(
            Statements.FindOrigin,
            r => (new Origin(key, r.GetString(1), r.GetInt32(2), Text(r, 3), Text(r, 4), Text(r, 5)), r.GetString(0)),
            ("$type", TypeOf<T>().Name), ("$key", key)));
        return Task.FromResult<(Origin, string)?>(found is [var one] ? one : null);
    }

    public Task<IReadOnlyList<StoredEvent>> ReadPendingAsync(int limit, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<StoredEvent>>(Read(s => s.Read(
            Statements.ReadPending,
            r => new StoredEvent(
                r.GetInt64(0).ToString(CultureInfo.InvariantCulture), r.GetString(1), r.GetString(2), Guid.Parse(r.GetString(3)), Guid.Parse(r.GetString(4)),
                r.GetString(5), r.GetString(6), Text(r, 7)),
            ("$limit", limit))));

    public async Task ClearPendingAsync(IReadOnlyCollection<StoredEvent> events, CancellationToken ct)
    {
        var sequences = JsonSerializer.Serialize(events.Select(e => long.Parse(e.Sequence, CultureInfo.InvariantCulture)));
        await _writer.WriteAsync(session =>
        {
            session.Execute(Statements.ClearPending, ("$sequences", sequences));
            return WriteResult.Written;
        }, ct);
    }

    public Task WaitForPendingAsync(CancellationToken ct) => _pending.WaitAsync(ct);

    public async Task<int> ForgetOriginsAsync(DateTimeOffset before, CancellationToken ct)
    {
        var forgotten = 0;
        int batch;
        do
        {
            batch = 0;
            // In small batches: other writes wait for each of them.
            await _writer.WriteAsync(session =>
            {
                batch = session.Execute(Statements.ForgetOrigins, ("$before", Key.Of(before)));
                return WriteResult.Written;
            }, ct);
            forgotten += batch;
        }
        while (batch > 0);

        return forgotten;
    }

    public Task CheckAsync(CancellationToken ct) => _writer.WriteAsync(session =>
    {
        RequireSpace();
        session.Execute(Statements.Check);
        return WriteResult.Written;
    }, ct).WaitAsync(ct);

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        while (_readers.TryTake(out var reader)) reader.Dispose();
    }

    private void RequireSpace()
    {
        try
        {
            if (new DriveInfo(_path).AvailableFreeSpace >= LeastFree) return;
        }
        catch (IOException)
        {
            // The write that follows says what is wrong.
            return;
        }

        throw new StoreUnavailableException($"{_path} cannot grow: the disk is full, less than {LeastFree / 1024 / 1024} MB are left.");
    }

    private DocumentType<T> TypeOf<T>() where T : class => (DocumentType<T>)_types[typeof(T)];

    /// <summary>Reads are short and never wait for the writer (write-ahead log), so they run where they are called.</summary>
    private TResult Read<TResult>(Func<SqliteSession, TResult> read)
    {
        if (!_readers.TryTake(out var session)) session = new SqliteSession(_path);
        try
        {
            var result = read(session);
            _readers.Add(session);
            return result;
        }
        catch
        {
            // Whatever it was, the next reader gets a fresh one.
            session.Dispose();
            throw;
        }
    }

    /// <summary>An unfinished origin may be replaced by the write of the same document that finishes it; any other is somebody else's.</summary>
    private static void Insert(SqliteSession session, DocumentType type, string documentId, Origin origin, string now)
    {
        var changed = session.Execute(Statements.InsertOrigin,
            ("$type", type.Name), ("$key", origin.Key), ("$id", documentId), ("$hash", origin.RequestHash), ("$status", origin.StatusCode),
            ("$answer", origin.Answer), ("$location", origin.Location), ("$etag", origin.ETag), ("$at", now));
        if (changed == 0) throw new DuplicateOriginException(origin.Key);
    }

    /// <summary>SQLite names the columns: UNIQUE constraint failed: documents_devices.f_assetTag.</summary>
    private static string IndexIn(DocumentType type, string message)
    {
        var columns = message.Split(' ').Where(w => w.StartsWith("documents_", StringComparison.Ordinal)).Select(w => w.Split('.')[1].TrimEnd('\'', ',', '.')).ToHashSet();
        return type.IndexShapes.First(i => i.Unique && columns.SetEquals(i.Fields.Select(f => $"f_{f}"))).Name;
    }

    private static Document<T> DocumentIn<T>(SqliteDataReader row) where T : class =>
        new(row.GetString(0), row.GetInt64(1), JsonSerializer.Deserialize<T>(row.GetString(2), FleetJson.Options)!, row.GetInt64(3), Text(row, 4) is { } told ? Key.Instant(told) : null);

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>The statements of one document type, and those that all share.</summary>
    private sealed class Statements
    {
        public const string InsertPending = """
            INSERT INTO pending_events (document_type, document_id, event_id, correlation_id, message_type, body, trace_parent)
            VALUES ($type, $id, $event, $correlation, $message, $body, $trace)
            """;

        public const string ReadPending = """
            SELECT sequence, document_type, document_id, event_id, correlation_id, message_type, body, trace_parent
            FROM pending_events ORDER BY sequence LIMIT $limit
            """;

        public const string ClearPending = "DELETE FROM pending_events WHERE sequence IN (SELECT value FROM json_each($sequences))";

        public const string FindOrigin = """
            SELECT document_id, request_hash, status_code, answer, location, etag FROM origins WHERE document_type = $type AND key = $key
            """;

        public const string InsertOrigin = """
            INSERT INTO origins (document_type, key, document_id, request_hash, status_code, answer, location, etag, at)
            VALUES ($type, $key, $id, $hash, $status, $answer, $location, $etag, $at)
            ON CONFLICT (document_type, key) DO UPDATE
            SET status_code = excluded.status_code, answer = excluded.answer, location = excluded.location, etag = excluded.etag, at = excluded.at
            WHERE status_code = 0 AND document_id = excluded.document_id AND request_hash = excluded.request_hash
            """;

        public const string ForgetOrigins = """
            DELETE FROM origins WHERE (document_type, key) IN (SELECT document_type, key FROM origins WHERE at < $before LIMIT 500)
            """;

        // As large as an ordinary write: a disk that has room for a byte only is not well.
        public const string Check = "INSERT INTO health (id, filling) VALUES (1, zeroblob(65536)) ON CONFLICT (id) DO UPDATE SET filling = excluded.filling";

        public Statements(DocumentType type)
        {
            var table = SqliteSchema.Table(type);
            var columns = string.Concat(type.FieldNames.Select(f => $", {SqliteSchema.Column(f)}"));
            var values = string.Concat(type.FieldNames.Select((_, i) => $", {FieldParameters[i]}"));
            var sets = string.Concat(type.FieldNames.Select((f, i) => $", {SqliteSchema.Column(f)} = {FieldParameters[i]}"));
            Find = $"SELECT id, version, body, events, told_at FROM {table} WHERE id = $id";
            FindMany = $"SELECT id, version, body, events, told_at FROM {table} WHERE id IN (SELECT value FROM json_each($ids))";
            // An id that exists is a version conflict, whatever else stands against the document.
            Insert = $"INSERT INTO {table} (id, version, events, told_at, body{columns}) VALUES ($id, $version + 1, $events, $told, $body{values}) ON CONFLICT (id) DO NOTHING";
            Update = $"UPDATE {table} SET version = version + 1, events = events + $events, told_at = coalesce($told, told_at), body = $body{sets} WHERE id = $id AND version = $version";
            Delete = $"DELETE FROM {table} WHERE id = $id AND version = $version";
        }

        /// <summary>Names of the parameters for declared fields, in order.</summary>
        public static IReadOnlyList<string> FieldParameters { get; } = [.. Enumerable.Range(0, 32).Select(i => $"$f{i}")];

        public string Find { get; }

        public string FindMany { get; }

        public string Insert { get; }

        public string Update { get; }

        public string Delete { get; }
    }
}
