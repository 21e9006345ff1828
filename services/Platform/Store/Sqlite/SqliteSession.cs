using Microsoft.Data.Sqlite;

namespace Fleet.Platform.Store.Sqlite;

/// <summary>
/// One connection with its prepared statements. Not safe for two callers at a time. A session that failed with
/// <see cref="StoreUnavailableException"/> is disposed of and replaced: nobody need know what state the failure left it in.
/// </summary>
internal sealed class SqliteSession : IDisposable
{
    /// <summary>How long a file that another process of the host has locked is waited for; its own writes take milliseconds.</summary>
    public const int BusyMilliseconds = 5000;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _prepared = [];
    private readonly string _path;

    /// <param name="path">The file; it must exist, so that a store whose file was taken away does not go on with an empty one.</param>
    /// <param name="busyMilliseconds">How long a lock is waited for.</param>
    public SqliteSession(string path, int busyMilliseconds = BusyMilliseconds)
    {
        _path = path;
        // SQLite waits for a lock by itself, but not for every kind of lock; where it does not, the driver asks again until as much time is over.
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = SqliteOpenMode.ReadWrite, DefaultTimeout = busyMilliseconds / 1000 }.ToString());
        try
        {
            _connection.Open();
            // FULL: a commit is on the disk before it is acknowledged. The busy timeout lets several processes of a host share the file.
            Execute($"PRAGMA busy_timeout={busyMilliseconds}; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY");
        }
        catch (Exception error)
        {
            Dispose();
            if (error is SqliteException refused && SqliteFailure.Of(refused, path) is { } failure) throw failure;
            throw;
        }
    }

    /// <summary>Runs a statement and returns how many rows it changed.</summary>
    public int Execute(string sql, params IReadOnlyList<(string Name, object? Value)> parameters)
    {
        try
        {
            return Prepare(sql, parameters).ExecuteNonQuery();
        }
        catch (SqliteException error) when (SqliteFailure.Of(error, _path) is not null)
        {
            throw SqliteFailure.Of(error, _path)!;
        }
    }

    /// <summary>Runs a query and reads all of its rows.</summary>
    public List<TRow> Read<TRow>(string sql, Func<SqliteDataReader, TRow> row, params IReadOnlyList<(string Name, object? Value)> parameters)
    {
        try
        {
            using var reader = Prepare(sql, parameters).ExecuteReader();
            var rows = new List<TRow>();
            while (reader.Read()) rows.Add(row(reader));
            return rows;
        }
        catch (SqliteException error) when (SqliteFailure.Of(error, _path) is not null)
        {
            throw SqliteFailure.Of(error, _path)!;
        }
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values) command.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, IReadOnlyList<(string Name, object? Value)> parameters)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            // The texts are made from declared names only; every value is a parameter.
#pragma warning disable CA2100
            command.CommandText = sql;
#pragma warning restore CA2100
            foreach (var (name, _) in parameters) command.Parameters.Add(new SqliteParameter { ParameterName = name });
            _prepared[sql] = command;
        }

        for (var i = 0; i < parameters.Count; i++) command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
        return command;
    }
}
