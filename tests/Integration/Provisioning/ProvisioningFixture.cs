using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Fleet.Contracts;
using Fleet.Platform.Security;

namespace Fleet.Tests.Integration.Provisioning;

/// <summary>The Provisioning service, and what its tests often do.</summary>
public sealed class ProvisioningFixture() : ServiceFixture("provisioning", "services/Provisioning")
{
    private static readonly Actor Somebody = new() { Subject = "test", Role = "it" };
    private int _networks;

    public HttpClient It => field ??= As("ina", Roles.It);

    public static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>A network that no other test has: 10.x.y.0/28 with 13 addresses for peers.</summary>
    public string NewNetwork()
    {
        var number = Interlocked.Increment(ref _networks);
        return $"10.{number / 256}.{number % 256}.0/28";
    }

    public async Task<Guid> NewGatewayAsync(string? network = null) => (await CreatedAsync("gateways", new
    {
        name = $"gateway {Guid.CreateVersion7()}",
        endpoint = "vpn.example.org:51820",
        publicKey = NewKey(),
        network = network ?? NewNetwork(),
    })).Id();

    /// <summary>A person as Assignment would tell of them.</summary>
    public async Task<PersonState> NewPersonAsync()
    {
        var id = Guid.CreateVersion7();
        var person = new PersonState { PersonId = id, UserName = $"user-{id:N}", GivenName = "Ada", FamilyName = "Ahrens", StartDate = new DateOnly(2019, 12, 1) };
        await Broker.PublishAsync(new PersonRegistered { Meta = Meta(id, 1), Person = person });
        return person;
    }

    public async Task<Guid> NewAccessAsync(Guid? gatewayId = null) =>
        (await CreatedAsync("accesses", new { personId = (await NewPersonAsync()).PersonId, gatewayId })).Id();

    public async Task<JsonNode> CreatedAsync(string path, object body)
    {
        var response = await It.PostAsJsonAsync($"api/provisioning/{path}", body);
        return await response.ShouldBeAsync(HttpStatusCode.Created);
    }

    public Task<HttpResponseMessage> PostAsync(string path, object body) => It.PostAsJsonAsync($"api/provisioning/{path}", body);

    public Task<HttpResponseMessage> EnrolAsync(Guid accessId, string? publicKey = null) => PostAsync($"accesses/{accessId}/key", new { publicKey = publicKey ?? NewKey() });

    public async Task<JsonNode> GetAsync(string path) => (await It.GetFromJsonAsync<JsonNode>($"api/provisioning/{path}"))!;

    public async Task<IReadOnlyList<JsonNode>> AccessesOfAsync(Guid deviceId) => [.. (await GetAsync($"accesses?deviceId={deviceId}"))["items"]!.AsArray().Select(i => i!)];

    public static EventMeta Meta(Guid aggregateId, long version, DateTimeOffset? effectiveAt = null) => new()
    {
        EventId = Guid.CreateVersion7(),
        AggregateId = aggregateId,
        AggregateVersion = version,
        EffectiveAt = effectiveAt ?? new DateTimeOffset(2020, 3, 2, 8, 0, 0, TimeSpan.Zero).AddDays(version),
        RecordedAt = TimeProvider.System.GetUtcNow(),
        Actor = Somebody,
        CorrelationId = Guid.CreateVersion7(),
    };
}

/// <summary>Reading answers.</summary>
internal static class Answers
{
    public static Guid Id(this JsonNode node) => (Guid)node["id"]!;

    public static string State(this JsonNode access) => (string)access["state"]!;

    /// <summary>The body, when the status is the expected one.</summary>
    public static async Task<JsonNode> ShouldBeAsync(this HttpResponseMessage response, HttpStatusCode status)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(status, text);
        return JsonNode.Parse(text)!;
    }

    /// <summary>The problem, when status and code are the expected ones.</summary>
    public static async Task<JsonNode> ShouldBeRefusedAsync(this HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var problem = await response.ShouldBeAsync(status);
        ((string?)problem["code"]).ShouldBe(code, problem.ToJsonString());
        return problem;
    }
}
