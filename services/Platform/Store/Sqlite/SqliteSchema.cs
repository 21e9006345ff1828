using System.Text.Json;

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

    /// <summary>Creates what is missing; fields that are declared newly are filled from the bodies.</summary>
    public static void Create(SqliteSession session, IReadOnlyList<DocumentType> types)
    {
        session.Execute("BEGIN IMMEDIATE");
        session.Execute("""
            CREATE TABLE IF NOT EXISTS pending_events (
              sequence INTEGER PRIMARY KEY AUTOINCREMENT, document_type TEXT NOT NULL, document_id TEXT NOT NULL, event_id TEXT NOT NULL,
              correlation_id TEXT NOT NULL, message_type TEXT NOT NULL, body TEXT NOT NULL, trace_parent TEXT)
            """);
        session.Execute("""
            CREATE TABLE IF NOT EXISTS origins (
              document_type TEXT NOT NULL, key TEXT NOT NULL, document_id TEXT NOT NULL, request_hash TEXT NOT NULL, status_code INTEGER NOT NULL,
              answer TEXT, location TEXT, etag TEXT, PRIMARY KEY (document_type, key)) WITHOUT ROWID
            """);
        session.Execute("CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID");
        foreach (var type in types) Create(session, type);
        session.Execute("COMMIT");
    }

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

    private static void Create(SqliteSession session, DocumentType type)
    {
        var table = Table(type);
        session.Execute($"CREATE TABLE IF NOT EXISTS {table} (id TEXT PRIMARY KEY, version INTEGER NOT NULL, events INTEGER NOT NULL, body TEXT NOT NULL)");
        if (type.ManyNames.Count > 0)
        {
            session.Execute($"CREATE TABLE IF NOT EXISTS {WordsTable(type)} (field TEXT NOT NULL, value TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (field, value, id)) WITHOUT ROWID");
            session.Execute($"CREATE INDEX IF NOT EXISTS \"words_{type.Name}_id\" ON {WordsTable(type)} (id, field, value)");
        }

        var columns = session.Read($"SELECT name FROM pragma_table_info('documents_{type.Name}')", r => $"\"{r.GetString(0)}\"").ToHashSet();
        foreach (var field in type.FieldNames.Where(f => !columns.Contains(Column(f)))) session.Execute($"ALTER TABLE {table} ADD COLUMN {Column(field)} TEXT");
        FillNew(session, type);
        foreach (var (name, unique, fields) in type.IndexShapes)
        {
            // The id makes the order of equal values certain, so that a page can go on where the last one ended.
            var list = string.Join(", ", fields.Select(Column).Concat(unique ? [] : ["id"]));
            session.Execute($"CREATE {(unique ? "UNIQUE " : "")}INDEX IF NOT EXISTS \"{type.Name}_{name}\" ON {table} ({list})");
        }
    }

    /// <summary>A field that the last build did not declare holds nothing, or what an older build left: all documents are read and their fields written anew.</summary>
    private static void FillNew(SqliteSession session, DocumentType type)
    {
        var key = $"fields.{type.Name}";
        var filled = session.Read("SELECT value FROM meta WHERE key = $key", r => r.GetString(0), ("$key", key)) is [var text] ? text.Split(' ').ToHashSet() : [];
        var declared = type.FieldNames.Concat(type.ManyNames).ToHashSet();
        if (filled.SetEquals(declared)) return;
        if (!declared.IsSubsetOf(filled)) Fill(session, type);
        session.Execute("INSERT INTO meta (key, value) VALUES ($key, $value) ON CONFLICT (key) DO UPDATE SET value = excluded.value", ("$key", key), ("$value", string.Join(' ', declared)));
    }

    private static void Fill(SqliteSession session, DocumentType type)
    {
        var table = Table(type);
        var sets = string.Join(", ", type.FieldNames.Select((f, i) => $"{Column(f)} = $f{i}"));
        foreach (var id in session.Read($"SELECT id FROM {table}", r => r.GetString(0)))
        {
            var body = session.Read($"SELECT body FROM {table} WHERE id = $id", r => r.GetString(0), ("$id", id))[0];
            var state = JsonSerializer.Deserialize(body, type.StateType, FleetJson.Options)!;
            if (type.FieldNames.Count > 0)
                session.Execute($"UPDATE {table} SET {sets} WHERE id = $id", [.. type.FieldValues(state).Select((v, i) => ($"$f{i}", (object?)v)), ("$id", id)]);
            WriteWords(session, type, id, type.ManyValues(state));
        }
    }
}
