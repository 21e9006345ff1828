using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text.Json;
using Fleet.Platform;
using Fleet.Platform.Http;
using Microsoft.Extensions.Options;

namespace Fleet.Portal.Web;

/// <summary>
/// Asks the services and the gateway, as the caller: they are given the caller's own short-lived token and decide what the caller may see and do. Nothing throws when a
/// service is away or answers nonsense; the answer then says 503.
/// </summary>
internal sealed partial class FleetApi(HttpClient http, IHttpContextAccessor context, IOptions<PortalOptions> options, IOptions<FleetOptions> fleet, ILogger<FleetApi> logger)
{
    /// <summary>Reads one resource or report.</summary>
    /// <param name="address">Path and query, as <c>api/inventory/devices/…</c>.</param>
    /// <param name="ct">Ends the question.</param>
    public Task<Answer<T>> GetAsync<T>(string address, CancellationToken ct) where T : class => AskAsync<T>(Request(HttpMethod.Get, address), ct);

    /// <summary>Reads a whole list, page by page: only one that is known to be short. Null: the service is away.</summary>
    /// <param name="ask">The address of the page at a cursor.</param>
    /// <param name="ct">Ends the question.</param>
    public async Task<IReadOnlyList<T>?> AllAsync<T>(Func<string?, string> ask, CancellationToken ct)
    {
        var all = new List<T>();
        string? cursor = null;
        do
        {
            if ((await GetAsync<Listed<T>>(ask(cursor), ct)).Value is not { } page) return null;
            all.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        return all;
    }

    /// <summary>Acts. The same key sent again, by an impatient reader or after a break, acts once.</summary>
    public Task<Answer<T>> PostAsync<T>(string address, object body, string key, CancellationToken ct) where T : class
    {
        var request = Request(HttpMethod.Post, address, body);
        request.Headers.Add(Idempotency.HeaderName, key);
        return AskAsync<T>(request, ct);
    }

    /// <summary>Changes the named members of a resource, if it is still the version that was read; 412 when somebody else has changed it meanwhile.</summary>
    /// <param name="address">Path, as <c>api/assignment/people/…</c>.</param>
    /// <param name="body">The members to change.</param>
    /// <param name="version">The <see cref="Answer{T}.ETag"/> that came with what the form showed.</param>
    /// <param name="ct">Ends the question.</param>
    public Task<Answer<T>> PatchAsync<T>(string address, object body, string version, CancellationToken ct) where T : class
    {
        // A form that names no version was not made by this portal.
        if (!EntityTagHeaderValue.TryParse(version, out var tag)) return Task.FromResult(Answer<T>.Refused(StatusCodes.Status412PreconditionFailed, new Problem("version-mismatch")));
        var request = Request(HttpMethod.Patch, address, body);
        request.Headers.IfMatch.Add(tag);
        return AskAsync<T>(request, ct);
    }

    /// <summary>Takes a resource away, or ends it.</summary>
    public Task<Answer<Gone>> DeleteAsync(string address, CancellationToken ct) => AskAsync(Request(HttpMethod.Delete, address), _ => Task.FromResult<Gone?>(new Gone()), ct);

    /// <summary>Reads a text; a refusal as with any other question.</summary>
    public Task<Answer<string>> TextAsync(string address, CancellationToken ct) =>
        AskAsync<string>(Request(HttpMethod.Get, address), async response => await response.Content.ReadAsStringAsync(ct), ct);

    /// <summary>Reads a list as a table, to be passed on as it arrives; whoever calls disposes of it. Null: the service is away.</summary>
    public async Task<HttpResponseMessage?> CsvAsync(string address, CancellationToken ct)
    {
        var request = Request(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (Exception error) when (error is HttpRequestException || IsTimeout(error, ct))
        {
            LogAway(logger, request.RequestUri!, error);
            return null;
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string address, object? body = null)
    {
        var incoming = context.HttpContext!.Request.Headers;
        // What is the gateway's own it answers to a token of its own, which no service is ever shown.
        var isGateways = !address.StartsWith("api/", StringComparison.Ordinal);
        var request = new HttpRequestMessage(method, isGateways ? new Uri(new Uri(fleet.Value.Gateway.TrimEnd('/') + "/"), address) : options.Value.AddressOf(address));
        if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: FleetJson.Options);
        if (isGateways && incoming[Caller.AccountsTokenHeader] is [{ } accounts]) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accounts);
        if (!isGateways && AuthenticationHeaderValue.TryParse(incoming.Authorization, out var token)) request.Headers.Authorization = token;
        if (incoming[Caller.CorrelationHeader] is [{ } correlation]) request.Headers.Add(Caller.CorrelationHeader, correlation);
        return request;
    }

    private Task<Answer<T>> AskAsync<T>(HttpRequestMessage request, CancellationToken ct) where T : class =>
        AskAsync(request, response => response.Content.ReadFromJsonAsync<T>(FleetJson.Options, ct), ct);

    private async Task<Answer<T>> AskAsync<T>(HttpRequestMessage request, Func<HttpResponseMessage, Task<T?>> read, CancellationToken ct) where T : class
    {
        using var sent = request;
        try
        {
            using var response = await http.SendAsync(request, ct);
            var status = (int)response.StatusCode;
            if (response.IsSuccessStatusCode && await read(response) is { } value) return Answer<T>.Of(status, value) with { ETag = response.Headers.ETag?.ToString() };
            if (status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden)
                return Answer<T>.Refused(status, response.Content.Headers.ContentType?.MediaType == MediaTypeNames.Application.ProblemJson ? await response.Content.ReadFromJsonAsync<Problem>(FleetJson.Options, ct) : null);
            if (status is >= 400 and < 500) return Answer<T>.Refused(status, await response.Content.ReadFromJsonAsync<Problem>(FleetJson.Options, ct));
            LogAnswer(logger, request.RequestUri!, status);
        }
        catch (Exception error) when (error is HttpRequestException or JsonException || IsTimeout(error, ct))
        {
            LogAway(logger, request.RequestUri!, error);
        }

        return Answer<T>.Refused(StatusCodes.Status503ServiceUnavailable);
    }

    private static bool IsTimeout(Exception error, CancellationToken ct) => error is OperationCanceledException && !ct.IsCancellationRequested;

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Address} answered {Status}")]
    private static partial void LogAnswer(ILogger logger, Uri address, int status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Address} did not answer")]
    private static partial void LogAway(ILogger logger, Uri address, Exception exception);
}
