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

    // A reader that stays longer (a backup, a shell) is not waited for: writes would stand still. It is tried again a while later, or when as much has been
    // written once more.
    private const int WaitMilliseconds = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly FileInfo _file = new($"{path}-wal");
    private readonly FileInfo _database = new(path);
    private (long At, long Length)? _tried;

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
        if (_file.Length < Large || (_tried is { } last && Stopwatch.GetElapsedTime(last.At) < Pause && _file.Length < last.Length + Large)) return;
        _tried = null;
        try
        {
            session.Execute($"PRAGMA busy_timeout={WaitMilliseconds}");
            if (session.Read("PRAGMA wal_checkpoint(TRUNCATE)", r => r.GetInt64(0)) is [not 0]) _tried = (Stopwatch.GetTimestamp(), _file.Length);
        }
        catch (StoreUnavailableException)
        {
            // What was committed is safe in the log; the next write will say what is wrong.
            _tried = (Stopwatch.GetTimestamp(), _file.Length);
        }
        finally
        {
            session.Execute($"PRAGMA busy_timeout={SqliteSession.BusyMilliseconds}");
        }
    }
}
