using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Fleet.Contracts;
using static Fleet.Tests.Integration.Assignment.AssignmentFixture;

namespace Fleet.Tests.Integration.Assignment;

public sealed class OrganisationTests(AssignmentFixture assignment) : IClassFixture<AssignmentFixture>
{
    [Fact]
    public async Task A_unit_moves_from_a_day_on_and_its_history_is_published()
    {
        var (first, second) = (await DepartmentAsync(), await DepartmentAsync());
        var office = await assignment.CreateAsync("units", new { name = "Building", kind = "office", parentId = Id(first) });

        var answer = await assignment.Hr.PatchAsJsonAsync($"{Api}/units/{Id(office)}", new { parentId = Id(second), effectiveFrom = "2020-03-01" });

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.ETag!.Tag.ShouldBe("\"2\"");
        (await BodyAsync(answer))["parentId"]!.GetValue<Guid>().ShouldBe(Id(second));
        var changed = (await assignment.PublishedAsync<UnitChanged>(Id(office), 2))[1];
        changed.Unit.Periods.ShouldBe([
            new UnitPeriod { Name = "Building", ParentId = Id(first) }, new UnitPeriod { From = new DateOnly(2020, 3, 1), Name = "Building", ParentId = Id(second) }]);
        changed.Meta.EffectiveAt.ShouldBe(new DateTimeOffset(2020, 2, 29, 23, 0, 0, TimeSpan.Zero));
        changed.Meta.AggregateVersion.ShouldBe(2);
        Items(await assignment.Hr.GetFromJsonAsync<JsonNode>($"{Api}/units?parentId={Id(second)}&kind=office")).ShouldBe([Id(office)]);
        Items(await assignment.Hr.GetFromJsonAsync<JsonNode>($"{Api}/units?parentId={Id(first)}")).ShouldBeEmpty();
        var wrong = await ShouldBeRefusedAsync(await assignment.Hr.GetAsync($"{Api}/units?kind=castle"), HttpStatusCode.BadRequest, "validation-failed");
        wrong["errors"]!["kind"]![0]!.ToString().ShouldBe("Must be one or more of county, department, office, team, separated by commas.");
    }

    [Fact]
    public async Task A_unit_is_refused_a_parent_that_is_not_above_it()
    {
        var department = await DepartmentAsync();
        var office = await assignment.CreateAsync("units", new { name = "Building", kind = "office", parentId = Id(department) });

        await ShouldBeRefusedAsync(
            await assignment.Hr.PostAsJsonAsync($"{Api}/units", new { name = "X", kind = "department", parentId = Id(office) }), HttpStatusCode.Conflict, "unit-kind-order");
        await ShouldBeRefusedAsync(
            await assignment.Hr.PatchAsJsonAsync($"{Api}/units/{Id(department)}", new { parentId = Id(office) }), HttpStatusCode.Conflict, "unit-cycle");
        var unknown = await assignment.Hr.PostAsJsonAsync($"{Api}/units", new { name = "X", kind = "team", parentId = Guid.CreateVersion7() });
        (await ShouldBeRefusedAsync(unknown, HttpStatusCode.BadRequest, "validation-failed"))["errors"]!["parentId"].ShouldNotBeNull();
        await ShouldBeRefusedAsync(
            await assignment.Hr.PatchAsJsonAsync($"{Api}/units/{Guid.CreateVersion7()}", new { name = "X" }), HttpStatusCode.NotFound, "not-found");
        await ShouldBeRefusedAsync(
            await assignment.Hr.PatchAsJsonAsync($"{Api}/units/{Id(office)}", new { name = "X", effectiveFrom = "2199-01-01" }),
            HttpStatusCode.BadRequest, "effective-at-in-future");
    }

    [Fact]
    public async Task A_change_names_nothing_blank_and_nothing_is_changed()
    {
        var (unit, person) = (await assignment.OfficeAsync(), await assignment.PersonAsync());
        await ShouldNameAsync(assignment.Hr.PatchAsJsonAsync($"{Api}/units/{Id(unit)}", new { name = " ", effectiveFrom = "2199-01-01" }), "name", "effectiveFrom");
        await ShouldNameAsync(
            assignment.Hr.PatchAsJsonAsync($"{Api}/people/{Id(person)}", new { personnelNumber = "", userName = " ", givenName = "\t", familyName = "\u00a0", email = " " }),
            "personnelNumber", "userName", "givenName", "familyName", "email");
        (await assignment.Hr.GetFromJsonAsync<JsonNode>($"{Api}/people/{Id(person)}"))!.ToJsonString().ShouldBe(person.ToJsonString());
        await ShouldNameAsync(
            assignment.It.PostAsJsonAsync($"{Api}/handovers", new { personId = Id(person), assetTags = new[] { "LRA-1", " ", new string('x', 101) } }), "assetTags[1]", "assetTags[2]");
    }

    [Fact]
    public async Task A_change_over_a_version_that_is_gone_is_refused()
    {
        var office = await assignment.OfficeAsync();
        using var client = assignment.As("hr.lang", "hr");
        client.DefaultRequestHeaders.IfMatch.Add(new EntityTagHeaderValue("\"7\""));

        await ShouldBeRefusedAsync(
            await client.PatchAsJsonAsync($"{Api}/units/{Id(office)}", new { name = "X" }), HttpStatusCode.PreconditionFailed, "version-mismatch");
    }

    [Fact]
    public async Task A_person_is_registered_found_and_published()
    {
        var office = await assignment.OfficeAsync();
        var request = Person(office);
        var person = await assignment.CreateAsync("people", request);

        var registered = (await assignment.PublishedAsync<PersonRegistered>(Id(person)))[0];
        registered.Meta.EffectiveAt.ShouldBe(new DateTimeOffset(2020, 1, 6, 23, 0, 0, TimeSpan.Zero));
        registered.Meta.Actor.ShouldBe(new Actor { Subject = "hr.lang", Role = "hr" });
        registered.Person.Placements.ShouldHaveSingleItem().ShouldBe(
            new PlacementPeriod { From = new DateOnly(2020, 1, 7), UnitId = Id(office), HomeOfficeEligible = true });
        foreach (var filter in new[] { $"unitId={Id(office)}", $"userName={request["userName"]!.ToString().ToUpperInvariant()}", $"personnelNumber={request["personnelNumber"]}&unitId={Id(office)}" })
            Items(await assignment.It.GetFromJsonAsync<JsonNode>($"{Api}/people?{filter}")).ShouldBe([Id(person)], filter);
        Items(await assignment.It.GetFromJsonAsync<JsonNode>($"{Api}/people?personnelNumber={request["personnelNumber"]}&unitId={Id(await assignment.OfficeAsync())}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task People_are_listed_by_unit_and_all_below_by_any_word_and_by_status_in_the_order_asked_for()
    {
        var department = await DepartmentAsync();
        var office = await assignment.CreateAsync("units", new { name = "Building", kind = "office", parentId = Id(department) });
        var team = await assignment.CreateAsync("units", new { name = "Bridges", kind = "team", parentId = Id(office) });
        var (mueller, zander, adler) = (Person(team, "Müller-Lüdenscheidt"), Person(office, "Zander"), Person(department, "Adler"));
        zander["endDate"] = "2020-06-30";
        adler["startDate"] = "2199-01-01";
        var ids = new List<Guid>();
        foreach (var person in new[] { mueller, zander, adler }) ids.Add(Id(await assignment.CreateAsync("people", person)));

        async Task<List<Guid>> FindAsync(string query) => Items(await assignment.Hr.GetFromJsonAsync<JsonNode>($"{Api}/people?unitId={Id(department)}&{query}"));
        (await FindAsync("sort=name")).ShouldBe([ids[2], ids[0], ids[1]]);
        (await FindAsync("sort=-startDate")).ShouldBe([ids[2], ids[1], ids[0]]);
        (await FindAsync("status=employed")).ShouldBe([ids[0]]);
        (await FindAsync("status=left")).ShouldBe([ids[1]]);
        (await FindAsync("status=joining")).ShouldBe([ids[2]]);
        (await FindAsync("startDateFrom=2020-01-01&startDateTo=2020-12-31&sort=name")).ShouldBe([ids[0], ids[1]]);
        // Who has no last day has none in any range.
        (await FindAsync("endDateFrom=1900-01-01")).ShouldBe([ids[1]]);
        (await FindAsync("sort=-endDate")).ShouldBe([ids[2], ids[0], ids[1]]);
        foreach (var typed in new[] { "mueller", "muller", "Müll", "LÜDEN", mueller["personnelNumber"]!.ToString(), "anna mull" })
            (await FindAsync($"search={Uri.EscapeDataString(typed)}")).ShouldBe([ids[0]], typed);
        Items(await assignment.Hr.GetFromJsonAsync<JsonNode>($"{Api}/people?unitId={Id(team)},{Id(office)}&sort=name")).ShouldBe([ids[0], ids[1]]);
        Items(await assignment.Hr.GetFromJsonAsync<JsonNode>($"{Api}/units?search=bridg&parentId={Id(office)}")).ShouldBe([Id(team)]);
        var unknown = await ShouldBeRefusedAsync(await assignment.Hr.GetAsync($"{Api}/people?unitId={Guid.CreateVersion7()}"), HttpStatusCode.BadRequest, "validation-failed");
        unknown["errors"]!["unitId"].ShouldNotBeNull();
    }

    [Fact]
    public async Task What_is_unique_to_a_person_is_given_once_whatever_its_case()
    {
        var office = await assignment.OfficeAsync();
        var first = Person(office);
        await assignment.CreateAsync("people", first);

        foreach (var (field, code) in new[] { ("personnelNumber", "personnel-number-in-use"), ("userName", "user-name-in-use"), ("email", "email-in-use") })
        {
            var second = Person(office);
            second[field] = $" {first[field]!.ToString().ToUpperInvariant()}";
            await ShouldBeRefusedAsync(await assignment.Hr.PostAsJsonAsync($"{Api}/people", second), HttpStatusCode.Conflict, code);

            var other = await assignment.CreateAsync("people", Person(office));
            var patch = new JsonObject { [field] = first[field]!.ToString() };
            await ShouldBeRefusedAsync(await assignment.Hr.PatchAsJsonAsync($"{Api}/people/{Id(other)}", patch), HttpStatusCode.Conflict, code);
        }
    }

    [Fact]
    public async Task A_wrong_person_is_refused_with_every_wrong_field_named()
    {
        var wrong = JsonNode.Parse("""{"personnelNumber":"","userName":5,"givenName":"A","email":"nobody","unitId":"x","startDate":"tomorrow","shoeSize":43}""");
        var problem = await ShouldBeRefusedAsync(await assignment.Hr.PostAsJsonAsync($"{Api}/people", wrong), HttpStatusCode.BadRequest, "validation-failed");
        problem["errors"]!.AsObject().Select(e => e.Key).ShouldBe(
            ["personnelNumber", "userName", "familyName", "email", "unitId", "startDate", "shoeSize"], ignoreOrder: true);

        var dangling = Person(new JsonObject { ["id"] = Guid.CreateVersion7() }, kitId: Guid.CreateVersion7());
        dangling["endDate"] = "2019-12-31";
        problem = await ShouldBeRefusedAsync(await assignment.Hr.PostAsJsonAsync($"{Api}/people", dangling), HttpStatusCode.BadRequest, "validation-failed");
        problem["errors"]!.AsObject().Select(e => e.Key).ShouldBe(["unitId", "kitId", "endDate"], ignoreOrder: true);
    }

    [Fact]
    public async Task Nobody_works_in_a_unit_before_it_begins()
    {
        var founded = await assignment.CreateAsync("units", new { name = "Crisis team", kind = "team", effectiveFrom = "2020-03-16" });
        var early = Person(founded);
        var problem = await ShouldBeRefusedAsync(await assignment.Hr.PostAsJsonAsync($"{Api}/people", early), HttpStatusCode.BadRequest, "validation-failed");
        problem["errors"]!["unitId"]![0]!.ToString().ShouldContain("2020-03-16");

        early["startDate"] = "2020-03-16";
        var person = await assignment.CreateAsync("people", early);
        problem = await ShouldBeRefusedAsync(
            await assignment.Hr.PatchAsJsonAsync($"{Api}/people/{Id(person)}", new { startDate = "2020-03-15" }), HttpStatusCode.BadRequest, "validation-failed");
        problem["errors"]!["startDate"]![0]!.ToString().ShouldContain("2020-03-16");

        var other = await assignment.PersonAsync();
        problem = await ShouldBeRefusedAsync(
            await assignment.Hr.PatchAsJsonAsync($"{Api}/people/{Id(other)}", new { unitId = Id(founded), effectiveAt = "2020-03-15T12:00:00Z" }), HttpStatusCode.BadRequest, "validation-failed");
        problem["errors"]!["unitId"]![0]!.ToString().ShouldContain("2020-03-16");
    }

    [Fact]
    public async Task Nothing_belongs_to_a_unit_before_it_begins()
    {
        var founded = await assignment.CreateAsync("units", new { name = "New department", kind = "department", effectiveFrom = "2020-03-16" });

        foreach (var from in new[] { null, "2020-03-15" })
        {
            var problem = await ShouldBeRefusedAsync(
                await assignment.Hr.PostAsJsonAsync($"{Api}/units", new { name = "X", kind = "office", parentId = Id(founded), effectiveFrom = from }),
                HttpStatusCode.BadRequest, "validation-failed");
            problem["errors"]!["parentId"]![0]!.ToString().ShouldContain("2020-03-16");
        }

        await assignment.CreateAsync("units", new { name = "X", kind = "office", parentId = Id(founded), effectiveFrom = "2020-03-16" });
    }

    [Fact]
    public async Task A_move_told_later_takes_its_place_in_the_history()
    {
        var (person, second, third) = (await assignment.PersonAsync(), await assignment.OfficeAsync(), await assignment.OfficeAsync());

        await assignment.Hr.PatchAsJsonAsync($"{Api}/people/{Id(person)}", new { unitId = Id(third), effectiveAt = "2020-04-01T10:00:00Z" });
        var answer = await assignment.Hr.PatchAsJsonAsync($"{Api}/people/{Id(person)}", new { unitId = Id(second), homeOfficeEligible = false, effectiveAt = "2020-02-29T23:30:00Z" });

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var changed = (await assignment.PublishedAsync<PersonChanged>(Id(person), 2))[1];
        changed.Person.Placements.Select(p => (p.From, p.UnitId, p.HomeOfficeEligible)).ShouldBe([
            (new DateOnly(2020, 1, 7), person["unitId"]!.GetValue<Guid>(), true), (new DateOnly(2020, 3, 1), Id(second), false), (new DateOnly(2020, 4, 1), Id(third), false)]);
        await ShouldBeRefusedAsync(
            await assignment.Hr.PatchAsJsonAsync($"{Api}/people/{Id(person)}", new { unitId = Id(third), effectiveAt = "2020-01-01T00:00:00Z" }),
            HttpStatusCode.BadRequest, "effective-at-too-early");
    }

    [Fact]
    public async Task A_kit_s_name_is_given_once()
    {
        var kit = await assignment.KitAsync("laptop", "vpn");

        kit["items"]!.AsArray().Select(i => $"{i!["kind"]} {i["count"]} {i["optional"]}").ShouldBe(["laptop 1 false", "vpn 1 false"]);
        await ShouldBeRefusedAsync(
            await assignment.Hr.PostAsJsonAsync($"{Api}/kits", new { name = kit["name"]!.ToString().ToUpperInvariant(), items = Array.Empty<object>() }),
            HttpStatusCode.Conflict, "kit-name-in-use");
        var wrong = await assignment.Hr.PostAsJsonAsync($"{Api}/kits", new { name = "X", items = new object[] { new { kind = "toaster", count = 0 } } });
        (await ShouldBeRefusedAsync(wrong, HttpStatusCode.BadRequest, "validation-failed"))["errors"]!.AsObject().Select(e => e.Key)
            .ShouldBe(["items[0].kind", "items[0].count"], ignoreOrder: true);
    }

    [Fact]
    public async Task Everybody_may_only_do_what_their_role_is_for()
    {
        var answers = new[]
        {
            await assignment.It.PostAsJsonAsync($"{Api}/people", new { }),
            await assignment.Hr.PostAsJsonAsync($"{Api}/handovers", new { }),
            await assignment.As("eva", "employee").GetAsync($"{Api}/people"),
            await assignment.As("rev", "auditor").PostAsJsonAsync($"{Api}/returns", new { }),
        };
        foreach (var answer in answers) await ShouldBeRefusedAsync(answer, HttpStatusCode.Forbidden, "role-missing");
    }

    private Task<JsonNode> DepartmentAsync() => assignment.CreateAsync("units", new { name = $"Department {Guid.CreateVersion7()}", kind = "department" });

    private static List<Guid> Items(JsonNode? list) => [.. list!["items"]!.AsArray().Select(i => Id(i!))];

    private static async Task ShouldNameAsync(Task<HttpResponseMessage> answer, params string[] fields) =>
        (await ShouldBeRefusedAsync(await answer, HttpStatusCode.BadRequest, "validation-failed"))["errors"]!.AsObject().Select(e => e.Key).ShouldBe(fields, ignoreOrder: true);
}
