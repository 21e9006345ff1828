using Microsoft.Data.Sqlite;

namespace Fleet.Platform.Store.Sqlite;

/// <summary>Tells a store that is away or damaged from everything else that SQLite refuses. Source: https://www.sqlite.org/rescode.html.</summary>
internal static class SqliteFailure
{
    /// <summary>What the error means for callers; null when it is none of the file's or the disk's.</summary>
    public static StoreUnavailableException? Of(SqliteException error, string path) => error.SqliteErrorCode switch
    {
        3 or 8 or 23 => new StoreUnavailableException($"{path} cannot be written: access is denied, the disk is read-only or the file was replaced.", error),
        5 or 6 or 15 => new StoreUnavailableException($"{path} is locked by another process.", error),
        7 => new StoreUnavailableException($"{path} cannot be used: there is no memory.", error),
        10 => new StoreUnavailableException($"{path} cannot be read or written: the disk reports an error.", error),
        13 => new StoreUnavailableException($"{path} cannot be written: the disk is full.", error),
        14 => new StoreUnavailableException($"{path} cannot be opened.", error),
        11 => new StoreDamagedException($"{path} is damaged: stop the service and restore a copy.", error),
        26 => new StoreDamagedException($"{path} is not a database: stop the service and restore a copy.", error),
        _ => null,
    };
}
