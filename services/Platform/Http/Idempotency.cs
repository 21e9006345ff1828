using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Fleet.Platform.Http;

/// <summary>
/// Honours <c>Idempotency-Key</c>: the same key and body get the first answer again, the same key with another body 422.
/// The answer lies beside the document it belongs to, written in the same write; nothing is answered that is not done.
/// </summary>
public static class Idempotency
{
    public const string HeaderName = "Idempotency-Key";

    private const int MaxKeyLength = 200;

    // The same request beside itself would be refused by what the first one did (a tag in use, a status already set): the second waits its turn and
    // finds the answer. Keys share a few turns, which costs a rare short wait. Between processes the origin's uniqueness decides.
    private static readonly SemaphoreSlim[] Turns = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Makes the endpoint honour the key; <typeparamref name="TState"/> is the document its write stores the origin with.</summary>
    public static RouteHandlerBuilder Idempotent<TState>(this RouteHandlerBuilder builder) where TState : class =>
        builder.WithMetadata(new IdempotentEndpoint((store, key, ct) => store.FindOriginAsync<TState>(key, ct)));

    internal static async Task Handle(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<IdempotentEndpoint>() is not { } endpoint
            || !http.Request.Headers.TryGetValue(HeaderName, out var header))
        {
            await next(http);
            return;
        }

        var given = header.ToString();
        if (given.Length is 0 or > MaxKeyLength || given.Any(char.IsControl))
        {
            await Problems.Invalid(HeaderName, $"Must be 1 to {MaxKeyLength} printable characters.").ExecuteAsync(http);
            return;
        }

        var store = http.RequestServices.GetRequiredService<IDocumentStore>();
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{http.User.FindFirstValue("sub")}\n{http.Request.Method} {http.Request.Path}\n{given}")));
        http.Request.EnableBuffering();
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(http.Request.Body, http.RequestAborted));
        http.Request.Body.Position = 0;

        var turn = Turns[Convert.ToByte(key[..2], 16)];
        await turn.WaitAsync(http.RequestAborted);
        try
        {
            await HandleAsync(http, next, endpoint, store, key, hash);
        }
        finally
        {
            turn.Release();
        }
    }

    private static async Task HandleAsync(HttpContext http, RequestDelegate next, IdempotentEndpoint endpoint, IDocumentStore store, string key, string hash)
    {
        var found = await endpoint.Find(store, key, http.RequestAborted);
        if (found is { } first && (first.Origin.RequestHash != hash || first.Origin.StatusCode != 0))
        {
            await AnswerAgainAsync(first.Origin, hash, http);
            return;
        }

        http.Features.Set(new RequestOrigin(key, hash, found is null ? null : Guid.Parse(found.Value.DocumentId)));
        try
        {
            await next(http);
        }
        catch (DuplicateOriginException)
        {
            // The same request ran beside this one and was faster.
            var other = await endpoint.Find(store, key, CancellationToken.None)
                ?? throw new InvalidOperationException("The store refused an origin that it does not hold.");
            await AnswerAgainAsync(other.Origin, hash, http);
        }
    }

    private static async Task AnswerAgainAsync(Origin origin, string hash, HttpContext http)
    {
        if (origin.RequestHash != hash)
        {
            await Problems.Of(StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused", "This Idempotency-Key was sent with another body before.").ExecuteAsync(http);
            return;
        }

        if (origin.StatusCode == 0)
        {
            await Problems.Conflict("request-in-progress", "The same request is being worked on. Repeat it in a moment.").ExecuteAsync(http);
            return;
        }

        http.Response.StatusCode = origin.StatusCode;
        http.Response.ContentType = "application/json; charset=utf-8";
        if (origin.ETag is not null) http.Response.Headers.ETag = origin.ETag;
        if (origin.Location is not null) http.Response.Headers.Location = origin.Location;
        await http.Response.WriteAsync(origin.Answer ?? "", http.RequestAborted);
    }

    private sealed record IdempotentEndpoint(Func<IDocumentStore, string, CancellationToken, Task<(Origin Origin, string DocumentId)?>> Find);
}
