namespace Fleet.Platform.Store;

/// <summary>Tells <see cref="StoreHealth"/> of every failure, whoever met it.</summary>
internal sealed class WatchedStore : IDocumentStore, IAsyncDisposable
{
    private readonly IDocumentStore _store;
    private readonly StoreHealth _health;

    public WatchedStore(IDocumentStore store, StoreHealth health)
    {
        _store = store;
        _health = health;
        health.ProbeWith(store.CheckAsync);
    }

    public Task<Document<T>?> FindAsync<T>(string id, CancellationToken ct) where T : class => WatchAsync(() => _store.FindAsync<T>(id, ct));

    public Task<IReadOnlyList<Document<T>>> FindManyAsync<T>(IReadOnlyCollection<string> ids, CancellationToken ct) where T : class =>
        WatchAsync(() => _store.FindManyAsync<T>(ids, ct));

    public Task<Page<T>> QueryAsync<T>(Query<T> query, CancellationToken ct) where T : class => WatchAsync(() => _store.QueryAsync(query, ct));

    public Task<IReadOnlyList<Tally>> CountAsync<T>(DocumentIndex<T> index, CancellationToken ct) where T : class => WatchAsync(() => _store.CountAsync(index, ct));

    public Task<WriteResult> WriteAsync<T>(Document<T> document, IReadOnlyList<PendingEvent> events, Origin? origin, CancellationToken ct) where T : class =>
        WatchAsync(() => _store.WriteAsync(document, events, origin, ct));

    public Task<WriteResult> DeleteAsync<T>(Document<T> document, CancellationToken ct) where T : class => WatchAsync(() => _store.DeleteAsync(document, ct));

    public Task<(Origin Origin, string DocumentId)?> FindOriginAsync<T>(string key, CancellationToken ct) where T : class =>
        WatchAsync(() => _store.FindOriginAsync<T>(key, ct));

    public Task<int> ForgetOriginsAsync(DateTimeOffset before, CancellationToken ct) => WatchAsync(() => _store.ForgetOriginsAsync(before, ct));

    public Task<IReadOnlyList<StoredEvent>> ReadPendingAsync(int limit, CancellationToken ct) => WatchAsync(() => _store.ReadPendingAsync(limit, ct));

    public Task ClearPendingAsync(IReadOnlyCollection<StoredEvent> events, CancellationToken ct) => WatchAsync(() => _store.ClearPendingAsync(events, ct));

    public Task WaitForPendingAsync(CancellationToken ct) => _store.WaitForPendingAsync(ct);

    public Task CheckAsync(CancellationToken ct) => WatchAsync(() => _store.CheckAsync(ct));

    public async ValueTask DisposeAsync()
    {
        if (_store is IAsyncDisposable slow) await slow.DisposeAsync();
        else (_store as IDisposable)?.Dispose();
    }

    private Task<bool> WatchAsync(Func<Task> call) => WatchAsync(async () =>
    {
        await call();
        return true;
    });

    private async Task<TResult> WatchAsync<TResult>(Func<Task<TResult>> call)
    {
        try
        {
            return await call();
        }
        catch (StoreUnavailableException error)
        {
            _health.Failed(error);
            throw;
        }
    }
}
