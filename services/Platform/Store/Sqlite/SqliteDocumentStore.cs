namespace Fleet.Platform.Store.Sqlite;

/// <summary>The embedded store.</summary>
public sealed class SqliteDocumentStore : IDocumentStore
{
    public static SqliteDocumentStore Open(string path, DocumentType[] types) => throw new NotSupportedException();
    public Task<Document<T>?> FindAsync<T>(string id, CancellationToken ct) where T : class => throw new NotSupportedException();
    public Task<IReadOnlyList<Document<T>>> FindManyAsync<T>(IReadOnlyCollection<string> ids, CancellationToken ct) where T : class => throw new NotSupportedException();
    public Task<Page<T>> QueryAsync<T>(Query<T> query, CancellationToken ct) where T : class => throw new NotSupportedException();
    public Task<WriteResult> WriteAsync<T>(Document<T> document, IReadOnlyList<PendingEvent> events, Origin? origin, CancellationToken ct) where T : class => throw new NotSupportedException();
    public Task<WriteResult> DeleteAsync<T>(Document<T> document, CancellationToken ct) where T : class => throw new NotSupportedException();
    public Task<(Origin Origin, string DocumentId)?> FindOriginAsync<T>(string key, CancellationToken ct) where T : class => throw new NotSupportedException();
    public Task<IReadOnlyList<StoredEvent>> ReadPendingAsync(int limit, CancellationToken ct) => throw new NotSupportedException();
    public Task ClearPendingAsync(IReadOnlyCollection<StoredEvent> events, CancellationToken ct) => throw new NotSupportedException();
    public Task WaitForPendingAsync(CancellationToken ct) => throw new NotSupportedException();
    public Task CheckAsync(CancellationToken ct) => throw new NotSupportedException();
}
