namespace Fleet.Platform.Store;

/// <summary>One aggregate as stored: its id, the version it was read at, and its state.</summary>
/// <param name="Id">The key; unique within the document type.</param>
/// <param name="Version">0: never written; otherwise counted from 1 with every write.</param>
/// <param name="State">An immutable record; a change is a new one.</param>
/// <param name="Events">How many events it has caused so far; the next one is numbered one higher.</param>
/// <param name="ToldAt">When the last of them was recorded, by whichever clock; null: it has caused none.</param>
public sealed record Document<T>(string Id, long Version, T State, long Events = 0, DateTimeOffset? ToldAt = null) where T : class
{
    /// <summary>A document that is not stored yet.</summary>
    public static Document<T> New(Guid id, T state) => new(id.ToString(), 0, state);

    /// <summary>The same document with another state, to be written over the version that was read.</summary>
    public Document<T> With(T state) => this with { State = state };
}

/// <summary>An event that the write of its document makes true; it is published after the write, at least once.</summary>
/// <param name="EventId">UUIDv7; becomes the message id.</param>
/// <param name="CorrelationId">Shared by everything one request caused.</param>
/// <param name="RecordedAt">When it was recorded.</param>
/// <param name="Message">A message record whose type has an entity name.</param>
public sealed record PendingEvent(Guid EventId, Guid CorrelationId, DateTimeOffset RecordedAt, object Message);

/// <summary>A pending event as the store holds it.</summary>
/// <param name="Sequence">Where it stands among the pending events of this store; order of publishing. Opaque otherwise.</param>
/// <param name="DocumentType">Name of the type of the document that caused it.</param>
/// <param name="DocumentId">The document that caused it; its events are published in order.</param>
/// <param name="EventId">Becomes the message id.</param>
/// <param name="CorrelationId">Shared by everything one request caused.</param>
/// <param name="MessageType">Full name of the message's type.</param>
/// <param name="Body">The message as JSON.</param>
/// <param name="TraceParent">W3C trace context of the request that caused it, if one was traced.</param>
public sealed record StoredEvent(
    string Sequence, string DocumentType, string DocumentId, Guid EventId, Guid CorrelationId, string MessageType, string Body, string? TraceParent);

/// <summary>The request that a write answers, kept with the write so that the same request sent again is answered, not done again.</summary>
/// <param name="Key">Who sent it to which route, with its Idempotency-Key.</param>
/// <param name="RequestHash">SHA-256 of the request's body, in hex.</param>
/// <param name="StatusCode">Status of the answer; 0 while the act is not finished.</param>
/// <param name="Answer">The answer's JSON; null while the act is not finished.</param>
/// <param name="Location">The answer's Location header, if it had one.</param>
/// <param name="ETag">The answer's ETag header, if it had one.</param>
public sealed record Origin(string Key, string RequestHash, int StatusCode = 0, string? Answer = null, string? Location = null, string? ETag = null);

/// <summary>What became of a write.</summary>
public enum WriteOutcome
{
    /// <summary>State, events and origin are stored.</summary>
    Written,

    /// <summary>Somebody else wrote first (or, for a new document, the id exists); nothing is stored.</summary>
    VersionConflict,

    /// <summary>A unique index already holds the value; nothing is stored.</summary>
    DuplicateKey,
}

/// <summary>What became of a write, and what stood against it.</summary>
/// <param name="Outcome">Whether it is stored.</param>
/// <param name="Index">With <see cref="WriteOutcome.DuplicateKey"/>: the name of the index.</param>
public sealed record WriteResult(WriteOutcome Outcome, string? Index = null)
{
    public static readonly WriteResult Written = new(WriteOutcome.Written);

    public bool IsWritten => Outcome == WriteOutcome.Written;
}

/// <summary>Another write already answers a request with this idempotency key; nothing of this one is stored. The HTTP pipeline answers with the first one's answer.</summary>
public sealed class DuplicateOriginException(string key) : Exception($"The request {key} is answered already.")
{
    public string Key { get; } = key;
}
