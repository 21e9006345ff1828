using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fleet.Tests.EndToEnd;

/// <summary>
/// Every endpoint and page × every role × every way of being nobody, against <see cref="AuthorisationTable"/>. What is whose own, and a manager's unit, is tested where these
/// are made: <see cref="MePagesTests"/>, <see cref="TeamPagesTests"/>.
/// </summary>
public sealed partial class AuthorisationTests(SharedInstallation shared)
{
    private static readonly string[] Services = ["inventory", "assignment", "provisioning", "audit", "gateway"];
    private static readonly ParallelOptions SideBySide = new() { MaxDegreeOfParallelism = 4 };

    [Fact]
    public async Task Every_endpoint_and_page_has_a_row_and_every_row_is_one()
    {
        var found = new List<string>();
        using var anybody = new HttpClient();
        foreach (var service in Services) found.AddRange(await NamesAsync(anybody, new Uri(shared.Fleet.Address, $"/openapi/{service}.json")));
        found.AddRange(await NamesAsync(anybody, new Uri(shared.Fleet.AddressOf("portal"), "/openapi/portal.json")));

        AuthorisationTable.Rows.Select(r => r.Name).ShouldBe(found, ignoreOrder: true);
    }

    [Theory, InlineData("it"), InlineData("hr"), InlineData("auditor"), InlineData("admin"), InlineData("manager"), InlineData("employee")]
    public async Task A_role_opens_what_its_rows_say_and_nothing_else(string role)
    {
        var caller = await shared.Fleet.AsAsync(role);
        var wrong = new System.Collections.Concurrent.ConcurrentBag<string>();

        await Parallel.ForEachAsync(AuthorisationTable.Rows, SideBySide, async (row, ct) =>
        {
            using var answer = await SendAsync(caller, row, ct);
            var isRefused = answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
            if (isRefused == row.Opens(role) || answer.StatusCode >= HttpStatusCode.InternalServerError) wrong.Add($"{row.Name}: {answer.StatusCode}");
        });

        wrong.ShouldBeEmpty();
    }

    [Theory, InlineData("none"), InlineData("expired"), InlineData("foreign-signed"), InlineData("wrong audience"), InlineData("no token")]
    public async Task Whoever_is_nobody_opens_only_what_is_open_to_anybody(string token)
    {
        var caller = shared.Fleet.Anonymous();
        if (await TokenAsync(token) is { } text) caller.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", text);
        var wrong = new System.Collections.Concurrent.ConcurrentBag<string>();

        await Parallel.ForEachAsync(AuthorisationTable.Rows.Where(r => !r.IsOpen), SideBySide, async (row, ct) =>
        {
            using var answer = await SendAsync(caller, row, ct);
            var isLedToSignIn = token == "none" && row.IsPage && row.Method == "GET" && answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.OriginalString.StartsWith("/sign-in", StringComparison.Ordinal);
            if (answer.StatusCode != HttpStatusCode.Unauthorized && !isLedToSignIn) wrong.Add($"{row.Name}: {answer.StatusCode}");
        });

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_that_is_spoilt_in_no_way_opens_what_is_an_administrator_s()
    {
        var caller = shared.Fleet.Anonymous();
        caller.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync("in no way"));
        (await caller.GetAsync("/auth/accounts")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<IEnumerable<string>> NamesAsync(HttpClient client, Uri document) =>
        (await client.GetFromJsonAsync<JsonNode>(document))!["paths"]!.AsObject().Where(p => !p.Key.StartsWith("/health", StringComparison.Ordinal))
            .SelectMany(p => p.Value!.AsObject().Select(o => $"{o.Key.ToUpperInvariant()} {p.Key}"));

    private static async Task<HttpResponseMessage> SendAsync(HttpClient caller, AuthorisationTable.Row row, CancellationToken ct)
    {
        var path = Parameter().Replace(row.Path.Replace("{act}", "disable", StringComparison.Ordinal).Replace("/{replace}", "", StringComparison.Ordinal), _ => $"{Guid.CreateVersion7()}");
        using var request = new HttpRequestMessage(new HttpMethod(row.Method), path);
        if (row.Method == "POST") request.Headers.Add("Idempotency-Key", $"{Guid.CreateVersion7()}");
        // Nothing that would be done, were it let in.
        if (row.Method is "POST" or "PATCH") request.Content = row.IsPage ? new FormUrlEncodedContent([]) : JsonContent.Create(new { });
        return await caller.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
    }

    /// <summary>An administrator's token, spoilt in one way; null: none at all.</summary>
    private async Task<string?> TokenAsync(string wrong)
    {
        if (wrong == "none") return null;
        if (wrong == "no token") return "not.a.token";
        var admin = await shared.Fleet.AsAsync("admin");
        var good = admin.DefaultRequestHeaders.Authorization!.Parameter!.Split('.');
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(good[1]))!.AsObject();
        if (wrong == "expired") claims["exp"] = TimeProvider.System.GetUtcNow().AddMinutes(-10).ToUnixTimeSeconds();
        if (wrong == "wrong audience") claims["aud"] = "fleet-services";
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (wrong != "foreign-signed") key.ImportFromPem(await File.ReadAllTextAsync(shared.Fleet.FileIn("gateway-key.pem")));
        var signed = $"{good[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
