using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Fleet.Contracts;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Fleet.Provisioning;

namespace Fleet.Tests.Integration.Provisioning;

/// <summary>The Provisioning service, and what its tests often do.</summary>
public sealed class ProvisioningFixture() : ServiceFixture("provisioning", "services/Provisioning")
{
    private static readonly Actor Somebody = new() { Subject = "test", Role = "it" };
    private int _networks;

    public static readonly DateOnly FirstDay = new(2019, 12, 1);

    protected override Schema Schema => new(Documents.SchemaVersion, Documents.Migrations);

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

    /// <summary>A person as Assignment would tell of them, employed since December 2019.</summary>
    public async Task<PersonState> NewPersonAsync(DateOnly? lastDay = null)
    {
        var person = new PersonState { PersonId = Guid.CreateVersion7(), GivenName = "Ada", FamilyName = "Ahrens", UserName = "ada" }.Employed((FirstDay, lastDay));
        await Broker.PublishAsync(new PersonRegistered { Meta = Meta(person.PersonId, 1), Person = person });
        return person;
    }

    /// <summary>A laptop that the person has since the first of March 2020.</summary>
    public async Task<Custody> NewHeldLaptopAsync(Guid personId, bool vpn = false)
    {
        var custody = Custody.Of("laptop").Then("held", personId, vpn);
        await Broker.PublishAsync(custody.Issued());
        return custody;
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

/// <summary>A device's custody as Assignment would tell of it, version by version.</summary>
public sealed record Custody(Guid DeviceId, string Kind, long Version, IReadOnlyList<CustodySpell> Spells)
{
    private static readonly DateTimeOffset Begin = new(2020, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public static Custody Of(string kind) => new(Guid.CreateVersion7(), kind, 0, []);

    /// <summary>The next version: from the day after the last step on the device is in this state.</summary>
    public Custody Then(string state, Guid? personId = null, bool vpn = true)
    {
        var from = Spells.Count == 0 ? Begin : Spells[^1].From.AddDays(1);
        return this with
        {
            Version = Version + 1,
            Spells =
            [
                .. Spells.SkipLast(1), .. Spells.TakeLast(1).Select(s => s with { Until = from }),
                new CustodySpell { SpellId = Guid.CreateVersion7(), From = from, State = state, PersonId = personId, VpnIncluded = vpn && state == "held" },
            ],
        };
    }

    /// <summary>The next version: the last step was another person's.</summary>
    public Custody Corrected(Guid personId) => this with
    {
        Version = Version + 1,
        Spells = [.. Spells.SkipLast(1), Spells[^1] with { SpellId = Guid.CreateVersion7(), PersonId = personId }],
    };

    public DeviceIssued Issued() => new() { Meta = Meta(), Custody = State() };

    public DeviceReturned Returned() => new() { Meta = Meta(), Custody = State() };

    public DeviceLossReported LossReported() => new() { Meta = Meta(), Custody = State() };

    public DeviceFound Found() => new() { Meta = Meta(), Custody = State() };

    public CustodyCorrected Correction() => new() { Meta = Meta(), Custody = State(), Reason = "another receiver" };

    private EventMeta Meta() => ProvisioningFixture.Meta(DeviceId, Version, Spells[^1].From);

    private CustodyState State() => new() { DeviceId = DeviceId, Kind = Kind, Status = Spells[^1].State, Spells = Spells };
}

/// <summary>Telling of people.</summary>
internal static class Employments
{
    public static PersonState Employed(this PersonState person, params IReadOnlyList<(DateOnly First, DateOnly? Last)> employments) => person with
    {
        StartDate = employments[^1].First,
        EndDate = employments[^1].Last,
        Employments = [.. employments.Select(e => new EmploymentPeriod { StartDate = e.First, EndDate = e.Last })],
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
