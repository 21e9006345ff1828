namespace Fleet.Platform.Store;

/// <summary>
/// The documents of one service. A write is atomic over one document, the events it causes and the origin of the request; there is no
/// transaction across documents. What was written is read by every later read. Implementations: SQLite (embedded) and MongoDB. Every call throws
/// <see cref="StoreUnavailableException"/> while the store is away.
/// </summary>
public interface IDocumentStore
{
    /// <summary>The document with this id, or null.</summary>
    Task<Document<T>?> FindAsync<T>(string id, CancellationToken ct) where T : class;

    /// <summary>The documents with these ids that exist, in no particular order. At most <see cref="Query{T}.MaxLimit"/> ids.</summary>
    Task<IReadOnlyList<Document<T>>> FindManyAsync<T>(IReadOnlyCollection<string> ids, CancellationToken ct) where T : class;

    /// <summary>A page of documents. Throws <see cref="ArgumentException"/> when no declared index serves the query.</summary>
    Task<Page<T>> QueryAsync<T>(Query<T> query, CancellationToken ct) where T : class;

    /// <summary>
    /// How many documents there are of each combination of values in a declared index, in no particular order. Read from the index alone, the documents are not
    /// touched. Throws <see cref="ArgumentException"/> for an index that is not declared, that is unique (it lacks some), or over a field of several values.
    /// </summary>
    Task<IReadOnlyList<Tally>> CountAsync<T>(DocumentIndex<T> index, CancellationToken ct) where T : class;

    /// <summary>
    /// Stores the state over the version that was read (0: as a new document), with the events it causes and, if given, the origin,
    /// all or nothing. After the call returns <see cref="WriteOutcome.Written"/> the document's version is one higher.
    /// Throws <see cref="DuplicateOriginException"/> when another write holds the origin's key.
    /// </summary>
    Task<WriteResult> WriteAsync<T>(Document<T> document, IReadOnlyList<PendingEvent> events, Origin? origin, CancellationToken ct) where T : class;

    /// <summary>Removes a document that is still at the version that was read; events already caused stay pending.</summary>
    Task<WriteResult> DeleteAsync<T>(Document<T> document, CancellationToken ct) where T : class;

    /// <summary>The origin with this key and the id of the document it was written with, or null.</summary>
    Task<(Origin Origin, string DocumentId)?> FindOriginAsync<T>(string key, CancellationToken ct) where T : class;

    /// <summary>Forgets origins that were written, or finished, before that instant, and says how many documents or requests that were. Those requests, sent again, are done again.</summary>
    Task<int> ForgetOriginsAsync(DateTimeOffset before, CancellationToken ct);

    /// <summary>Pending events of all documents, oldest first; those of one document in the order they were caused.</summary>
    Task<IReadOnlyList<StoredEvent>> ReadPendingAsync(int limit, CancellationToken ct);

    /// <summary>Forgets events that are published; such as are gone already are ignored.</summary>
    Task ClearPendingAsync(IReadOnlyCollection<StoredEvent> events, CancellationToken ct);

    /// <summary>Completes when something may have become pending since the last call, in this process.</summary>
    Task WaitForPendingAsync(CancellationToken ct);

    /// <summary>Writes a little, always over the same place; throws <see cref="StoreUnavailableException"/> when that does not succeed.</summary>
    Task CheckAsync(CancellationToken ct);
}

/// <summary>Shorter ways to ask a store the usual things.</summary>
public static class DocumentStoreExtensions
{
    public static Task<Document<T>?> FindAsync<T>(this IDocumentStore store, Guid id, CancellationToken ct) where T : class =>
        store.FindAsync<T>(Key.Of(id), ct);

    /// <summary>The one document with this value in a uniquely indexed field, or null.</summary>
    public static async Task<Document<T>?> FindByAsync<T>(this IDocumentStore store, Condition<T> condition, CancellationToken ct) where T : class =>
        (await store.QueryAsync(new Query<T> { Where = [condition], Limit = 1 }, ct)).Items is [var found] ? found : null;

    /// <summary>Every document that meets the conditions, page by page; for bounded sets (a person's devices) and for rebuilding read models.</summary>
    public static async IAsyncEnumerable<Document<T>> AllAsync<T>(
        this IDocumentStore store, Query<T> query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct) where T : class
    {
        do
        {
            var page = await store.QueryAsync(query, ct);
            foreach (var document in page.Items) yield return document;
            query = query with { After = page.Next };
        }
        while (query.After is not null);
    }

    public static Task<WriteResult> WriteAsync<T>(this IDocumentStore store, Document<T> document, CancellationToken ct) where T : class =>
        store.WriteAsync(document, [], null, ct);

    public static Task<WriteResult> WriteAsync<T>(this IDocumentStore store, Document<T> document, IReadOnlyList<PendingEvent> events, CancellationToken ct)
        where T : class => store.WriteAsync(document, events, null, ct);
}
