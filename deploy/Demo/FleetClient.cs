using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Fleet.Demo;

/// <summary>Fleet's public API, spoken as one service account. Repeats what did not arrive: every POST carries a key under which it is done once.</summary>
internal sealed class FleetClient(HttpClient http, string token)
{
    /// <summary>How long a request is repeated while Fleet is busy, restarts, or has not heard of a device yet.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Signs in. Throws <see cref="LoadException"/> when Fleet does not answer or does not know the account.</summary>
    public static async Task<FleetClient> SignInAsync(HttpClient http, string clientId, string secret, CancellationToken ct)
    {
        using var form = new FormUrlEncodedContent(
            [new("grant_type", "client_credentials"), new("client_id", clientId), new("client_secret", secret)]);
        try
        {
            using var response = await http.PostAsync("/auth/token", form, ct);
            if (!response.IsSuccessStatusCode)
                throw new LoadException($"The account {clientId} cannot sign in ({(int)response.StatusCode}); start Fleet with deploy/up.sh --demo.");
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>(ct);
            return new FleetClient(http, answer.GetProperty("access_token").GetString()!);
        }
        catch (HttpRequestException error)
        {
            throw new LoadException($"Fleet does not answer at {http.BaseAddress}: {error.Message}");
        }
    }

    /// <summary>The answer's body; null: 404.</summary>
    public async Task<JsonElement?> GetAsync(string path, CancellationToken ct) =>
        await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, path), isNotFoundFine: true, ct);

    /// <summary>All items of a list, page by page.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string path, CancellationToken ct)
    {
        var items = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var page = await GetAsync($"{path}?limit=1000{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", ct)
                ?? throw new LoadException($"GET {path} answered 404.");
            items.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        return items;
    }

    /// <summary>The answer's body. The same key and body again get the same answer.</summary>
    public async Task<JsonElement> PostAsync(string path, string key, object body, CancellationToken ct) => await SendAsync(
        () => new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body), Headers = { { "Idempotency-Key", key } } }, isNotFoundFine: false, ct)
        ?? throw new LoadException($"POST {path} answered without a body.");

    public async Task PatchAsync(string path, object body, CancellationToken ct) =>
        await SendAsync(() => new HttpRequestMessage(HttpMethod.Patch, path) { Content = JsonContent.Create(body) }, isNotFoundFine: false, ct);

    private async Task<JsonElement?> SendAsync(Func<HttpRequestMessage> make, bool isNotFoundFine, CancellationToken ct)
    {
        var began = TimeProvider.System.GetTimestamp();
        for (var delay = 50; ; delay = Math.Min(delay * 2, 2000))
        {
            using var request = make();
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            var isLastTry = TimeProvider.System.GetElapsedTime(began) > Patience;
            try
            {
                using var response = await http.SendAsync(request, ct);
                if (response.IsSuccessStatusCode)
                    return response.StatusCode == HttpStatusCode.NoContent ? null : await response.Content.ReadFromJsonAsync<JsonElement>(ct);
                var problem = await ReadProblemAsync(response, ct);
                if (isNotFoundFine && response.StatusCode == HttpStatusCode.NotFound) return null;
                if (isLastTry || !IsPassing(response.StatusCode, problem.Code))
                    throw new LoadException($"{request.Method} {request.RequestUri} answered {(int)response.StatusCode} {problem.Code}: {problem.Text}");
            }
            catch (HttpRequestException error)
            {
                if (isLastTry) throw new LoadException($"{request.Method} {request.RequestUri} got no answer: {error.Message}");
            }

            await Task.Delay(delay, ct);
        }
    }

    /// <summary>Whether the refusal is one that goes away by itself: what another service has to hear first, or load.</summary>
    private static bool IsPassing(HttpStatusCode status, string code) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
        || code is "device-unknown" or "request-in-progress";

    private static async Task<(string Code, string Text)> ReadProblemAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var text = await response.Content.ReadAsStringAsync(ct);
        try
        {
            var problem = JsonSerializer.Deserialize<JsonElement>(text);
            var code = problem.TryGetProperty("code", out var c) ? c.GetString() : null;
            var detail = problem.TryGetProperty("detail", out var d) ? d.GetString() : null;
            return (code ?? "", problem.TryGetProperty("errors", out var errors) ? $"{detail} {errors}" : detail ?? text);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return ("", text);
        }
    }
}

/// <summary>The county cannot be loaded; the message says why in a sentence.</summary>
internal sealed class LoadException(string message) : Exception(message);
