using System.Text.Json;

namespace Fleet.Platform.Store.Sqlite;

/// <summary>Writes a query as SQL: conditions and order on the field columns, pages by key (never by offset).</summary>
internal static class SqliteQuery
{
    // The largest code point: whatever begins with a prefix sorts between the prefix and this behind it.
    private const string Last = "\U0010FFFF";

    /// <summary>Asks for one document more than the limit, so that the caller sees whether there is a next page.</summary>
    public static (string Sql, IReadOnlyList<(string Name, object? Value)> Parameters) Of<T>(DocumentType<T> type, Query<T> query) where T : class
    {
        var sql = $"SELECT id, version, body, events, told_at FROM {SqliteSchema.Table(type)} AS d WHERE 1";
        var parameters = new List<(string, object?)>();
        // The longest prefix finds the fewest: it leads, the others only test what it found.
        var leading = query.Where.Where(c => c.Field.IsMany).MaxBy(c => c.Comparison == Comparison.StartsWith ? c.Values[0].Length : int.MaxValue);
        foreach (var condition in query.Where)
        {
            if (!condition.Field.IsMany)
            {
                sql += $" AND {Compare(SqliteSchema.Column(condition.Field.Name), condition, parameters)}";
                continue;
            }

            var words = $"{SqliteSchema.WordsTable(type)} AS w WHERE w.field = {Add(parameters, condition.Field.Name)} AND {Compare("w.value", condition, parameters)}";
            sql += ReferenceEquals(condition, leading) ? $" AND id IN (SELECT w.id FROM {words})" : $" AND EXISTS (SELECT 1 FROM {words} AND w.id = d.id)";
        }

        var order = query.OrderBy is null ? null : SqliteSchema.Column(query.OrderBy.Name);
        if (order is not null) sql += $" AND {order} IS NOT NULL";
        if (query.After is not null)
        {
            var beyond = query.Descending ? "<" : ">";
            sql += order is null ? $" AND id {beyond} $id" : $" AND ({order}, id) {beyond} ($sort, $id)";
            if (order is not null) parameters.Add(("$sort", query.After.SortValue));
            parameters.Add(("$id", query.After.Id));
        }

        var direction = query.Descending ? "DESC" : "ASC";
        sql += order is null ? $" ORDER BY id {direction} LIMIT $limit" : $" ORDER BY {order} {direction}, id {direction} LIMIT $limit";
        parameters.Add(("$limit", query.Limit + 1));
        return (sql, parameters);
    }

    private static string Compare<T>(string column, Condition<T> condition, List<(string, object?)> parameters) where T : class => condition.Comparison switch
    {
        Comparison.Equal => $"{column} = {Add(parameters, condition.Values[0])}",
        Comparison.OneOf => $"{column} IN (SELECT value FROM json_each({Add(parameters, JsonSerializer.Serialize(condition.Values))}))",
        Comparison.AtLeast => $"{column} >= {Add(parameters, condition.Values[0])}",
        Comparison.AtMost => $"{column} <= {Add(parameters, condition.Values[0])}",
        Comparison.StartsWith => $"{column} >= {Add(parameters, condition.Values[0])} AND {column} < {Add(parameters, condition.Values[0] + Last)}",
        Comparison.Present => $"{column} IS NOT NULL",
        _ => $"{column} IS NULL",
    };

    private static string Add(List<(string, object?)> parameters, object value)
    {
        var name = $"$c{parameters.Count}";
        parameters.Add((name, value));
        return name;
    }
}
