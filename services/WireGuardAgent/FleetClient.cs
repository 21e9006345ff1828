using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fleet.WireGuardAgent.Domain;
using Microsoft.Extensions.Options;

namespace Fleet.WireGuardAgent;

/// <summary>Asks Fleet for the wanted peers, as a service account.</summary>
internal sealed class FleetClient(HttpClient http, IOptions<AgentOptions> options, TimeProvider time)
{
    // A token that ends while it is on its way is renewed before.
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(1);

    private string? _token;
    private DateTimeOffset _renewAt;
    private EntityTagHeaderValue? _known;

    /// <summary>The wanted peers once they differ from those of the last answer; null when they did not change within the wait.</summary>
    public async Task<IReadOnlyList<Peer>?> WaitForPeersAsync(CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/provisioning/gateways/{options.Value.GatewayId}/peers?wait={options.Value.WaitSeconds}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(ct));
        if (_known is not null) request.Headers.IfNoneMatch.Add(_known);

        using var response = await http.SendAsync(request, ct);
        if (response.StatusCode == HttpStatusCode.NotModified) return null;
        if (response.StatusCode == HttpStatusCode.Unauthorized) _token = null;
        response.EnsureSuccessStatusCode();
        var list = await response.Content.ReadFromJsonAsync<PeerList>(ct);
        // Without a list there is nothing to go by; taking it for an empty one would cut everybody off.
        var peers = list?.Items ?? throw new JsonException("The answer holds no peers.");
        _known = response.Headers.ETag;
        return [.. peers.Select(p => Peer.At(p.PublicKey, p.Address))];
    }

    /// <summary>Lets the next answer come at once, with all peers.</summary>
    public void Forget() => _known = null;

    private async Task<string> TokenAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (_token is { } valid && now < _renewAt) return valid;

        await using var file = File.OpenRead(options.Value.Credentials!);
        var account = await JsonSerializer.DeserializeAsync<ServiceAccount>(file, JsonSerializerOptions.Web, ct) ?? throw new JsonException("The credentials file is empty.");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = account.ClientId,
            ["client_secret"] = account.ClientSecret,
        });
        using var response = await http.PostAsync(new Uri("auth/token", UriKind.Relative), form, ct);
        response.EnsureSuccessStatusCode();
        var token = await response.Content.ReadFromJsonAsync<TokenAnswer>(ct) ?? throw new JsonException("The answer holds no token.");
        _renewAt = now + TimeSpan.FromSeconds(token.ExpiresIn) - RenewBefore;
        return _token = token.AccessToken;
    }

    private sealed record ServiceAccount([property: JsonRequired] string ClientId, [property: JsonRequired] string ClientSecret);

    private sealed record TokenAnswer(
        [property: JsonRequired, JsonPropertyName("access_token")] string AccessToken, [property: JsonRequired, JsonPropertyName("expires_in")] int ExpiresIn);

    private sealed record PeerList(IReadOnlyList<PeerItem>? Items);

    private sealed record PeerItem([property: JsonRequired] string PublicKey, [property: JsonRequired] string Address);
}
