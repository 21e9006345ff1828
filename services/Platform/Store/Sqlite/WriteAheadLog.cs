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
    private long _triedAt = long.MinValue;

    /// <summary>Called between transactions; never throws because of the log.</summary>
    public void KeepSmall(SqliteSession session)
    {
        _file.Refresh();
        if (!_file.Exists || _file.Length < Large || (_triedAt != long.MinValue && Stopwatch.GetElapsedTime(_triedAt) < Pause)) return;
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
