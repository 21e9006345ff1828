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

    // How long the second of two equal requests waits for the first, which runs in another process.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

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

        var turn = http.RequestServices.GetRequiredService<IdempotencyTurns>().Of(key);
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

        var own = new RequestOrigin(key, hash, found is null ? null : Guid.Parse(found.Value.DocumentId));
        http.Features.Set(own);
        var client = http.Response.Body;
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        var isRefused = false;
        try
        {
            await next(http);
            // Said because the same request, sent to another process at the same time, has been done meanwhile: what it did stands in the way of this one.
            isRefused = http.Response.StatusCode is >= 400 and < 500 and not (StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden);
        }
        catch (DuplicateOriginException)
        {
            // The same request ran beside this one and was faster.
            isRefused = true;
            own = null;
        }
        finally
        {
            http.Response.Body = client;
        }

        if (isRefused && await FindFinishedAsync(endpoint, store, key, own, http) is { } other)
        {
            http.Response.Clear();
            await AnswerAgainAsync(other, hash, http);
            return;
        }

        answer.Position = 0;
        await answer.CopyToAsync(client, http.RequestAborted);
    }

    /// <summary>The origin that the other one left, waited for while it is being worked on; null: there is none, the refusal is this request's own.</summary>
    private static async Task<Origin?> FindFinishedAsync(IdempotentEndpoint endpoint, IDocumentStore store, string key, RequestOrigin? own, HttpContext http)
    {
        var time = http.RequestServices.GetRequiredService<TimeProvider>();
        var began = time.GetTimestamp();
        while (true)
        {
            var origin = (await endpoint.Find(store, key, http.RequestAborted))?.Origin;
            if (origin is not { StatusCode: 0 }) return origin;
            // What is unfinished is this request's own intent.
            if (own is { BeganBefore: true }) return null;
            if (time.GetElapsedTime(began) > Patience) return origin;
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, http.RequestAborted);
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
            http.Response.Headers.RetryAfter = "1";
            await Problems.Conflict("request-in-progress", "The same request is being worked on. Repeat it in a moment.").ExecuteAsync(http);
            return;
        }

        http.Response.StatusCode = origin.StatusCode;
        http.Response.ContentType = "application/json; charset=utf-8";
        if (origin.ETag is not null) http.Response.Headers.ETag = origin.ETag;
        if (origin.Location is not null) http.Response.Headers.Location = origin.Location;
        await http.Response.WriteAsync(origin.Answer ?? "", http.RequestAborted);
    }

    internal sealed record IdempotentEndpoint(Func<IDocumentStore, string, CancellationToken, Task<(Origin Origin, string DocumentId)?>> Find);
}

/// <summary>
/// The same request beside itself would be refused by what the first one did (a tag in use, a status already set): the second waits its turn and
/// finds the answer. Keys share a few turns, which costs a rare short wait. Between processes the origin decides, which is looked up again then.
/// </summary>
internal sealed class IdempotencyTurns
{
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];

    public SemaphoreSlim Of(string key) => _turns[Convert.ToByte(key[..2], 16)];
}
