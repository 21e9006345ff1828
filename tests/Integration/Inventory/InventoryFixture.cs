using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Fleet.Contracts;

namespace Fleet.Tests.Integration.Inventory;

/// <summary>The inventory alone, and the few things every test does with it.</summary>
public sealed class InventoryFixture() : ServiceFixture("inventory", "services/Inventory")
{
    public const string Devices = "/api/inventory/devices";

    private static readonly DateTimeOffset Morning = new(2020, 3, 2, 7, 0, 0, TimeSpan.Zero);

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

    /// <summary>A laptop that is there from an instant on.</summary>
    public async Task<Guid> ADeviceFromAsync(DateTimeOffset begins)
    {
        var laptop = Laptop();
        laptop["effectiveAt"] = begins;
        return (await RegisterAsync(laptop))["id"]!.GetValue<Guid>();
    }

    public async Task SetStatusAsync(Guid id, string status, DateTimeOffset effectiveAt) =>
        (await It.PostAsJsonAsync($"{Devices}/{id}/status", new { status, effectiveAt })).StatusCode.ShouldBe(HttpStatusCode.OK);

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

    /// <summary>An event of a device's custody with its whole timeline, told when its last spell began.</summary>
    public static DeviceIssued Issued(Guid deviceId, long version, params CustodySpell[] spells) =>
        new() { Meta = Meta(deviceId, version, spells), Custody = Custody(deviceId, spells) };

    public static DeviceReturned Returned(Guid deviceId, long version, string condition, params CustodySpell[] spells) =>
        new() { Meta = Meta(deviceId, version, spells), Custody = Custody(deviceId, spells), Condition = condition };

    public static DeviceLossReported LossReported(Guid deviceId, long version, params CustodySpell[] spells) =>
        new() { Meta = Meta(deviceId, version, spells), Custody = Custody(deviceId, spells) };

    public static DeviceFound Found(Guid deviceId, long version, params CustodySpell[] spells) =>
        new() { Meta = Meta(deviceId, version, spells), Custody = Custody(deviceId, spells) };

    public static CustodyCorrected Corrected(Guid deviceId, long version, string reason, params CustodySpell[] spells) =>
        new() { Meta = Meta(deviceId, version, spells), Custody = Custody(deviceId, spells), HandoverId = Guid.CreateVersion7(), Reason = reason };

    public static CustodySpell Held(DateTimeOffset from, Guid personId) => Spell(from, CustodyStates.Held, personId);

    public static CustodySpell Free(DateTimeOffset from) => Spell(from, CustodyStates.Free, null);

    public static CustodySpell Stolen(DateTimeOffset from, Guid personId) => Spell(from, CustodyStates.Stolen, personId);

    /// <summary>An instant of this test run; devices that are registered before it may be in somebody's hands then.</summary>
    public static DateTimeOffset Hour(int hour) => Morning.AddHours(hour);

    /// <summary>Somebody is hired whom the inventory is told of.</summary>
    public async Task<PersonState> AnEmployeeAsync(string givenName, string familyName)
    {
        var person = new PersonState { PersonId = Guid.CreateVersion7(), GivenName = givenName, FamilyName = familyName, UserName = Guid.CreateVersion7().ToString() };
        await Broker.PublishAsync(new PersonRegistered { Meta = Meta(person.PersonId, 1, Morning), Person = person });
        return person;
    }

    public static EventMeta Meta(Guid aggregateId, long version, DateTimeOffset effectiveAt) => new()
    {
        EventId = Guid.CreateVersion7(),
        AggregateId = aggregateId,
        AggregateVersion = version,
        StreamNumber = version,
        EffectiveAt = effectiveAt,
        RecordedAt = TimeProvider.System.GetUtcNow(),
        Actor = new Actor { Subject = "it.weber", Role = "it" },
        CorrelationId = Guid.CreateVersion7(),
    };

    private static EventMeta Meta(Guid deviceId, long version, CustodySpell[] spells) => Meta(deviceId, version, spells.Length == 0 ? Morning : spells[^1].From);

    private static CustodyState Custody(Guid deviceId, CustodySpell[] spells) =>
        new() { DeviceId = deviceId, Kind = DeviceKinds.Laptop, Status = spells.Length == 0 ? CustodyStates.Free : spells[^1].State, Spells = spells };

    private static CustodySpell Spell(DateTimeOffset from, string state, Guid? personId) =>
        new() { SpellId = Guid.CreateVersion7(), From = from, State = state, PersonId = personId };
}
