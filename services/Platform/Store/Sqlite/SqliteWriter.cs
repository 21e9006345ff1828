using System.Threading.Channels;

namespace Fleet.Platform.Store.Sqlite;

/// <summary>
/// The one writing connection of this process. Writes that wait together are committed together: one sync to the disk for all of them, each in
/// a savepoint of its own, and none is acknowledged before that commit.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int MostTogether = 256;

    private readonly Channel<Work> _waiting = Channel.CreateUnbounded<Work>(new UnboundedChannelOptions { SingleReader = true });
    private readonly string _path;
    private readonly WriteAheadLog _log;
    private readonly Task _loop;
    private SqliteSession? _session;

    public SqliteWriter(string path)
    {
        _path = path;
        _log = new WriteAheadLog(path);
        _session = new SqliteSession(path);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Runs the work inside a transaction and returns when it is committed; nothing of it is stored when it throws or answers false.</summary>
    public async Task<WriteResult> WriteAsync(Func<SqliteSession, WriteResult> work, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var item = new Work(work);
        ObjectDisposedException.ThrowIf(!_waiting.Writer.TryWrite(item), this);
        // Once handed over it is written, so the caller must hear of it: no cancellation from here on.
        return await item.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
        _session?.Dispose();
    }

    private async Task RunAsync()
    {
        var batch = new List<Work>();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < MostTogether && _waiting.Reader.TryRead(out var work)) batch.Add(work);
            Commit(batch);
        }
    }

    private void Commit(List<Work> batch)
    {
        try
        {
            _session ??= new SqliteSession(_path);
            _session.Execute("BEGIN IMMEDIATE");
            foreach (var work in batch) work.Run(_session);
            _session.Execute("COMMIT");
            _log.RequireFiles();
        }
        catch (Exception error)
        {
            // The disk is full, the file is locked for too long: nothing of the batch is stored, and everybody hears so. Closing the connection ends
            // whatever the failure left open; the next batch gets a new one.
            _session?.Dispose();
            _session = null;
            foreach (var work in batch) work.Done.TrySetException(error);
            return;
        }

        foreach (var work in batch) work.Acknowledge();
        _log.KeepSmall(_session);
    }

    private sealed class Work(Func<SqliteSession, WriteResult> work)
    {
        private WriteResult? _result;
        private Exception? _error;

        public TaskCompletionSource<WriteResult> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Run(SqliteSession session)
        {
            session.Execute("SAVEPOINT work");
            try
            {
                _result = work(session);
            }
            catch (Exception error) when (error is not StoreUnavailableException)
            {
                // Its own fault: whoever shares the batch is not disturbed.
                _error = error;
            }

            if (_result is not { IsWritten: true }) session.Execute("ROLLBACK TO work");
            session.Execute("RELEASE work");
        }

        public void Acknowledge()
        {
            if (_error is not null) Done.TrySetException(_error);
            else Done.TrySetResult(_result!);
        }
    }
}
