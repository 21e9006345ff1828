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
    }

    [Fact]
    public async Task Each_figure_opens_exactly_the_people_it_counts_in_the_units_below_too()
    {
        var told = new Told(audit.Broker);
        await told.UnitAsync("Above");
        var below = await told.UnitAsync("Below", told.Unit, Guid.CreateVersion7());
        var (ready, laptop, vpn) = (await told.PersonAsync("Ready", below), await told.PersonAsync("Laptop", below), await told.PersonAsync("Vpn"));
        await told.PersonAsync("Nothing");
        var office = told.Person("Office");
        await audit.Broker.PublishAsync(office with { Person = office.Person with { Placements = [office.Person.Placements[0] with { HomeOfficeEligible = false }] } });
        await audit.Broker.PublishAsync(told.Issued(ready, Told.Day(2, 1)));
        await audit.Broker.PublishAsync(told.Issued(laptop, Told.Day(2, 1)));
        await audit.Broker.PublishAsync(told.Activated(ready, Told.Day(2, 1)));
        await audit.Broker.PublishAsync(told.Activated(vpn, Told.Day(2, 1)));
        var figures = await CoverageAsync(
            $"unit={told.Unit}&asOf=2020-02-01",
            c => c["staff"]!.GetValue<int>() == 5 && c["withLaptop"]!.GetValue<int>() == 2 && c["withVpn"]!.GetValue<int>() == 2 && c["ready"]!.GetValue<int>() == 1);

        async Task<int> OpenedAsync(string filter)
        {
            var page = await GetAsync($"coverage/people?unit={told.Unit}&asOf=2020-02-01&knownAt={Uri.EscapeDataString(figures["knownAt"]!.GetValue<string>())}{filter}");
            page["logPosition"]!.GetValue<long>().ShouldBe(figures["logPosition"]!.GetValue<long>());
            page["knownAt"]!.GetValue<string>().ShouldBe(figures["knownAt"]!.GetValue<string>());
            page["total"]!.GetValue<int>().ShouldBe(page["items"]!.AsArray().Count);
            return page["items"]!.AsArray().Count;
        }

        (await OpenedAsync("")).ShouldBe(5);
        (await OpenedAsync("&with=laptop")).ShouldBe(2);
        (await OpenedAsync("&with=VPN")).ShouldBe(2);
        (await OpenedAsync("&with=laptop,vpn")).ShouldBe(1);
        (await OpenedAsync("&without=laptop")).ShouldBe(3);
        (await OpenedAsync("&without=laptop,vpn")).ShouldBe(4);
        (await OpenedAsync("&with=laptop&without=vpn")).ShouldBe(1);
        (await OpenedAsync("&eligible=true")).ShouldBe(figures["eligible"]!.GetValue<int>());
        figures["eligibleNotReady"]!.GetValue<int>().ShouldBe(3);
        (await OpenedAsync("&eligible=true&without=laptop,vpn")).ShouldBe(3);
        (await OpenedAsync("&eligible=false")).ShouldBe(1);
    }

    [Fact]
    public async Task The_next_page_is_of_the_knowledge_of_the_first()
    {
        var told = new Told(audit.Broker);
        await told.UnitAsync("Paged");
        foreach (var name in new[] { "B", "D" }) await told.PersonAsync(name);
        await CoverageAsync($"unit={told.Unit}&asOf=2020-02-01", c => c["staff"]!.GetValue<int>() == 2);
        var first = await GetAsync($"coverage/people?unit={told.Unit}&asOf=2020-02-01&limit=1");

        await told.PersonAsync("C");
        await CoverageAsync($"unit={told.Unit}&asOf=2020-02-01", c => c["staff"]!.GetValue<int>() == 3);

        var second = await GetAsync($"coverage/people?unit={told.Unit}&asOf=2020-02-01&limit=1&cursor={first["next"]}");
        second["items"]!.AsArray().Single()!["name"]!.GetValue<string>().ShouldBe("Änne D");
        second["next"].ShouldBeNull();
        second["knownAt"]!.GetValue<string>().ShouldBe(first["knownAt"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_report_printed_while_events_were_under_way_reads_the_same_for_ever()
    {
        var told = new Told(audit.Broker);
        await told.UnitAsync("Under way");
        var people = Enumerable.Range(0, 60).Select(i => told.Person($"P{i}")).ToList();
        // Their producer's clock is behind: by it, all of them were recorded before the report.
        var late = people.Select(p => p with { Meta = p.Meta with { RecordedAt = p.Meta.RecordedAt.AddHours(-1) } });
        var publishing = Task.Run(async () =>
        {
            foreach (var person in late) await audit.Broker.PublishAsync(person);
        });
        var printed = await Eventually.ReadAsync(() => GetAsync($"coverage?unit={told.Unit}&asOf=2020-02-01&per=unit"), c => c["staff"]!.GetValue<int>() > 0);
        await publishing;
        await CoverageAsync($"unit={told.Unit}&asOf=2020-02-01", c => c["staff"]!.GetValue<int>() == 60);

        var again = await GetAsync($"coverage?unit={told.Unit}&asOf=2020-02-01&per=unit&knownAt={Uri.EscapeDataString(printed["knownAt"]!.GetValue<string>())}");

        again.ToJsonString().ShouldBe(printed.ToJsonString());
    }

    [Fact]
    public async Task A_unit_that_began_later_is_not_listed_before_and_its_figures_are_those_of_nobody()
    {
        var told = new Told(audit.Broker);
        await told.UnitAsync("There always");
        var later = await told.UnitAsync("Began later", told.Unit, Guid.CreateVersion7(), new DateOnly(2020, 3, 1));
        await told.PersonAsync("Early", later);
        var on = await CoverageAsync($"unit={told.Unit}&asOf=2020-03-01&per=unit", c => c["units"]!.AsArray().Count == 2 && c["staff"]!.GetValue<int>() == 1);
        on["units"]![1]!["name"]!.GetValue<string>().ShouldBe("Began later");

        var before = await GetAsync($"coverage?unit={told.Unit}&asOf=2020-02-29&per=unit");
        before["units"]!.AsArray().Select(u => u!["id"]!.GetValue<Guid>()).ShouldBe([told.Unit]);
        var itself = await GetAsync($"coverage?unit={later}&asOf=2020-02-29&per=unit");
        (itself["staff"]!.GetValue<int>(), itself["units"]!.AsArray().Count, itself["percentages"]!["readyOfStaff"]).ShouldBe((0, 0, null));
        (await GetAsync($"coverage/people?unit={later}&asOf=2020-02-29"))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_log_names_the_numbers_that_a_stream_lacks_until_they_arrive()
    {
        var told = new Told(audit.Broker);
        var person = await told.PersonAsync("Numbered");
        var issued = told.Issued(person, Told.Day(2, 1));
        await audit.Broker.PublishAsync(told.Lost(issued, Told.Day(2, 2)));
        async Task<JsonNode?> GapAsync() => (await GetAsync("log/verify"))["gaps"]!.AsArray().SingleOrDefault(g => g!["entityId"]!.GetValue<Guid>() == issued.Meta.AggregateId);

        var gap = (await Eventually.ReadAsync(GapAsync, g => g is not null))!;
        (gap["stream"]!.GetValue<string>(), gap["missingFrom"]!.GetValue<long>(), gap["missingTo"]!.GetValue<long>()).ShouldBe(("custody", 1, 1));
        var lost = (await GetAsync($"log?entity={issued.Meta.AggregateId}"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        gap["since"]!.GetValue<DateTimeOffset>().ShouldBe(lost["loggedAt"]!.GetValue<DateTimeOffset>());

        await audit.Broker.PublishAsync(issued);
        await Eventually.ReadAsync(GapAsync, g => g is null);
        (await GetAsync("log/verify"))["verified"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Accounts_and_sign_ins_are_in_the_log_and_found_by_whose_they_are()
    {
        var told = new Told(audit.Broker);
        var person = Guid.CreateVersion7();
        var account = new AccountChanged
        {
            Meta = told.Meta(Guid.CreateVersion7(), Told.Day(2, 1)),
            Account = new AccountState { Subject = "erika.muster", Name = "Erika Muster", PersonId = person, Kind = AccountKinds.Person },
            Change = "created",
        };
        var signedIn = new SignedIn { Meta = told.Meta(Guid.CreateVersion7(), Told.Day(2, 2)), AccountId = account.Meta.AggregateId };
        signedIn = signedIn with { Meta = signedIn.Meta with { Actor = new Actor { Subject = "erika.muster", Role = "employee", PersonId = person }, CausedBy = account.Meta.EventId } };
        await audit.Broker.PublishAsync(account);
        await audit.Broker.PublishAsync(signedIn);
        await audit.Broker.PublishAsync(new SignInRefused { Meta = told.Meta(Guid.CreateVersion7(), Told.Day(2, 3)), AccountId = account.Meta.AggregateId, Reason = "credentials", Count = 3 });

        var session = (await Eventually.ReadAsync(() => GetAsync($"log?entity={signedIn.Meta.AggregateId}"), l => l["items"]!.AsArray().Count == 1))["items"]![0]!;
        session["actor"]!["personId"]!.GetValue<Guid>().ShouldBe(person);
        session["causedBy"]!.GetValue<Guid>().ShouldBe(account.Meta.EventId);
        session["streamNumber"]!.GetValue<long>().ShouldBe(1);
        var created = (await GetAsync($"log?entity={person}"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        created["data"]!["account"]!.AsObject().ContainsKey("name").ShouldBeFalse();
        created["personal"]!.ToJsonString().ShouldBe("""{"name":"Erika Muster","subject":"erika.muster"}""");
        await Eventually.ShouldAsync(async () => (await GetAsync($"log?type=SignInRefused"))["items"]!.AsArray().Any(e => e!["data"]!["count"]!.GetValue<int>() == 3).ShouldBeTrue());
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
        // In the order in which the log learned of them.
        log["items"]!.AsArray().Select(e => e!["id"]!.GetValue<Guid>()).ShouldBe([lost.Meta.EventId, issued.Meta.EventId, person.Meta.EventId], ignoreOrder: true);
        log["items"]!.AsArray().Select(e => e!["sequence"]!.GetValue<long>()).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task The_log_shows_who_did_what_and_when_and_is_found_by_each_of_them()
    {
        var told = new Told(audit.Broker);
        var person = await told.PersonAsync("Logged");
        await Eventually.ShouldAsync(async () => (await CountAsync($"log?entity={person}")).ShouldBe(1));
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
        entry["loggedAt"]!.GetValue<DateTimeOffset>().ShouldBeGreaterThan(issued.Meta.RecordedAt);
        entry["streamNumber"]!.GetValue<long>().ShouldBe(1);
        entry["personId"]!.GetValue<Guid>().ShouldBe(person);
        entry["personal"].ShouldBeNull();

        (await CountAsync("log?actor=Carl")).ShouldBe(1);
        (await CountAsync($"log?person={person}&type=DeviceIssued,DeviceReturned")).ShouldBe(1);
        (await CountAsync($"log?actor=carl&type=deviceIssued&entity={person}&from=2020-01-01")).ShouldBe(1);
        (await CountAsync("log?actor=carl&type=DeviceReturned")).ShouldBe(0);
        (await CountAsync("log?actor=carl&to=2020-01-01")).ShouldBe(0);
        var logged = Uri.EscapeDataString(entry["loggedAt"]!.GetValue<string>());
        (await CountAsync($"log?actor=carl&from={logged}&to={logged}")).ShouldBe(1);

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
                {"actor":{"onBehalfOf":{{{Id(actor, "onBehalfOf")}}},"personId":{{{Id(actor, "personId")}}},"role":"{{{actor.GetProperty("role")}}}","subject":"{{{actor.GetProperty("subject")}}}"},"causedBy":{{{Id(entry, "causedBy")}}},"correlationId":"{{{entry.GetProperty("correlationId")}}}","data":"{{{Sha256(entry.GetProperty("data").GetRawText())}}}","effectiveAt":"{{{Instant("effectiveAt")}}}","entity":{"id":"{{{entity.GetProperty("id")}}}","kind":"{{{entity.GetProperty("kind")}}}","version":{{{entity.GetProperty("version")}}}},"eventId":"{{{entry.GetProperty("id")}}}","loggedAt":"{{{Instant("loggedAt")}}}","personId":{{{Id(entry, "personId")}}},"personal":{{{personal}}},"previousHash":"{{{previous}}}","recordedAt":"{{{Instant("recordedAt")}}}","sequence":{{{entry.GetProperty("sequence")}}},"streamNumber":{{{entry.GetProperty("streamNumber")}}},"type":"{{{entry.GetProperty("type")}}}"}
                """;
            entry.GetProperty("hash").GetString().ShouldBe(Sha256(bytes), line);
            previous = entry.GetProperty("hash").GetString()!;

            static string Id(JsonElement of, string name) => of.TryGetProperty(name, out var id) ? $"\"{id}\"" : "null";
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
    [InlineData("coverage/series?step=week,year", 400, "step")]
    [InlineData("coverage/people?with=mouse", 400, "with")]
    [InlineData("coverage/people?without=laptop,", 400, "without")]
    [InlineData("coverage/people?with=0", 400, "with")]
    [InlineData("coverage/people?eligible=perhaps", 400, "eligible")]
    [InlineData("coverage?asOf=9999-12-31", 400, "asOf")]
    [InlineData("coverage?asOf=0001-01-01", 400, "asOf")]
    [InlineData("coverage/people?asOf=0001-01-01", 400, "asOf")]
    [InlineData("coverage/series?from=0001-01-01", 400, "from")]
    [InlineData("coverage?knownAt=0001-01-01T00:00:00Z", 400, "knownAt")]
    [InlineData("coverage?knownAt=2020-01-01T00:00:00", 400, "knownAt")]
    [InlineData("log?from=0001-01-01", 400, "from")]
    [InlineData("log?to=9999-12-31", 400, "to")]
    [InlineData("log?sort=hash", 400, "sort")]
    [InlineData("log?person=somebody", 400, "person")]
    [InlineData("coverage?asOf=2199-12-31", 400, "asOf")]
    [InlineData("coverage/series?to=9999-12-31", 400, "to")]
    [InlineData("coverage/series?from=9999-12-31", 400, "from")]
    [InlineData("coverage?knownAt=9999-12-31T23:59:59Z", 400, "knownAt")]
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

    [Theory]
    [InlineData("coverage?missing=laptop", "missing", "unknown-parameter")]
    [InlineData("coverage/people?missing=laptop", "missing", "unknown-parameter")]
    [InlineData("coverage/people?with=laptop&with=vpn", "with", "repeated-parameter")]
    [InlineData("coverage/series?asOf=2020-01-01", "asOf", "unknown-parameter")]
    [InlineData("coverage/series?step=day&step=week", "step", "repeated-parameter")]
    [InlineData("log?subject=carl", "subject", "unknown-parameter")]
    [InlineData("log/verify?from=2020-01-01", "from", "unknown-parameter")]
    [InlineData("log/export?type=DeviceIssued", "type", "unknown-parameter")]
    public async Task A_parameter_that_is_unknown_or_repeated_is_named_with_those_there_are(string question, string parameter, string code)
    {
        var response = await _auditor.GetAsync($"/api/audit/{question}");
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        problem["code"]!.GetValue<string>().ShouldBe(code);
        problem["errors"]!.AsObject().ShouldHaveSingleItem().Key.ShouldBe(parameter);
    }

    [Theory]
    [InlineData("coverage/series?step=WEEK&to=2020-03-01")]
    [InlineData("coverage?per=Unit&asOf=1900-01-01")]
    [InlineData("coverage?asOf=1900-01-01&knownAt=1900-01-01T00:00:00Z")]
    [InlineData("coverage/series?from=1900-01-01&to=1900-01-01")]
    [InlineData("coverage/series?to=1900-01-01&step=year")]
    [InlineData("log?from=1900-01-01&to=2199-12-31")]
    [InlineData("log?from=2199-12-31&to=1900-01-01")]
    [InlineData("log?type=deviceissued,DeviceReturned&sort=loggedAt")]
    public async Task What_is_at_the_edge_of_what_can_be_asked_is_answered(string question) =>
        (await _auditor.GetAsync($"/api/audit/{question}")).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task People_and_log_can_be_read_as_tables()
    {
        var told = new Told(audit.Broker);
        await told.UnitAsync("Table");
        var person = await told.PersonAsync("Tabelle");
        await audit.Broker.PublishAsync(told.Issued(person, Told.Day(2, 1), "LT-T"));
        await CoverageAsync($"unit={told.Unit}&asOf=2020-02-01", c => c["withLaptop"]!.GetValue<int>() == 1);
        async Task<string[]> LinesAsync(string question)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/audit/{question}");
            request.Headers.Accept.ParseAdd("text/csv");
            var response = await _auditor.SendAsync(request);
            response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
            return (await response.Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        }

        (await LinesAsync($"coverage/people?unit={told.Unit}&asOf=2020-02-01&with=laptop")).ShouldBe(
        [
            "personnelNumber,name,unit,eligible,withLaptop,assetTags,withVpn,ready,personId,unitId",
            $"P-{person:N},Änne Tabelle,Table,true,true,LT-T,false,false,{person},{told.Unit}",
        ]);
        var log = await LinesAsync($"log?person={person}");
        log.Length.ShouldBe(3);
        log[0].ShouldStartWith("sequence,loggedAt,recordedAt,effectiveAt,type,");
        // In the order in which they were recorded, which nobody promised.
        log.Skip(1).ShouldContain(line => line.Contains(",2020-02-01T09:00:00Z,DeviceIssued,device,", StringComparison.Ordinal));
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

    [Fact]
    public async Task The_description_says_whom_eligible_but_not_ready_counts_wherever_the_figure_is()
    {
        var document = (await _auditor.GetFromJsonAsync<JsonNode>("/openapi/audit.json", None))!;

        var said = document["components"]!["schemas"]!.AsObject().Select(s => s.Value!["properties"]?["eligibleNotReady"]).OfType<JsonNode>()
            .Select(p => (string?)p["description"]).ToList();

        said.Count.ShouldBe(3);
        said.ShouldAllBe(text => text != null && text.Contains("eligible=true&without=laptop,vpn", StringComparison.Ordinal));
    }

    private async Task<JsonNode> CoverageAsync(string question, Func<JsonNode, bool> condition) =>
        await Eventually.ReadAsync(() => GetAsync($"coverage?{question}"), condition);

    private async Task<int> CountAsync(string question) => (await GetAsync(question))["items"]!.AsArray().Count;

    private async Task<JsonNode> GetAsync(string question) => (await _auditor.GetFromJsonAsync<JsonNode>($"/api/audit/{question}", None))!;

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
