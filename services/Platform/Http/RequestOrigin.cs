using System.Reflection;
using System.Text.Json;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http;

namespace Fleet.Platform.Http;

/// <summary>
/// The request's <c>Idempotency-Key</c>, to be stored with the write that answers it: <c>store.WriteAsync(document, events, origin.For(answer), ct)</c>.
/// The endpoint is mapped with <c>.Idempotent&lt;TState&gt;()</c>, where TState is the document written.
/// </summary>
public sealed class RequestOrigin
{
    private readonly string? _key;
    private readonly string _hash;

    internal RequestOrigin(string? key, string hash, Guid? unfinished) => (_key, _hash, UnfinishedDocumentId, BeganBefore) = (key, hash, unfinished, unfinished is not null);

    /// <summary>Without a key: nothing is kept.</summary>
    public static RequestOrigin None { get; } = new(null, "", null);

    /// <summary>The document in which an earlier try of this request wrote its intent without finishing; go on with that one.</summary>
    public Guid? UnfinishedDocumentId { get; }

    /// <summary>The origin to store with a write that finishes the request; null when the client sent no key.</summary>
    public Origin? For(IAnswer answer) => _key is null ? null : new Origin(
        _key, _hash, answer.StatusCode, JsonSerializer.Serialize(answer.Body, answer.Body.GetType(), FleetJson.Options), answer.Location, Answers.ETag(answer.Version));

    /// <summary>Writes the document of a request that takes several writes, as its intent. Only an intent that is written is this request's own.</summary>
    public async Task<bool> WriteIntentAsync<T>(IDocumentStore store, Document<T> intent, CancellationToken ct) where T : class
    {
        if (!(await store.WriteAsync(intent, [], _key is null ? null : new Origin(_key, _hash), ct)).IsWritten) return false;
        BeganBefore = true;
        return true;
    }

    /// <summary>Whether this request, now or in an earlier try, wrote an intent.</summary>
    internal bool BeganBefore { get; private set; }

    public static ValueTask<RequestOrigin?> BindAsync(HttpContext http, ParameterInfo parameter) =>
        ValueTask.FromResult(http.Features.Get<RequestOrigin>() ?? None)!;
}
