using System.Text.Json;

namespace Fleet.Platform.Store.Sqlite;

/// <summary>Writes a query as SQL: conditions and order on the field columns, pages by key (never by offset).</summary>
internal static class SqliteQuery
{
    /// <summary>Asks for one document more than the limit, so that the caller sees whether there is a next page.</summary>
    public static (string Sql, IReadOnlyList<(string Name, object? Value)> Parameters) Of<T>(DocumentType<T> type, Query<T> query) where T : class
    {
        var sql = $"SELECT id, version, body, events FROM {SqliteSchema.Table(type)} WHERE 1";
        var parameters = new List<(string, object?)>();
        foreach (var condition in query.Where)
        {
            var name = $"$c{parameters.Count}";
            var column = SqliteSchema.Column(condition.Field.Name);
            sql += condition.Comparison switch
            {
                Comparison.Equal => $" AND {column} = {name}",
                Comparison.OneOf => $" AND {column} IN (SELECT value FROM json_each({name}))",
                Comparison.AtLeast => $" AND {column} >= {name}",
                _ => $" AND {column} <= {name}",
            };
            parameters.Add((name, condition.Comparison == Comparison.OneOf ? JsonSerializer.Serialize(condition.Values) : condition.Values[0]));
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
}
