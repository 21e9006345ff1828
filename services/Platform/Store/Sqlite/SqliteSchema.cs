using System.Text.Json;

namespace Fleet.Platform.Store.Sqlite;

/// <summary>
/// One table per document type: id, version, body (JSON) and a column for each declared field; pending events and origins have tables of their
/// own in the same file, so that one transaction holds all three.
/// </summary>
internal static class SqliteSchema
{
    public static string Table(DocumentType type) => $"\"documents_{type.Name}\"";

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
        foreach (var type in types) Create(session, type);
        session.Execute("COMMIT");
    }

    private static void Create(SqliteSession session, DocumentType type)
    {
        var table = Table(type);
        session.Execute($"CREATE TABLE IF NOT EXISTS {table} (id TEXT PRIMARY KEY, version INTEGER NOT NULL, events INTEGER NOT NULL, body TEXT NOT NULL)");
        var columns = session.Read($"SELECT name FROM pragma_table_info('documents_{type.Name}')", r => $"\"{r.GetString(0)}\"").ToHashSet();
        var added = type.FieldNames.Where(f => !columns.Contains(Column(f))).ToList();
        foreach (var field in added) session.Execute($"ALTER TABLE {table} ADD COLUMN {Column(field)} TEXT");
        if (added.Count > 0) Fill(session, type);
        foreach (var (name, unique, fields) in type.IndexShapes)
        {
            // The id makes the order of equal values certain, so that a page can go on where the last one ended.
            var list = string.Join(", ", fields.Select(Column).Concat(unique ? [] : ["id"]));
            session.Execute($"CREATE {(unique ? "UNIQUE " : "")}INDEX IF NOT EXISTS \"{type.Name}_{name}\" ON {table} ({list})");
        }
    }

    private static void Fill(SqliteSession session, DocumentType type)
    {
        var table = Table(type);
        var sets = string.Join(", ", type.FieldNames.Select((f, i) => $"{Column(f)} = $f{i}"));
        foreach (var (id, body) in session.Read($"SELECT id, body FROM {table}", r => (r.GetString(0), r.GetString(1))))
        {
            var values = type.FieldValues(JsonSerializer.Deserialize(body, type.StateType, FleetJson.Options)!);
            session.Execute($"UPDATE {table} SET {sets} WHERE id = $id", [.. values.Select((v, i) => ($"$f{i}", (object?)v)), ("$id", id)]);
        }
    }
}
