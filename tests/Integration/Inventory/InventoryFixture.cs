using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Fleet.Contracts;

namespace Fleet.Tests.Integration.Inventory;

/// <summary>The inventory alone, and the few things every test does with it.</summary>
public sealed class InventoryFixture() : ServiceFixture("inventory", "services/Inventory")
{
    public const string Devices = "/api/inventory/devices";

    public HttpClient It => field ??= As("it.weber", "it");

    /// <summary>A laptop with a tag and serial number of its own.</summary>
    public static JsonObject Laptop() => new()
    {
        ["assetTag"] = $"LRA-{Guid.CreateVersion7()}",
        ["serialNumber"] = $"PF-{Guid.CreateVersion7()}",
        ["kind"] = "laptop",
        ["manufacturer"] = "Lenovo",
        ["model"] = "ThinkPad T14",
    };

    /// <summary>Registers it and returns the answer's body.</summary>
    public async Task<JsonNode> RegisterAsync(JsonObject device)
    {
        var response = await It.PostAsJsonAsync(Devices, device);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return await BodyAsync(response);
    }

    public async Task<JsonNode> DeviceAsync(Guid id) => (await It.GetFromJsonAsync<JsonNode>($"{Devices}/{id}"))!;

    public async Task<JsonArray> HistoryAsync(Guid id) => (await It.GetFromJsonAsync<JsonNode>($"{Devices}/{id}/history"))!["items"]!.AsArray();

    public static async Task<JsonNode> BodyAsync(HttpResponseMessage response) => (await response.Content.ReadFromJsonAsync<JsonNode>())!;

    /// <summary>Checks status and code of a refusal and returns its body.</summary>
    public static async Task<JsonNode> ShouldBeRefusedAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        response.StatusCode.ShouldBe(status, await response.Content.ReadAsStringAsync());
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var body = await BodyAsync(response);
        body["code"]!.GetValue<string>().ShouldBe(code);
        return body;
    }

    public static DeviceIssued Issued(Guid deviceId, long version, HolderState holder) =>
        new() { Meta = Meta(deviceId, version), Custody = new() { DeviceId = deviceId, Kind = "laptop", Status = "held", Holder = holder } };

    public static DeviceReturned Returned(Guid deviceId, long version, HolderState last, string condition) => new()
    {
        Meta = Meta(deviceId, version),
        Custody = new() { DeviceId = deviceId, Kind = "laptop", Status = "free", Holder = last },
        Condition = condition,
    };

    public static DeviceLossReported LossReported(Guid deviceId, long version, string kind, HolderState last) =>
        new() { Meta = Meta(deviceId, version), Custody = new() { DeviceId = deviceId, Kind = "laptop", Status = kind, Holder = last } };

    public static HolderState Person(string name) => new() { PersonId = Guid.CreateVersion7(), Name = name, UserName = name.ToLowerInvariant() };

    private static EventMeta Meta(Guid deviceId, long version)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new EventMeta
        {
            EventId = Guid.CreateVersion7(),
            AggregateId = deviceId,
            AggregateVersion = version,
            EffectiveAt = now,
            RecordedAt = now,
            Actor = new Actor { Subject = "it.weber", Role = "it" },
            CorrelationId = Guid.CreateVersion7(),
        };
    }
}
