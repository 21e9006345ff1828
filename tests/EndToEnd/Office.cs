using System.Text.Json.Nodes;

namespace Fleet.Tests.EndToEnd;

/// <summary>A unit tree, a kit and a VPN gateway of one test's own, and the steps of a hire.</summary>
public sealed class Office(HttpClient it, HttpClient hr, HttpClient auditor)
{
    private static int _networks;

    public string CountyId { get; private set; } = "";

    public string OfficeId { get; private set; } = "";

    public string KitId { get; private set; } = "";

    public string GatewayId { get; private set; } = "";

    /// <summary>The first three bytes of the gateway's network.</summary>
    public string Prefix { get; private set; } = "";

    public HttpClient It => it;

    public HttpClient Hr => hr;

    public HttpClient Auditor => auditor;

    public static async Task<Office> OpenAsync(Installation fleet)
    {
        var office = new Office(await fleet.AsAsync("it"), await fleet.AsAsync("hr"), await fleet.AsAsync("auditor"));
        await office.CreateAsync();
        return office;
    }

    /// <summary>Hires a person for the office, unless told otherwise since 30 days ago; answers the person.</summary>
    public Task<JsonNode> HireAsync(string familyName = "Beispiel", DateOnly? startDate = null) =>
        hr.PostAsync("/api/assignment/people", NewPerson(familyName, startDate ?? Today().AddDays(-30), OfficeId));

    /// <summary>What a hire sends.</summary>
    public object NewPerson(string familyName, DateOnly startDate, string unitId, bool homeOfficeEligible = true) => new
    {
        personnelNumber = Api.Unique("P"),
        userName = Api.Unique("user"),
        givenName = "Erika",
        familyName,
        email = $"{Api.Unique("mail")}@county.example",
        unitId,
        startDate,
        homeOfficeEligible,
        kitId = KitId,
    };

    /// <summary>Registers a laptop, unless told otherwise as of now; answers the device.</summary>
    public Task<JsonNode> RegisterLaptopAsync(DateTimeOffset? effectiveAt = null) => it.PostAsync("/api/inventory/devices", new
    {
        assetTag = Api.Unique("LT"),
        serialNumber = Api.Unique("SN"),
        kind = "laptop",
        manufacturer = "Lenovo",
        model = "T14",
        effectiveAt,
    });

    /// <summary>The one VPN access of a person, once it exists.</summary>
    public Task<JsonNode> AccessAsync(JsonNode person, Func<JsonNode, bool> condition) => Eventually.ReadAsync(
        async () => (await it.ReadAsync($"/api/provisioning/accesses?personId={person.Id()}"))["items"]!.AsArray().ShouldHaveSingleItem()!, condition);

    public Task<JsonNode> CaseAsync(JsonNode person, Func<JsonNode, bool> condition) => Eventually.ReadAsync(
        async () => (await hr.ReadAsync($"/api/assignment/cases?personId={person.Id()}"))["items"]!.AsArray().ShouldHaveSingleItem()!, condition);

    public Task<JsonNode> DeviceAsync(JsonNode device, Func<JsonNode, bool> condition) => Eventually.ReadAsync(
        () => it.ReadAsync($"/api/inventory/devices/{device.Id()}"), condition);

    public Task<JsonNode> CoverageAsync(DateOnly day, Func<JsonNode, bool> condition) => Eventually.ReadAsync(
        () => auditor.ReadAsync($"/api/audit/coverage?asOf={day:yyyy-MM-dd}&unit={OfficeId}"), condition);

    /// <summary>Today in the county's time zone.</summary>
    public static DateOnly Today() =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).DateTime);

    private async Task CreateAsync()
    {
        CountyId = (await hr.PostAsync("/api/assignment/units", new { name = Api.Unique("County"), kind = "county" })).Id();
        var department = await hr.PostAsync("/api/assignment/units", new { name = "Dezernat I", kind = "department", parentId = CountyId });
        OfficeId = (await hr.PostAsync("/api/assignment/units", new { name = "Amt für IT", kind = "office", parentId = department.Id() })).Id();
        KitId = (await hr.PostAsync("/api/assignment/kits", new { name = Api.Unique("Home office"), items = new object[] { new { kind = "laptop" }, new { kind = "vpn" } } })).Id();
        Prefix = $"10.{100 + (Interlocked.Increment(ref _networks) / 250)}.{_networks % 250}";
        GatewayId = (await it.PostAsync("/api/provisioning/gateways", new
        {
            name = Api.Unique("vpn"),
            endpoint = "vpn.county.example:51820",
            publicKey = Api.PublicKey(),
            network = $"{Prefix}.0/24",
            allowedIps = new[] { "10.0.0.0/8" },
        })).Id();
    }
}
