using System.Net.Http.Json;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fleet.Platform;
using Fleet.Portal.Domain;
using Fleet.Portal.Features.Accesses;
using Fleet.Portal.Features.Accounts;
using Fleet.Portal.Features.Cases;
using Fleet.Portal.Features.Clients;
using Fleet.Portal.Features.Counter;
using Fleet.Portal.Features.Devices;
using Fleet.Portal.Features.Handovers;
using Fleet.Portal.Features.Log;
using Fleet.Portal.Features.Me;
using Fleet.Portal.Features.Operations;
using Fleet.Portal.Features.People;
using Fleet.Portal.Features.Search;
using Fleet.Portal.Features.Start;
using Fleet.Portal.Features.Units;
using Fleet.Portal.Features.VpnGateways;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Tests.Integration.Assignment;
using Fleet.Tests.Integration.Audit;
using Fleet.Tests.Integration.Gateway;
using Fleet.Tests.Integration.Inventory;
using Fleet.Tests.Integration.Provisioning;

namespace Fleet.Tests.Integration.Portal;

/// <summary>
/// Pages read what the services describe: each record that the portal reads is compared with the service's own OpenAPI document, and each parameter
/// or member that it sends is one the service knows.
/// </summary>
public sealed partial class AnswerShapeTests(
    InventoryFixture inventory, AssignmentFixture assignment, ProvisioningFixture provisioning, AuditFixture audit, GatewayFixture gateway)
    : IClassFixture<GatewayFixture>, IClassFixture<InventoryFixture>, IClassFixture<AssignmentFixture>, IClassFixture<ProvisioningFixture>, IClassFixture<AuditFixture>
{
    private static readonly Selection Everything = new(new DateOnly(2020, 5, 9))
    {
        Unit = Guid.CreateVersion7(),
        KnownAt = new DateTimeOffset(2020, 5, 8, 0, 0, 0, TimeSpan.Zero),
        People = new PeopleFilter(Equipment.Laptop, Equipment.Both, Eligible: true),
    };

    private static readonly Guid Id = Guid.CreateVersion7();

    private static readonly ListQuery Devices = new(
        "/devices", "lr", "assetTag", new Dictionary<string, string> { ["kind"] = "laptop", ["status"] = "lost", ["holderId"] = $"{Id}", ["warrantyEndsFrom"] = "2020-05-08", ["warrantyEndsTo"] = "2020-05-09" }, "cursor");

    private static readonly ListQuery Accesses = new(
        "/accesses", null, null,
        new Dictionary<string, string> { ["state"] = "active", ["expiresOnFrom"] = "2020-05-08", ["expiresOnTo"] = "2020-05-09", ["personId"] = $"{Id}", ["deviceId"] = $"{Id}", ["gatewayId"] = $"{Id}" },
        "cursor");

    private static readonly ListQuery Gateways = new("/vpn-gateways", "vpn", "-name", new Dictionary<string, string>(), "cursor");

    private static readonly ListQuery Log = new(
        "/log", null, "-loggedAt",
        new Dictionary<string, string> { ["type"] = "DeviceIssued", ["actor"] = "it", ["from"] = "2020-05-08", ["to"] = "2020-05-09", ["entity"] = $"{Id}", ["person"] = $"{Id}" }, "cursor");

    private static readonly ListQuery People = new(
        "/people", "er", "-name", new Dictionary<string, string> { ["status"] = "joining", ["unitId"] = $"{Id}", ["homeOfficeEligible"] = "true", ["kitId"] = $"{Id}" }, "cursor");

    private static readonly ListQuery Accounts = new(
        "/admin/accounts", "er", "-userName", new Dictionary<string, string> { ["role"] = "it", ["disabled"] = "true", ["personId"] = $"{Id}" }, "cursor");

    private static readonly ListQuery Clients = new("/admin/clients", "er", "-clientId", new Dictionary<string, string> { ["role"] = "it", ["disabled"] = "true" }, "cursor");

    private static readonly ListQuery Handovers = new(
        "/handovers", null, "-effectiveAt", new Dictionary<string, string> { ["assetTag"] = "LR-1", ["accepted"] = "true", ["personId"] = $"{Id}", ["deviceId"] = $"{Id}" }, "cursor");

    /// <summary>Every question of the portal, in full, and what it reads the answer as.</summary>
    private static readonly IReadOnlyList<(string Address, Type Answer)> Questions =
    [
        (Links.AuditCoverage(Everything, perUnit: true, onlyUnit: true), typeof(DayCoverage)),
        (Links.AuditSeries(Everything), typeof(CoverageSeries)),
        (Links.AuditPeople(Everything, "cursor", 100), typeof(PeopleList)),
        (Devices.Ask("api/inventory/devices"), typeof(Listed<Device>)),
        ("api/inventory/devices/summary", typeof(StockSummary)),
        ($"api/inventory/devices/{Id}", typeof(Device)),
        ($"api/inventory/devices/{Id}/history", typeof(Listed<DeviceChange>)),
        (Candidates.Ask("m"), typeof(Listed<Candidate>)),
        (Handovers.Ask("api/assignment/handovers"), typeof(Listed<Handover>)),
        (Recognition.AskDevices("assetTag", "LR-1"), typeof(Listed<Device>)),
        (Recognition.AskDevices("serialNumber", "S-1"), typeof(Listed<Device>)),
        (CounterCards.AskHeld(Id), typeof(Listed<Device>)),
        (Recognition.AskPeople("personnelNumber", "P-1"), typeof(Listed<Candidate>)),
        (Recognition.AskPeople("userName", "erika"), typeof(Listed<Candidate>)),
        (Recognition.AskPeople("search", "er"), typeof(Listed<Candidate>)),
        (Recognition.AskCases([Id]), typeof(Listed<Starter>)),
        ($"api/assignment/people/{Id}", typeof(Candidate)),
        ($"api/assignment/units/{Id}", typeof(NamedUnit)),
        ($"api/assignment/handovers/{Id}", typeof(Handover)),
        (ShowStarters.AskComing("ready", new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 14)), typeof(Listed<Starter>)),
        (ShowStarters.AskLate(new DateOnly(2026, 1, 1), "cursor"), typeof(Listed<Starter>)),
        ($"api/assignment/cases/{Id}", typeof(Starter)),
        (People.Ask("api/assignment/people"), typeof(Listed<Person>)),
        ($"api/assignment/people/{Id}", typeof(Person)),
        (Organisation.AskUnits("cursor"), typeof(Listed<NamedUnit>)),
        (Organisation.AskKits("cursor"), typeof(Listed<NamedKit>)),
        (ShowPerson.AskHandovers(Id), typeof(Listed<Handover>)),
        (ShowPerson.AskAccesses(Id), typeof(Listed<Access>)),
        (Accesses.Ask("api/provisioning/accesses"), typeof(Listed<Access>)),
        (Gateways.Ask("api/provisioning/gateways"), typeof(Listed<VpnGateway>)),
        (ShowGateways.All, typeof(Listed<VpnGateway>)),
        ($"api/provisioning/gateways/{Id}", typeof(VpnGateway)),
        (RequestAccess.HeldBy(Id), typeof(Listed<Device>)),
        (Log.Ask("api/audit/log"), typeof(Listed<LogEntry>)),
        ("api/audit/log/verify", typeof(ChainState)),
        (Today.AskAccesses("requested"), typeof(Listed<Access>)),
        (Today.AskDevices("lost"), typeof(Listed<Device>)),
        (Leavers.AskPeople("cursor"), typeof(Listed<Person>)),
        (Leavers.AskDevices([Id], "cursor"), typeof(Listed<Device>)),
        (Leavers.AskAccesses([Id], "cursor"), typeof(Listed<Access>)),
        (ShowSearch.Ask("people", "er"), typeof(Listed<Candidate>)),
        (ShowSearch.Ask("devices", "er"), typeof(Listed<Device>)),
        (ShowSearch.Ask("units", "er"), typeof(Listed<NamedUnit>)),
        (ShowSearch.AskAccesses("personId", [Id]), typeof(Listed<Access>)),
        (ShowSearch.AskAccesses("deviceId", [Id]), typeof(Listed<Access>)),
        (Accounts.Ask("auth/accounts"), typeof(Listed<Account>)),
        (AccountActs.Ask(Id), typeof(Account)),
        (AccountActs.AskSessions(Id, "cursor"), typeof(Listed<LiveSession>)),
        ("auth/me", typeof(Fleet.Portal.Features.Accounts.Me)),
        (ShowOwnAccount.AskSessions("cursor"), typeof(Listed<LiveSession>)),
        (Clients.Ask("auth/clients"), typeof(Listed<Client>)),
        (ClientActs.Ask(Id), typeof(Client)),
        (OperationsQuestions.Services, typeof(ServiceStates)),
        (OperationsQuestions.ErrorQueues, typeof(HeldQueues)),
        (OperationsQuestions.ErrorQueue("{name}"), typeof(HeldMessages)),
        (OperationsQuestions.Keys, typeof(SigningKeys)),
        (Own.AskHandovers(Id), typeof(Listed<Handover>)),
        (Own.AskAccesses(Id), typeof(Listed<Access>)),
        ($"api/provisioning/accesses/{Id}", typeof(Access)),
    ];

    /// <summary>Every act of the portal: what it sends, and what it reads the answer as.</summary>
    private static readonly IReadOnlyList<(string Method, string Address, object Body, Type Answer)> Acts =
    [
        ("post", "api/inventory/devices", new NewDevice("LR-1", "S-1", "laptop", "Lenovo", "T14", "inStock", "Shelf"), typeof(Device)),
        ("post", $"api/inventory/devices/{Id}/status", new NewDeviceStatus("lost", "why"), typeof(Device)),
        ("post", "api/assignment/handovers", new NewHandover(Id, ["LR-1"]), typeof(Handover)),
        ("post", $"api/assignment/handovers/{Id}/correct", new NewCorrection("why", Id, DateTimeOffset.UnixEpoch, ["LR-1"]), typeof(Handover)),
        ("post", "api/assignment/units", new NewUnit("IT", "office", Id, new DateOnly(2026, 1, 1)), typeof(NamedUnit)),
        ("patch", $"api/assignment/units/{Id}", new UnitChange("IT", Id, new DateOnly(2026, 1, 1)), typeof(NamedUnit)),
        ("post", "api/assignment/people", new NewPerson("P-1", "erika", "Erika", "Beispiel", "e@county.example", Id, new DateOnly(2026, 1, 1), true, Id), typeof(Person)),
        ("patch", $"api/assignment/people/{Id}", new PersonChange
        {
            PersonnelNumber = "P-1", UserName = "erika", GivenName = "Erika", FamilyName = "Beispiel", Email = "e@county.example", KitId = Id, UnitId = Id, HomeOfficeEligible = true,
            EffectiveAt = DateTimeOffset.UnixEpoch,
        }, typeof(Person)),
        ("patch", $"api/assignment/people/{Id}", new NoEnd(), typeof(Person)),
        ("post", $"api/assignment/people/{Id}/leave", new Leaving(new DateOnly(2026, 1, 1)), typeof(Person)),
        ("post", $"api/assignment/people/{Id}/return", new Returning(new DateOnly(2026, 1, 1), Id, Id), typeof(Person)),
        ("post", $"api/assignment/handovers/{Id}/accept", new Nothing(), typeof(Handover)),
        ("post", "api/provisioning/accesses", new NewAccess(Id, Id, new DateOnly(2020, 5, 8)), typeof(Access)),
        ("post", $"api/provisioning/accesses/{Id}/revoke", new Revocation("why"), typeof(Access)),
        ("post", "api/provisioning/gateways", new NewGateway("vpn", "vpn.example.org:51820", "key", "10.20.0.0/22", ["10.20.0.1"], ["10.0.0.0/8"]), typeof(VpnGateway)),
        ("post", $"api/provisioning/accesses/{Id}/key", new NewKey("key"), typeof(Access)),
        ("post", "api/assignment/loss-reports", new NewLossReport("LR-1", "lost"), typeof(ReturnedDevice)),
        ("post", "auth/accounts", new NewAccount("erika", "Erika Beispiel", ["employee"], Id), typeof(FirstPassword)),
        ("patch", $"auth/accounts/{Id}", new AccountChange(["it"], true), typeof(Account)),
        ("post", $"auth/accounts/{Id}/reset", new PasswordReset(true), typeof(FirstPassword)),
        ("post", "auth/clients", new NewClient("erp", ["it"]), typeof(OneTimeSecret)),
        ("patch", $"auth/clients/{Id}", new AccountChange(["it"], true), typeof(Client)),
        ("post", $"auth/clients/{Id}/rotate", new { }, typeof(OneTimeSecret)),
        ("post", $"{OperationsQuestions.ErrorQueue("{name}")}/replay", new { }, typeof(Replayed)),
        ("post", "api/assignment/returns", new NewReturn("LR-1", "worn"), typeof(ReturnedDevice)),
    ];

    [Fact]
    public void Every_record_that_the_portal_reads_is_compared()
    {
        var read = Directory.EnumerateFiles(PortalFolder(), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
            .SelectMany(f => ReadAs().Matches(File.ReadAllText(f))).Select(m => m.Groups["way"].Value == "AllAsync" ? $"Listed<{m.Groups["type"].Value}>" : m.Groups["type"].Value)
            .Where(t => t is not ("T" or "Listed<T>")).Distinct().Order();

        read.ShouldBe(Questions.Select(q => q.Answer).Concat(Acts.Select(a => a.Answer)).Select(Written).Distinct().Order());

        static string Written(Type type) => type.IsGenericType ? $"{type.Name.Split('`')[0]}<{Written(type.GetGenericArguments()[0])}>" : type.Name;
    }

    [Fact]
    public async Task What_the_portal_reads_is_what_the_services_describe()
    {
        var differences = new List<string>();

        foreach (var (address, answer) in Questions)
        {
            var document = await DocumentAsync(address);
            var schema = Operation(document, address, "get")["responses"]!["200"]!["content"]!["application/json"]!["schema"]!;
            Compare(document, schema, answer, answer.Name, differences);
        }

        foreach (var (method, address, _, answer) in Acts)
        {
            var document = await DocumentAsync(address);
            var answers = Operation(document, address, method)["responses"]!;
            var schema = (answers["201"] ?? answers["200"])!["content"]!["application/json"]!["schema"]!;
            Compare(document, schema, answer, answer.Name, differences);
        }

        differences.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_portal_asks_with_is_what_the_services_know()
    {
        foreach (var (address, _) in Questions.Where(q => q.Address.Contains('?', StringComparison.Ordinal)))
        {
            var known = Operation(await DocumentAsync(address), address, "get")["parameters"]!.AsArray().Select(p => (string)p!["name"]!);
            var sent = address[(address.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Select(p => p[..p.IndexOf('=', StringComparison.Ordinal)]);
            sent.ShouldBeSubsetOf(known, address);
        }

        foreach (var (method, address, body, _) in Acts)
        {
            var document = await DocumentAsync(address);
            var described = Operation(document, address, method)["requestBody"]?["content"]!["application/json"]!["schema"]!;
            var known = described is null ? [] : Resolve(document, described).Schema["properties"]!.AsObject().Select(p => p.Key);
            JsonSerializer.SerializeToNode(body, body.GetType(), FleetJson.Options)!.AsObject().Select(p => p.Key).ShouldBeSubsetOf(known, address);
        }
    }

    private async Task<JsonNode> DocumentAsync(string address)
    {
        var service = address.StartsWith("api/", StringComparison.Ordinal) ? address.Split('/')[1] : "gateway";
        using var client = new HttpClient();
        client.BaseAddress = service switch
        {
            "inventory" => inventory.Address,
            "assignment" => assignment.Address,
            "provisioning" => provisioning.Address,
            "audit" => audit.Address,
            "gateway" => gateway.Address,
            _ => throw new ArgumentException($"No service answers {service}.", nameof(address)),
        };
        return (await client.GetFromJsonAsync<JsonNode>($"/openapi/{service}.json"))!;
    }

    private static JsonNode Operation(JsonNode document, string address, string method)
    {
        var path = $"/{Uri.UnescapeDataString(address.Split('?')[0])}".Replace($"{Id}", "{id}", StringComparison.Ordinal);
        return document["paths"]![path]?[method] ?? throw new InvalidOperationException($"The service describes no {method} {path}.");
    }

    private static string PortalFolder([CallerFilePath] string here = "") => Path.Combine(here, "../../../../services/Portal");

    [GeneratedRegex(@"(?<way>GetAsync|PostAsync|PatchAsync|AllAsync)<(?<type>[A-Za-z<>]+)>\(")]
    private static partial Regex ReadAs();

    /// <summary>Every member that is read is described, with the same type; what may be missing or null is read as such, and nothing else is.</summary>
    private static void Compare(JsonNode document, JsonNode described, Type type, string path, List<string> differences)
    {
        var (schema, _) = Resolve(document, described);
        var required = schema["required"]?.AsArray().Select(r => (string)r!).ToHashSet() ?? [];
        var nullability = new NullabilityInfoContext();
        foreach (var member in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(member.Name);
            var at = $"{path}.{name}";
            if (schema["properties"]?[name] is not { } property)
            {
                differences.Add($"{at} is not described.");
                continue;
            }

            var (value, isNullable) = Resolve(document, property);
            var mayBeMissing = isNullable || !required.Contains(name);
            var readsNull = nullability.Create(member).ReadState == NullabilityState.Nullable;
            if (mayBeMissing != readsNull) differences.Add($"{at} {(mayBeMissing ? "may be missing" : "is always there")} and is read as if it {(readsNull ? "might be missing" : "were always there")}.");

            var read = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
            var item = read == typeof(string) ? null : read.GetInterfaces().Append(read)
                .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];
            if (Kind(value) is var kind && kind != Kind(read, item)) differences.Add($"{at} is a {kind} and is read as a {Kind(read, item)}.");
            else if (item is not null && Kind(item, null) == "object") Compare(document, value["items"]!, item, $"{at}[]", differences);
            else if (item is null && kind == "object") Compare(document, value, read, at, differences);
        }
    }

    /// <summary>A schema behind its references, and whether null is one of its values.</summary>
    private static (JsonNode Schema, bool IsNullable) Resolve(JsonNode document, JsonNode schema)
    {
        var isNullable = Types(schema).Contains("null");
        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray choices)
        {
            isNullable = choices.Any(c => Types(c!).Contains("null"));
            schema = choices.Single(c => !Types(c!).Contains("null"))!;
        }

        if ((string?)schema["$ref"] is not { } reference) return (schema, isNullable);
        var (behind, behindIsNullable) = Resolve(document, document["components"]!["schemas"]![reference.Split('/')[^1]]!);
        return (behind, isNullable || behindIsNullable);
    }

    private static string Kind(JsonNode schema)
    {
        var types = Types(schema).Where(t => t != "null").ToList();
        // A number may be described as one that might also come as a text; of a word there are only its values.
        var type = types.FirstOrDefault(t => t is "integer" or "number") ?? types.SingleOrDefault() ?? (schema["enum"] is null ? "nothing" : "string");
        return type == "string" && (string?)schema["format"] is { } format ? format : type;
    }

    private static string Kind(Type type, Type? item) =>
        item is not null ? "array"
        : type == typeof(string) ? "string"
        : type == typeof(bool) ? "boolean"
        : type == typeof(int) || type == typeof(long) ? "integer"
        : type == typeof(decimal) ? "number"
        : type == typeof(Guid) ? "uuid"
        : type == typeof(DateOnly) ? "date"
        : type == typeof(DateTimeOffset) ? "date-time"
        : "object";

    private static IEnumerable<string> Types(JsonNode schema) => schema["type"] switch
    {
        JsonArray several => several.Select(t => (string)t!),
        { } one => [(string)one!],
        null => [],
    };
}
