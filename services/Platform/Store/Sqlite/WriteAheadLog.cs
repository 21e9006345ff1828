using System.Diagnostics;

namespace Fleet.Platform.Store.Sqlite;

/// <summary>
/// Keeps the write-ahead log small. SQLite itself only starts the log anew in a moment without readers, and under load there is none: then the log
/// grows with every write, and every read has a longer way. The writer waits for such a moment when the log has become large; readers go on meanwhile.
/// </summary>
internal sealed class WriteAheadLog(string path)
{
    /// <summary>Bytes; SQLite's own checkpoints begin at 4 MB and mostly keep it below.</summary>
    public const long Large = 16 * 1024 * 1024;

    // A reader that stays longer (a backup, a shell) is not waited for: writes would stand still. It is tried again a while later.
    private const int WaitMilliseconds = 250;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly FileInfo _file = new($"{path}-wal");
    private readonly FileInfo _database = new(path);
    private long _triedAt = long.MinValue;

    /// <summary>
    /// Called before a commit is acknowledged. A file that somebody deletes lives on for who has it open, and all that is written to it is gone with the
    /// process. Throws <see cref="StoreUnavailableException"/>.
    /// </summary>
    public void RequireFiles()
    {
        _file.Refresh();
        _database.Refresh();
        if (!_file.Exists || !_database.Exists) throw new StoreUnavailableException($"{path} was taken away while it was in use: stop the service and restore a copy.");
    }

    /// <summary>Called between transactions, after <see cref="RequireFiles"/>; never throws because of the log.</summary>
    public void KeepSmall(SqliteSession session)
    {
        if (_file.Length < Large || (_triedAt != long.MinValue && Stopwatch.GetElapsedTime(_triedAt) < Pause)) return;
        try
        {
            session.Execute($"PRAGMA busy_timeout={WaitMilliseconds}");
            var busy = session.Read("PRAGMA wal_checkpoint(TRUNCATE)", r => r.GetInt64(0)) is [not 0];
            _triedAt = busy ? Stopwatch.GetTimestamp() : long.MinValue;
        }
        catch (StoreUnavailableException)
        {
            // What was committed is safe in the log; the next write will say what is wrong.
            _triedAt = Stopwatch.GetTimestamp();
        }
        finally
        {
            session.Execute($"PRAGMA busy_timeout={SqliteSession.BusyMilliseconds}");
        }
    }
}
