using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Fleet.Assignment.Domain;
using Fleet.Contracts;
using Fleet.Platform.Store;

namespace Fleet.Tests.Integration.Assignment;

/// <summary>The assignment service alone, and the few things every test does with it. The test speaks for the inventory and for provisioning.</summary>
public sealed class AssignmentFixture() : ServiceFixture("assignment", "services/Assignment")
{
    public const string Api = "/api/assignment";

    /// <summary>When all of the tests' devices and people begin.</summary>
    public static readonly DateTimeOffset Since = new(2020, 1, 7, 8, 0, 0, TimeSpan.Zero);

    public HttpClient It => field ??= As("it.weber", "it");

    public HttpClient Admin => field ??= As("admin", "admin");

    public HttpClient Hr => field ??= As("hr.lang", "hr");

    public async Task<JsonNode> CreateAsync(string path, object body) => await CreatedAsync(await Hr.PostAsJsonAsync($"{Api}/{path}", body));

    public async Task<JsonNode> OfficeAsync() => await CreateAsync("units", new { name = $"Office {Guid.CreateVersion7()}", kind = "office" });

    /// <summary>A kit with these kinds, one of each.</summary>
    public async Task<JsonNode> KitAsync(params string[] kinds) =>
        await CreateAsync("kits", new { name = $"Kit {Guid.CreateVersion7()}", items = kinds.Select(kind => new { kind }) });

    /// <summary>Somebody with names of their own, employed since long.</summary>
    public async Task<JsonNode> PersonAsync(string familyName = "Huber", Guid? kitId = null) =>
        await CreateAsync("people", Person(await OfficeAsync(), familyName, kitId));

    public static JsonObject Person(JsonNode unit, string familyName = "Huber", Guid? kitId = null) => new()
    {
        ["personnelNumber"] = $"P-{Guid.CreateVersion7()}",
        ["userName"] = $"u-{Guid.CreateVersion7()}",
        ["givenName"] = "Anna",
        ["familyName"] = familyName,
        ["email"] = $"{Guid.CreateVersion7()}@county.example",
        ["unitId"] = Id(unit),
        ["startDate"] = "2020-01-07",
        ["kitId"] = kitId,
    };

    /// <summary>A device that the inventory told of.</summary>
    public async Task<DeviceState> DeviceAsync(string kind = "laptop", string status = "inStock")
    {
        var device = new DeviceState
        {
            DeviceId = Guid.CreateVersion7(),
            AssetTag = $"LRA-{Guid.CreateVersion7()}",
            Kind = kind,
            Model = "T14",
            Status = status,
            Begins = Since,
        };
        await Broker.PublishAsync(new DeviceRegistered { Meta = Meta(device.DeviceId, 1), Device = device });
        await using var store = OpenStore(Fleet.Assignment.Storage.Types);
        await Eventually.ShouldAsync(async () => (await store.FindAsync<Custody>(device.DeviceId, CancellationToken.None)).ShouldNotBeNull());
        return device;
    }

    public Task<HttpResponseMessage> HandOverAsync(Guid personId, string assetTag, DateTimeOffset? effectiveAt = null, string? key = null, HttpClient? client = null) =>
        SendAsync(client ?? It, $"{Api}/handovers", new { personId, assetTags = new[] { assetTag }, effectiveAt }, key);

    public Task<HttpResponseMessage> ReturnAsync(string assetTag, DateTimeOffset? effectiveAt = null) => It.PostAsJsonAsync($"{Api}/returns", new { assetTag, effectiveAt });

    public Task<HttpResponseMessage> ReportLossAsync(string assetTag, string kind = "lost", HttpClient? client = null, DateTimeOffset? effectiveAt = null) =>
        (client ?? It).PostAsJsonAsync($"{Api}/loss-reports", new { assetTag, kind, effectiveAt });

    /// <summary>A client of the person's own account.</summary>
    public HttpClient AsEmployee(JsonNode person) => AsPerson(Id(person), person["userName"]!.ToString(), "employee");

    /// <summary>The device in another status that somebody decided in the inventory, as its next event says it.</summary>
    public static DeviceStatusChanged Decided(DeviceState device, string status, DateTimeOffset at, out DeviceState after)
    {
        var meta = Meta(device.DeviceId, device.Decisions.Count + 2, effectiveAt: at);
        after = device with
        {
            Status = status,
            Decisions = [.. device.Decisions, new StatusDecision { Number = device.Decisions.Count + 1, EventId = meta.EventId, Status = status, At = at }],
        };
        return new DeviceStatusChanged { Meta = meta, Device = after, PreviousStatus = device.Status };
    }

    /// <summary>The custody as stored, once it meets the condition.</summary>
    internal Task<Custody> CustodyAsync(Guid deviceId, Func<Custody, bool> condition) => Eventually.ReadAsync(
        async () =>
        {
            await using var store = OpenStore(Fleet.Assignment.Storage.Types);
            return (await store.FindAsync<Custody>(deviceId, CancellationToken.None)).ShouldNotBeNull().State;
        },
        condition);

    /// <summary>The person's only case, once it meets the condition.</summary>
    public Task<JsonNode> CaseAsync(Guid personId, Func<JsonNode, bool> condition) => Eventually.ReadAsync(
        async () => (await Hr.GetFromJsonAsync<JsonNode>($"{Api}/cases?personId={personId}"))!["items"]!.AsArray().ShouldHaveSingleItem()!, condition);

    /// <summary>Events of one aggregate, once there are as many.</summary>
    public Task<List<T>> PublishedAsync<T>(Guid aggregateId, int count = 1) where T : IFleetEvent => Eventually.ReadAsync(
        () => Task.FromResult(Broker.Published<T>().Where(e => e.Meta.AggregateId == aggregateId).ToList()), events => events.Count >= count);

    public static async Task<HttpResponseMessage> SendAsync(HttpClient client, string path, object body, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }

    public static async Task<JsonNode> CreatedAsync(HttpResponseMessage response)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return await BodyAsync(response);
    }

    public static async Task<JsonNode> BodyAsync(HttpResponseMessage response) => (await response.Content.ReadFromJsonAsync<JsonNode>())!;

    public static Guid Id(JsonNode resource) => resource["id"]!.GetValue<Guid>();

    /// <summary>Checks status and code of a refusal and returns its body.</summary>
    public static async Task<JsonNode> ShouldBeRefusedAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        response.StatusCode.ShouldBe(status, await response.Content.ReadAsStringAsync());
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var body = await BodyAsync(response);
        body["code"]!.GetValue<string>().ShouldBe(code);
        return body;
    }

    public static EventMeta Meta(Guid aggregateId, long version, string role = "it", DateTimeOffset? effectiveAt = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new EventMeta
        {
            EventId = Guid.CreateVersion7(),
            AggregateId = aggregateId,
            AggregateVersion = version,
            EffectiveAt = effectiveAt ?? now,
            RecordedAt = now,
            Actor = new Actor { Subject = "it.weber", Role = role },
            CorrelationId = Guid.CreateVersion7(),
        };
    }
}
