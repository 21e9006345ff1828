using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Fleet.Platform.Store.Sqlite;

/// <summary>
/// One table per document type: id, version, body (JSON) and a column for each declared field of one value. Fields of several values have a table
/// beside it with a row for each value; pending events and origins have tables of their own in the same file, so that one transaction holds all.
/// </summary>
internal static class SqliteSchema
{
    public static string Table(DocumentType type) => $"\"documents_{type.Name}\"";

    public static string WordsTable(DocumentType type) => $"\"words_{type.Name}\"";

    public static string Column(string field) => $"\"f_{field}\"";

    // The tables that this adapter itself keeps; a change of theirs comes with its own migration.
    private const int Layout = 2;

    // https://www.sqlite.org/rescode.html
    private const int Constraint = 19;

    private const int Batch = 1000;

    // Another process of the host may be migrating; that takes as long as it takes.
    private const int StartWaitMilliseconds = 300_000;

    // Reading this much takes a tenth of a second. A larger file is checked by the operator (deploy/README).
    private const long QuickCheckBytes = 32 * 1024 * 1024;

    /// <summary>
    /// Creates what is missing, migrates what an older build wrote, fills fields that are declared newly from the bodies, drops indexes that are no longer
    /// declared; all in one transaction, so that a kill leaves the file as it was and several processes do it once.
    /// </summary>
    public static void Create(string path, Schema schema, IReadOnlyList<DocumentType> types)
    {
        var service = Path.GetFileNameWithoutExtension(path);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var marker = new StoreMarker(Path.Combine(folder, $"{service}.sqlite.made"), path);
        CreateFile(path, folder, marker);
        using var session = new SqliteSession(path, StartWaitMilliseconds);
        if (new FileInfo(path).Length <= QuickCheckBytes && session.Read("PRAGMA quick_check(1)", r => r.GetString(0)) is not ["ok"])
            throw new StartRefusedException($"{path} is damaged: restore a copy, or move it away together with {service}.sqlite.made to start with an empty one.");

        session.Execute("BEGIN IMMEDIATE");
        var tables = session.Read("SELECT name FROM sqlite_master WHERE type = 'table'", r => r.GetString(0)).ToHashSet();
        if (tables.Count == 0)
        {
            marker.RequireNone("is empty");
            CreateOwn(session);
            SetMeta(session, "layout", $"{Layout}");
            SetMeta(session, "schema", $"{schema.Version}");
            SetMeta(session, "service", service);
            SetMeta(session, "createdAt", Key.Of(TimeProvider.System.GetUtcNow()));
            SetMeta(session, "id", Guid.NewGuid().ToString());
        }

        int? version = tables.Count == 0 ? schema.Version : tables.Contains("meta") && Meta(session, "schema") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
        schema.RequireReadable(path, version);
        if (Meta(session, "layout") == "1") MigrateOwn(session, tables);
        if (Meta(session, "layout") != $"{Layout}") throw new StartRefusedException($"{path} is laid out in a way that this build does not know: start the newer build.");
        if (Meta(session, "service") is var owner && owner != service) throw new StartRefusedException($"{path} holds the documents of {owner}: give it back its name.");
        foreach (var type in types) Create(session, type, schema, version!.Value);
        SetMeta(session, "schema", $"{schema.Version}");
        var id = Meta(session, "id")!;
        session.Execute("COMMIT");
        marker.Confirm(id);
    }

    private static void CreateFile(string path, string folder, StoreMarker marker)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.Length == 0) marker.RequireNone(file.Exists ? "is empty" : "is missing");
            Directory.CreateDirectory(folder);
            if (!file.Exists && !OperatingSystem.IsWindows())
                new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{path} cannot be opened: {error.Message}", error);
        }
    }

    private static void CreateOwn(SqliteSession session)
    {
        session.Execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID");
        session.Execute("CREATE TABLE health (id INTEGER PRIMARY KEY, filling BLOB NOT NULL)");
        session.Execute("""
            CREATE TABLE pending_events (
              sequence INTEGER PRIMARY KEY AUTOINCREMENT, document_type TEXT NOT NULL, document_id TEXT NOT NULL, event_id TEXT NOT NULL,
              correlation_id TEXT NOT NULL, message_type TEXT NOT NULL, body TEXT NOT NULL, trace_parent TEXT)
            """);
        session.Execute("""
            CREATE TABLE origins (
              document_type TEXT NOT NULL, key TEXT NOT NULL, document_id TEXT NOT NULL, request_hash TEXT NOT NULL, status_code INTEGER NOT NULL,
              answer TEXT, location TEXT, etag TEXT, at TEXT NOT NULL, PRIMARY KEY (document_type, key)) WITHOUT ROWID
            """);
        session.Execute("CREATE INDEX origins_at ON origins (at)");
    }

    /// <summary>From layout 1, whose documents did not say when their last event was recorded.</summary>
    private static void MigrateOwn(SqliteSession session, IEnumerable<string> tables)
    {
        foreach (var table in tables.Where(t => t.StartsWith("documents_", StringComparison.Ordinal))) session.Execute($"ALTER TABLE \"{table}\" ADD COLUMN told_at TEXT");
        SetMeta(session, "layout", $"{Layout}");
    }

    private static string? Meta(SqliteSession session, string key) =>
        session.Read("SELECT value FROM meta WHERE key = $key", r => r.GetString(0), ("$key", key)) is [var value] ? value : null;

    private static void SetMeta(SqliteSession session, string key, string value) =>
        session.Execute("INSERT INTO meta (key, value) VALUES ($key, $value) ON CONFLICT (key) DO UPDATE SET value = excluded.value", ("$key", key), ("$value", value));

    /// <summary>Makes the rows of a document's fields of several values equal to what they should be; writes only what differs.</summary>
    public static void WriteWords(SqliteSession session, DocumentType type, string id, IReadOnlyList<IReadOnlyList<string>> values)
    {
        if (type.ManyNames.Count == 0) return;
        var table = WordsTable(type);
        var stored = session.Read($"SELECT field, value FROM {table} WHERE id = $id", r => (r.GetString(0), r.GetString(1)), ("$id", id)).ToHashSet();
        var wanted = type.ManyNames.Zip(values).SelectMany(f => f.Second.Select(v => (f.First, v))).ToHashSet();
        foreach (var (field, value) in stored.Except(wanted))
            session.Execute($"DELETE FROM {table} WHERE field = $field AND value = $value AND id = $id", ("$field", field), ("$value", value), ("$id", id));
        foreach (var (field, value) in wanted.Except(stored))
            session.Execute($"INSERT INTO {table} (field, value, id) VALUES ($field, $value, $id)", ("$field", field), ("$value", value), ("$id", id));
    }

    private static void Create(SqliteSession session, DocumentType type, Schema schema, int version)
    {
        var table = Table(type);
        session.Execute($"CREATE TABLE IF NOT EXISTS {table} (id TEXT PRIMARY KEY, version INTEGER NOT NULL, events INTEGER NOT NULL, told_at TEXT, body TEXT NOT NULL)");
        if (type.ManyNames.Count > 0)
        {
            session.Execute($"CREATE TABLE IF NOT EXISTS {WordsTable(type)} (field TEXT NOT NULL, value TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (field, value, id)) WITHOUT ROWID");
            session.Execute($"CREATE INDEX IF NOT EXISTS \"words_{type.Name}_id\" ON {WordsTable(type)} (id, field, value)");
        }

        var columns = session.Read($"SELECT name FROM pragma_table_info('documents_{type.Name}')", r => $"\"{r.GetString(0)}\"").ToHashSet();
        foreach (var field in type.FieldNames.Where(f => !columns.Contains(Column(f)))) session.Execute($"ALTER TABLE {table} ADD COLUMN {Column(field)} TEXT");

        var declared = type.IndexShapes.ToDictionary(i => $"{type.Name}_{i.Name}", i => IndexSql(type, i));
        var existing = session.Read(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = $table AND sql IS NOT NULL",
            r => (Name: r.GetString(0), Sql: r.GetString(1)), ("$table", $"documents_{type.Name}"));
        // One that is declared no more costs every write, and a unique one still refuses.
        foreach (var index in existing.Where(i => declared.GetValueOrDefault(i.Name) != i.Sql)) session.Execute($"DROP INDEX \"{index.Name}\"");
        FillFields(session, type, schema, version);
        foreach (var (name, sql) in declared)
        {
            if (existing.Any(i => i.Name == name && i.Sql == sql)) continue;
            try
            {
                session.Execute(sql);
            }
            catch (SqliteException error) when (error.SqliteErrorCode == Constraint)
            {
                throw new StartRefusedException($"{table} holds documents that the unique index {name} forbids: correct them with the build before this one.", error);
            }
        }
    }

    private static string IndexSql(DocumentType type, (string Name, bool Unique, IReadOnlyList<string> Fields) index)
    {
        // The id makes the order of equal values certain, so that a page can go on where the last one ended.
        var list = string.Join(", ", index.Fields.Select(Column).Concat(index.Unique ? [] : ["id"]));
        return $"CREATE {(index.Unique ? "UNIQUE " : "")}INDEX \"{type.Name}_{index.Name}\" ON {Table(type)} ({list})";
    }

    /// <summary>A field that the last build did not declare holds nothing, or what an older build left; one of another schema version may be read off differently.</summary>
    private static void FillFields(SqliteSession session, DocumentType type, Schema schema, int version)
    {
        var key = $"fields.{type.Name}";
        var filled = Meta(session, key)?.Split(' ').ToHashSet() ?? [];
        var declared = type.FieldNames.Concat(type.ManyNames).ToHashSet();
        if (version != schema.Version || !declared.IsSubsetOf(filled)) Rewrite(session, type, schema, version);
        if (!filled.SetEquals(declared)) SetMeta(session, key, string.Join(' ', declared));
    }

    private static void Rewrite(SqliteSession session, DocumentType type, Schema schema, int version)
    {
        var table = Table(type);
        var sets = string.Concat(type.FieldNames.Select((f, i) => $", {Column(f)} = $f{i}"));
        var changes = schema.Changes(type, version);
        var last = "";
        while (session.Read($"SELECT id, body FROM {table} WHERE id > $last ORDER BY id LIMIT {Batch}", r => (Id: r.GetString(0), Body: r.GetString(1)), ("$last", last)) is { Count: > 0 } batch)
        {
            foreach (var (id, stored) in batch)
            {
                var body = changes ? Encoding.UTF8.GetString(schema.Migrate(type, version, Encoding.UTF8.GetBytes(stored))) : stored;
                var state = JsonSerializer.Deserialize(body, type.StateType, FleetJson.Options)!;
                session.Execute($"UPDATE {table} SET body = $body{sets} WHERE id = $id", [("$body", body), .. type.FieldValues(state).Select((v, i) => ($"$f{i}", (object?)v)), ("$id", id)]);
                WriteWords(session, type, id, type.ManyValues(state));
            }

            last = batch[^1].Id;
        }
    }
}
