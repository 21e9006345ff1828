using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Contracts;

namespace Fleet.Tests.Integration.Audit;

public sealed class AuditTests(AuditFixture audit) : IClassFixture<AuditFixture>
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly HttpClient _auditor = audit.As("clara", "auditor");

    [Fact]
    public async Task Coverage_counts_who_holds_what_on_a_day_as_it_was_known()
    {
        var told = new Told(audit.Broker);
        await told.UnitAsync("Amt für Prüfung");
        var team = await told.UnitAsync("Team", told.Unit, Guid.CreateVersion7());
        var person = await told.PersonAsync("Zorn", team);
        await told.PersonAsync("Adler");
        var issued = told.Issued(person, Told.Day(3, 2));
        await audit.Broker.PublishAsync(issued);
        await audit.Broker.PublishAsync(told.Activated(person, Told.Day(3, 3)));
        var ready = await CoverageAsync($"unit={told.Unit}&asOf=2020-03-03&per=unit", c => c["ready"]!.GetValue<int>() == 1 && c["staff"]!.GetValue<int>() == 2);

        ready["asOf"]!.GetValue<string>().ShouldBe("2020-03-03");
        ready["unit"]!.ToJsonString().ShouldBe($$"""{"id":"{{told.Unit}}","name":"Amt f\u00FCr Pr\u00FCfung"}""");
        (ready["eligible"]!.GetValue<int>(), ready["withLaptop"]!.GetValue<int>(), ready["withVpn"]!.GetValue<int>()).ShouldBe((2, 1, 1));
        ready["percentages"]!["readyOfStaff"]!.GetValue<decimal>().ShouldBe(50m);
        ready["units"]!.AsArray().Select(u => (u!["name"]!.GetValue<string>(), u["kind"]!.GetValue<string>(), u["staff"]!.GetValue<int>(), u["ready"]!.GetValue<int>()))
            .ShouldBe([("Amt für Prüfung", "office", 2, 1), ("Team", "office", 1, 1)]);
        ready["units"]![0]!.AsObject().ContainsKey("parentId").ShouldBeTrue();
        ready["units"]![1]!["parentId"]!.GetValue<Guid>().ShouldBe(told.Unit);

        var dayBefore = await GetAsync($"coverage?unit={told.Unit}&asOf=2020-03-02");
        (dayBefore["withLaptop"]!.GetValue<int>(), dayBefore["ready"]!.GetValue<int>()).ShouldBe((1, 0));
        var beforeAnybody = await GetAsync($"coverage?unit={told.Unit}&asOf=2019-12-31");
        beforeAnybody["percentages"]!.ToJsonString().ShouldBe("""{"laptopOfStaff":null,"vpnOfStaff":null,"readyOfStaff":null,"readyOfEligible":null}""");

        await audit.Broker.PublishAsync(told.Lost(issued, Told.Day(3, 3)));
        await CoverageAsync($"unit={told.Unit}&asOf=2020-03-03", c => c["withLaptop"]!.GetValue<int>() == 0);
        var printed = Uri.EscapeDataString(ready["knownAt"]!.GetValue<string>());
        (await GetAsync($"coverage?unit={told.Unit}&asOf=2020-03-03&per=unit&knownAt={printed}")).ToJsonString().ShouldBe(ready.ToJsonString());
    }

    [Fact]
    public async Task A_series_has_the_figures_of_each_of_its_days()
    {
        var told = new Told(audit.Broker);
        await told.UnitAsync("Series");
        var person = await told.PersonAsync("One");
        await audit.Broker.PublishAsync(told.Issued(person, Told.Day(2, 10)));
        await CoverageAsync($"unit={told.Unit}&asOf=2020-05-01", c => c["withLaptop"]!.GetValue<int>() == 1);

        var series = await GetAsync($"coverage/series?unit={told.Unit}&from=2020-01-15&to=2020-03-15&step=month");

        series["points"]!.AsArray().Select(p => (p!["asOf"]!.GetValue<string>(), p["staff"]!.GetValue<int>(), p["withLaptop"]!.GetValue<int>()))
            .ShouldBe([("2020-01-31", 1, 0), ("2020-02-29", 1, 1), ("2020-03-15", 1, 1)]);
        (await GetAsync($"coverage/series?unit={told.Unit}&from=2020-01-15&to=2020-03-15"))["points"]!.AsArray().Count.ShouldBe(61);
    }

    [Fact]
    public async Task The_people_behind_a_figure_are_listed_page_by_page()
    {
        var told = new Told(audit.Broker);
        await told.UnitAsync("People");
        var ids = new List<Guid>();
        foreach (var name in new[] { "Öztürk", "Abel", "Zander", "Oster", "Abel" }) ids.Add(await told.PersonAsync(name));
        await audit.Broker.PublishAsync(told.Issued(ids[1], Told.Day(2, 1), "LT-9"));
        await audit.Broker.PublishAsync(told.Issued(ids[1], Told.Day(2, 1), "LT-8"));
        await CoverageAsync($"unit={told.Unit}&asOf=2020-02-01", c => c["staff"]!.GetValue<int>() == 5 && c["withLaptop"]!.GetValue<int>() == 1);
        async Task<JsonNode> HolderAsync() =>
            (await GetAsync($"coverage/people?unit={told.Unit}&asOf=2020-02-01"))["items"]!.AsArray().Single(p => p!["personId"]!.GetValue<Guid>() == ids[1])!;
        var holder = await Eventually.ReadAsync(HolderAsync, p => p["assetTags"]!.AsArray().Count == 2);

        var names = new List<string>();
        var pages = 0;
        for (string? cursor = ""; cursor is not null; pages++)
        {
            var page = await GetAsync($"coverage/people?unit={told.Unit}&asOf=2020-02-01&limit=2{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}");
            names.AddRange(page["items"]!.AsArray().Select(p => p!["name"]!.GetValue<string>()));
            cursor = page["next"]?.GetValue<string>();
        }

        pages.ShouldBe(3);
        names.ShouldBe(["Änne Abel", "Änne Abel", "Änne Oster", "Änne Öztürk", "Änne Zander"]);
        holder["personnelNumber"]!.GetValue<string>().ShouldBe($"P-{ids[1]:N}");
        holder["unit"]!["name"]!.GetValue<string>().ShouldBe("People");
        holder["assetTags"]!.AsArray().Select(t => t!.GetValue<string>()).ShouldBe(["LT-8", "LT-9"]);
        (holder["withLaptop"]!.GetValue<bool>(), holder["withVpn"]!.GetValue<bool>(), holder["ready"]!.GetValue<bool>()).ShouldBe((true, false, false));
        (await GetAsync($"coverage/people?unit={told.Unit}&asOf=2020-02-01&missing=laptop"))["items"]!.AsArray().Count.ShouldBe(4);
        (await GetAsync($"coverage/people?unit={told.Unit}&asOf=2020-02-01&missing=vpn"))["items"]!.AsArray().Count.ShouldBe(5);
    }

    [Fact]
    public async Task An_event_delivered_twice_is_in_the_log_once_and_the_order_of_arrival_does_not_matter()
    {
        var told = new Told(audit.Broker);
        await told.UnitAsync("Twice");
        var person = told.Person("Late");
        var issued = told.Issued(person.Person.PersonId, Told.Day(2, 1));
        var lost = told.Lost(issued, Told.Day(2, 5));
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await audit.Broker.PublishAsync(lost);
            await audit.Broker.PublishAsync(issued);
            await audit.Broker.PublishAsync(person);
        }

        await CoverageAsync($"unit={told.Unit}&asOf=2020-02-04", c => c["withLaptop"]!.GetValue<int>() == 1);
        await CoverageAsync($"unit={told.Unit}&asOf=2020-02-05", c => c["withLaptop"]!.GetValue<int>() == 0);
        await Eventually.ShouldAsync(async () => (await audit.Broker.CountAsync("audit-record-entry")).ShouldBe(0u));
        var log = await GetAsync($"log?entity={person.Person.PersonId}");
        log["items"]!.AsArray().Select(e => e!["id"]!.GetValue<Guid>()).ShouldBe([lost.Meta.EventId, issued.Meta.EventId, person.Meta.EventId]);
    }

    [Fact]
    public async Task The_log_shows_who_did_what_and_when_and_is_found_by_each_of_them()
    {
        var told = new Told(audit.Broker);
        var person = await told.PersonAsync("Logged");
        var issued = told.Issued(person, Told.Day(3, 2), "LT-77");
        issued = issued with { Meta = issued.Meta with { Actor = new Actor { Subject = "carl", Role = "it" } } };
        await audit.Broker.PublishAsync(issued);
        await Eventually.ShouldAsync(async () => (await GetAsync($"log?entity={person}"))["items"]!.AsArray().Count.ShouldBe(2));

        var entry = (await GetAsync($"log?entity={issued.Meta.AggregateId}"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        entry["type"]!.GetValue<string>().ShouldBe("DeviceIssued");
        entry["actor"]!.ToJsonString().ShouldBe("""{"subject":"carl","role":"it"}""");
        entry["entity"]!["kind"]!.GetValue<string>().ShouldBe("device");
        entry["effectiveAt"]!.GetValue<DateTimeOffset>().ShouldBe(Told.Day(3, 2));
        entry["recordedAt"]!.GetValue<DateTimeOffset>().ShouldBe(issued.Meta.RecordedAt);
        entry["correlationId"]!.GetValue<Guid>().ShouldBe(told.CorrelationId);
        entry["data"]!["custody"]!["assetTag"]!.GetValue<string>().ShouldBe("LT-77");
        entry["personal"]!["name"]!.GetValue<string>().ShouldBe("Änne Muster");

        (await CountAsync("log?actor=carl")).ShouldBe(1);
        (await CountAsync($"log?actor=carl&type=deviceIssued&entity={person}&from=2020-01-01")).ShouldBe(1);
        (await CountAsync("log?actor=carl&type=DeviceReturned")).ShouldBe(0);
        (await CountAsync("log?actor=carl&to=2020-01-01")).ShouldBe(0);
        var recorded = Uri.EscapeDataString(issued.Meta.RecordedAt.ToString("O"));
        (await CountAsync($"log?actor=carl&from={recorded}&to={recorded}")).ShouldBe(1);

        var newest = await GetAsync($"log?entity={person}&limit=1");
        newest["items"]![0]!["id"]!.GetValue<Guid>().ShouldBe(issued.Meta.EventId);
        var next = await GetAsync($"log?entity={person}&limit=1&cursor={newest["next"]}");
        next["items"]![0]!["type"]!.GetValue<string>().ShouldBe("PersonRegistered");
        next["next"].ShouldBeNull();
    }

    [Fact]
    public async Task Anybody_can_verify_the_exported_log_with_nothing_but_the_rules()
    {
        await new Told(audit.Broker).PersonAsync("Exported \"quoted\" \\ <b>&amp;</b> Größe");
        await Eventually.ShouldAsync(async () => (await GetAsync("log/verify"))["entries"]!.GetValue<int>().ShouldBePositive());

        var response = await _auditor.GetAsync("/api/audit/log/export");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/jsonl");
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines.ShouldNotBeEmpty();
        var previous = new string('0', 64);
        foreach (var line in lines)
        {
            using var document = JsonDocument.Parse(line);
            var entry = document.RootElement;
            var personal = "null";
            if (entry.TryGetProperty("personalHash", out var personalHash))
            {
                personal = $"\"{personalHash}\"";
                Sha256(entry.GetProperty("personalSalt").GetString() + entry.GetProperty("personal").GetRawText()).ShouldBe(personalHash.GetString());
            }

            var (actor, entity) = (entry.GetProperty("actor"), entry.GetProperty("entity"));
            var bytes = $$$"""
                {"actor":{"role":"{{{actor.GetProperty("role")}}}","subject":"{{{actor.GetProperty("subject")}}}"},"correlationId":"{{{entry.GetProperty("correlationId")}}}","data":"{{{Sha256(entry.GetProperty("data").GetRawText())}}}","effectiveAt":"{{{Instant("effectiveAt")}}}","entity":{"id":"{{{entity.GetProperty("id")}}}","kind":"{{{entity.GetProperty("kind")}}}","version":{{{entity.GetProperty("version")}}}},"eventId":"{{{entry.GetProperty("id")}}}","personal":{{{personal}}},"previousHash":"{{{previous}}}","recordedAt":"{{{Instant("recordedAt")}}}","sequence":{{{entry.GetProperty("sequence")}}},"type":"{{{entry.GetProperty("type")}}}"}
                """;
            entry.GetProperty("hash").GetString().ShouldBe(Sha256(bytes), line);
            previous = entry.GetProperty("hash").GetString()!;

            string Instant(string name) => entry.GetProperty(name).GetDateTimeOffset().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_ends_in_the_error_queue_and_blocks_nothing()
    {
        await audit.Broker.PublishRawAsync("audit-record-entry", Encoding.UTF8.GetBytes("""{"messageType":["urn:message:fleet.assignment.device-issued.v1"],"message":{"meta":{}}}"""));
        var told = new Told(audit.Broker);
        await told.UnitAsync("Unblocked");
        await CoverageAsync($"unit={told.Unit}", c => c["staff"]!.GetValue<int>() == 0);
        await Eventually.ShouldAsync(async () => (await audit.Broker.CountAsync("audit-record-entry_error")).ShouldBe(1u));
    }

    [Theory]
    [InlineData("coverage?asOf=2999-01-01", 400, "asOf")]
    [InlineData("coverage?asOf=yesterday", 400, "asOf")]
    [InlineData("coverage?knownAt=2999-01-01T00:00:00Z", 400, "knownAt")]
    [InlineData("coverage?per=person", 400, "per")]
    [InlineData("coverage?unit=none", 400, "unit")]
    [InlineData("coverage?unit=01890000-0000-7000-8000-000000000000", 404, null)]
    [InlineData("coverage/series?unit=01890000-0000-7000-8000-000000000000", 404, null)]
    [InlineData("coverage/series?to=2999-01-01", 400, "to")]
    [InlineData("coverage/series?step=2", 400, "step")]
    [InlineData("coverage/series?step=hour", 400, "step")]
    [InlineData("coverage/series?from=2020-02-01&to=2020-01-01", 400, "from")]
    [InlineData("coverage/series?from=1900-01-01&to=2020-01-01", 400, "from")]
    [InlineData("coverage/people?missing=mouse", 400, "missing")]
    [InlineData("coverage/people?cursor=zzz", 400, "cursor")]
    [InlineData("coverage/people?limit=0", 400, "limit")]
    [InlineData("log?type=Nothing", 400, "type")]
    [InlineData("log?from=soon", 400, "from")]
    [InlineData("log?to=2020-02-30", 400, "to")]
    [InlineData("log?entity=7", 400, "entity")]
    public async Task A_wrong_question_is_told_what_is_wrong(string question, int status, string? field)
    {
        var response = await _auditor.GetAsync($"/api/audit/{question}");
        ((int)response.StatusCode).ShouldBe(status, await response.Content.ReadAsStringAsync());
        var problem = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        problem["code"]!.GetValue<string>().ShouldBe(status == 404 ? "not-found" : "validation-failed");
        if (field is not null) problem["errors"]!.AsObject().Select(e => e.Key).ShouldBe([field]);
    }

    [Fact]
    public async Task The_figures_are_for_staff_and_the_log_for_auditors()
    {
        async Task<HttpStatusCode> StatusAsync(string role, string path) => (await audit.As("somebody", role).GetAsync($"/api/audit/{path}")).StatusCode;
        foreach (var role in new[] { "it", "hr", "auditor", "admin" }) (await StatusAsync(role, "coverage")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync("employee", "coverage")).ShouldBe(HttpStatusCode.Forbidden);
        foreach (var path in new[] { "log", "log/export", "log/verify" })
        {
            (await StatusAsync("admin", path)).ShouldBe(HttpStatusCode.OK);
            (await StatusAsync("it", path)).ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    private async Task<JsonNode> CoverageAsync(string question, Func<JsonNode, bool> condition) =>
        await Eventually.ReadAsync(() => GetAsync($"coverage?{question}"), condition);

    private async Task<int> CountAsync(string question) => (await GetAsync(question))["items"]!.AsArray().Count;

    private async Task<JsonNode> GetAsync(string question) => (await _auditor.GetFromJsonAsync<JsonNode>($"/api/audit/{question}", None))!;

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
