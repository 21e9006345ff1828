using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Fleet.Contracts;
using static Fleet.Tests.Integration.Assignment.AssignmentFixture;

namespace Fleet.Tests.Integration.Assignment;

public sealed class HandoverTests(AssignmentFixture assignment) : IClassFixture<AssignmentFixture>
{
    [Fact]
    public async Task A_hand_over_is_answered_shown_and_published()
    {
        var kit = await assignment.KitAsync("laptop", "vpn");
        var person = await assignment.PersonAsync(kitId: Id(kit));
        var device = await assignment.DeviceAsync();

        var response = await assignment.It.PostAsJsonAsync(
            $"{Api}/handovers", new { personId = Id(person), assetTags = new[] { device.AssetTag.ToLowerInvariant() }, effectiveAt = "2020-02-03T09:00:00+01:00", dueBack = "2020-12-31" });

        var handover = await CreatedAsync(response);
        handover["personId"]!.GetValue<Guid>().ShouldBe(Id(person));
        handover["person"]!["name"]!.ToString().ShouldBe("Anna Huber");
        handover["devices"]![0]!["assetTag"]!.ToString().ShouldBe(device.AssetTag);
        handover["status"]!.ToString().ShouldBe("completed");
        handover["dueBack"]!.ToString().ShouldBe("2020-12-31");
        response.Headers.Location!.ToString().ShouldBe($"{Api}/handovers/{Id(handover)}");
        var read = await assignment.It.GetAsync($"{Api}/handovers/{Id(handover)}");
        read.Headers.ETag.ShouldBe(response.Headers.ETag);
        JsonNode.DeepEquals(await BodyAsync(read), handover).ShouldBeTrue();

        var issued = (await assignment.PublishedAsync<DeviceIssued>(device.DeviceId))[0];
        issued.Meta.EffectiveAt.ShouldBe(new DateTimeOffset(2020, 2, 3, 8, 0, 0, TimeSpan.Zero));
        issued.Meta.Actor.ShouldBe(new Actor { Subject = "it.weber", Role = "it" });
        issued.Meta.StreamNumber.ShouldBe(1);
        issued.Custody.Status.ShouldBe("held");
        var spell = issued.Custody.Spells.ShouldHaveSingleItem();
        (spell.From, spell.Until, spell.State, spell.PersonId, spell.HandoverId, spell.VpnIncluded).ShouldBe((issued.Meta.EffectiveAt, null, "held", Id(person), Id(handover), true));
    }

    [Fact]
    public async Task Of_fifty_pairs_at_the_same_moment_each_device_goes_to_exactly_one_and_the_other_learns_to_whom()
    {
        var (anna, ben) = (await assignment.PersonAsync("Huber"), await assignment.PersonAsync("Maier"));
        var devices = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => assignment.DeviceAsync())));

        var pairs = await Task.WhenAll(devices.Select(d =>
            Task.WhenAll(assignment.HandOverAsync(Id(anna), d.AssetTag), assignment.HandOverAsync(Id(ben), d.AssetTag, client: assignment.Admin))));

        foreach (var (device, pair) in devices.Zip(pairs))
        {
            pair.Select(a => a.StatusCode).ShouldBe([HttpStatusCode.Created, HttpStatusCode.Conflict], ignoreOrder: true);
            var winner = pair[0].StatusCode == HttpStatusCode.Created ? anna : ben;
            var refusal = await ShouldBeRefusedAsync(pair.Single(a => a.StatusCode == HttpStatusCode.Conflict), HttpStatusCode.Conflict, "device-already-issued");
            refusal["holder"]!["personId"]!.GetValue<Guid>().ShouldBe(Id(winner));
            refusal["holder"]!["name"]!.ToString().ShouldBe($"Anna {winner["familyName"]}");
            (await assignment.PublishedAsync<DeviceIssued>(device.DeviceId)).ShouldHaveSingleItem().Custody.Spells[^1].PersonId.ShouldBe(Id(winner));
        }
    }

    [Fact]
    public async Task Of_several_devices_all_go_or_none_and_two_that_want_the_same_do_not_keep_each_other_from_it()
    {
        var (anna, ben) = (await assignment.PersonAsync("Huber"), await assignment.PersonAsync("Maier"));
        var (one, two) = (await assignment.DeviceAsync(), await assignment.DeviceAsync("dock"));

        var answers = await Task.WhenAll(
            assignment.It.PostAsJsonAsync($"{Api}/handovers", new { personId = Id(anna), assetTags = new[] { one.AssetTag, two.AssetTag } }),
            assignment.It.PostAsJsonAsync($"{Api}/handovers", new { personId = Id(ben), assetTags = new[] { two.AssetTag, one.AssetTag } }));

        answers.Select(a => a.StatusCode).ShouldBe([HttpStatusCode.Created, HttpStatusCode.Conflict], ignoreOrder: true);
        var holders = new[] { one, two }.Select(async d => (await assignment.PublishedAsync<DeviceIssued>(d.DeviceId))[0].Custody.Spells[^1].PersonId);
        (await Task.WhenAll(holders)).Distinct().ShouldHaveSingleItem();

        var free = await assignment.DeviceAsync();
        await ShouldBeRefusedAsync(
            await assignment.It.PostAsJsonAsync($"{Api}/handovers", new { personId = Id(anna), assetTags = new[] { free.AssetTag, one.AssetTag } }),
            HttpStatusCode.Conflict, "device-already-issued");
        await CreatedAsync(await assignment.HandOverAsync(Id(anna), free.AssetTag));
    }

    [Fact]
    public async Task The_same_request_sent_again_is_answered_again_and_done_once()
    {
        var (person, device) = (await assignment.PersonAsync(), await assignment.DeviceAsync());
        var key = $"{Guid.CreateVersion7()}";

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 3; i++) answers.Add(await assignment.HandOverAsync(Id(person), device.AssetTag, key: key));

        var bodies = await Task.WhenAll(answers.Select(CreatedAsync));
        bodies.Select(b => b.ToJsonString()).Distinct().ShouldHaveSingleItem();
        answers.Select(a => $"{a.Headers.ETag} {a.Headers.Location}").Distinct().ShouldHaveSingleItem();
        (await assignment.PublishedAsync<DeviceIssued>(device.DeviceId)).ShouldHaveSingleItem();
        Handovers(await assignment.It.GetFromJsonAsync<JsonNode>($"{Api}/handovers?personId={Id(person)}")).ShouldBe([Id(bodies[0])]);
    }

    [Fact]
    public async Task A_refused_request_sent_again_under_its_key_is_tried_again()
    {
        var (anna, ben, device) = (await assignment.PersonAsync("Huber"), await assignment.PersonAsync("Maier"), await assignment.DeviceAsync());
        var key = $"{Guid.CreateVersion7()}";
        await CreatedAsync(await assignment.HandOverAsync(Id(anna), device.AssetTag));
        await ShouldBeRefusedAsync(await assignment.HandOverAsync(Id(ben), device.AssetTag, key: key), HttpStatusCode.Conflict, "device-already-issued");
        await CreatedAsync(await assignment.ReturnAsync(device.AssetTag));

        await CreatedAsync(await assignment.HandOverAsync(Id(ben), device.AssetTag, key: key));
    }

    [Fact]
    public async Task Facts_of_a_device_do_not_overlap()
    {
        var (person, device) = (await assignment.PersonAsync(), await assignment.DeviceAsync());
        await CreatedAsync(await assignment.HandOverAsync(Id(person), device.AssetTag, Since.AddDays(10)));
        await ShouldBeRefusedAsync(await assignment.ReturnAsync(device.AssetTag, Since.AddDays(9)), HttpStatusCode.BadRequest, "effective-at-too-early");
        await CreatedAsync(await assignment.ReturnAsync(device.AssetTag, Since.AddDays(12)));

        await ShouldBeRefusedAsync(
            await assignment.HandOverAsync(Id(person), device.AssetTag, Since.AddDays(11)), HttpStatusCode.BadRequest, "effective-at-too-early");
        await ShouldBeRefusedAsync(
            await assignment.HandOverAsync(Id(person), device.AssetTag, TimeProvider.System.GetUtcNow().AddHours(1)), HttpStatusCode.BadRequest, "effective-at-in-future");
    }

    [Fact]
    public async Task A_laptop_is_posted_ahead_of_the_first_day_and_not_after_the_last()
    {
        var office = await assignment.OfficeAsync();
        var (starter, leaver) = (Person(office), Person(office));
        starter["startDate"] = "2020-03-01";
        leaver["endDate"] = "2020-02-28";
        var device = await assignment.DeviceAsync();

        await CreatedAsync(await assignment.HandOverAsync(Id(await assignment.CreateAsync("people", starter)), device.AssetTag, new DateTimeOffset(2020, 2, 20, 9, 0, 0, TimeSpan.Zero)));
        await ShouldBeRefusedAsync(
            await assignment.HandOverAsync(Id(await assignment.CreateAsync("people", leaver)), (await assignment.DeviceAsync()).AssetTag), HttpStatusCode.Conflict, "person-has-left");
    }

    [Fact]
    public async Task Every_device_that_stands_in_the_way_is_named_with_its_reason()
    {
        var (anna, ben) = (await assignment.PersonAsync("Huber"), await assignment.PersonAsync("Maier"));
        var (held, broken, returned, free) = (await assignment.DeviceAsync(), await assignment.DeviceAsync(status: "inRepair"), await assignment.DeviceAsync(), await assignment.DeviceAsync());
        await CreatedAsync(await assignment.HandOverAsync(Id(anna), held.AssetTag, Since.AddDays(1)));
        await CreatedAsync(await assignment.HandOverAsync(Id(anna), returned.AssetTag, Since.AddDays(1)));
        await CreatedAsync(await assignment.ReturnAsync(returned.AssetTag, Since.AddDays(9)));

        var refusal = await ShouldBeRefusedAsync(
            await assignment.It.PostAsJsonAsync($"{Api}/handovers", new { personId = Id(ben), assetTags = new[] { free, returned, held, broken }.Select(d => d.AssetTag), effectiveAt = Since.AddDays(5) }),
            HttpStatusCode.Conflict, "device-already-issued");

        refusal["devices"]!.AsArray().Select(d => $"{d!["assetTag"]} {d["code"]}").ShouldBe([
            $"{returned.AssetTag} effective-at-too-early", $"{held.AssetTag} device-already-issued", $"{broken.AssetTag} device-not-available"]);
        refusal["holder"]!["name"]!.ToString().ShouldBe("Anna Huber");
        foreach (var device in new[] { returned, held, broken }) refusal["detail"]!.ToString().ShouldContain(device.AssetTag);
        var early = await ShouldBeRefusedAsync(await assignment.HandOverAsync(Id(ben), returned.AssetTag, Since.AddDays(5)), HttpStatusCode.BadRequest, "effective-at-too-early");
        early["errors"]!["effectiveAt"]![0]!.ToString().ShouldContain(returned.AssetTag);
    }

    [Fact]
    public async Task A_changed_name_shows_in_every_hand_over_at_once()
    {
        var person = await assignment.PersonAsync();
        var handover = await CreatedAsync(await assignment.HandOverAsync(Id(person), (await assignment.DeviceAsync()).AssetTag));

        (await assignment.Hr.PatchAsJsonAsync($"{Api}/people/{Id(person)}", new { familyName = "Schuster" })).EnsureSuccessStatusCode();

        (await assignment.It.GetFromJsonAsync<JsonNode>($"{Api}/handovers/{Id(handover)}"))!["person"]!["name"]!.ToString().ShouldBe("Anna Schuster");
    }

    [Fact]
    public async Task Tags_are_compared_without_case_and_space()
    {
        var (person, device) = (await assignment.PersonAsync(), await assignment.DeviceAsync());

        await CreatedAsync(await assignment.HandOverAsync(Id(person), $"  {device.AssetTag.ToLowerInvariant()} "));
    }

    [Fact]
    public async Task A_loss_is_no_return_and_a_find_is_one()
    {
        var (person, device) = (await assignment.PersonAsync(), await assignment.DeviceAsync());
        var handover = await CreatedAsync(await assignment.HandOverAsync(Id(person), device.AssetTag, Since.AddDays(1)));
        await CreatedAsync(await assignment.ReportLossAsync(device.AssetTag, effectiveAt: Since.AddDays(2)));

        var lost = (await assignment.It.GetFromJsonAsync<JsonNode>($"{Api}/handovers/{Id(handover)}"))!["devices"]![0]!;
        lost["returnedAt"].ShouldBeNull();
        lost["lostAt"]!.GetValue<DateTimeOffset>().ShouldBe(Since.AddDays(2));
        await CreatedAsync(await assignment.ReturnAsync(device.AssetTag, Since.AddDays(3)));

        (await assignment.PublishedAsync<DeviceFound>(device.DeviceId)).ShouldHaveSingleItem().Meta.EffectiveAt.ShouldBe(Since.AddDays(3));
        assignment.Broker.Published<DeviceReturned>().ShouldNotContain(e => e.Meta.AggregateId == device.DeviceId);
        var found = (await assignment.It.GetFromJsonAsync<JsonNode>($"{Api}/handovers/{Id(handover)}"))!["devices"]![0]!;
        found["returnedAt"]!.GetValue<DateTimeOffset>().ShouldBe(Since.AddDays(3));
        found["lostAt"].ShouldBeNull();
    }

    [Fact]
    public async Task Employees_see_their_own_hand_overs_only()
    {
        var (anna, ben) = (await assignment.PersonAsync("Huber"), await assignment.PersonAsync("Maier"));
        var own = await CreatedAsync(await assignment.HandOverAsync(Id(anna), (await assignment.DeviceAsync()).AssetTag));
        var other = await CreatedAsync(await assignment.HandOverAsync(Id(ben), (await assignment.DeviceAsync()).AssetTag));
        using var employee = assignment.AsEmployee(anna);

        Handovers(await employee.GetFromJsonAsync<JsonNode>($"{Api}/handovers")).ShouldBe([Id(own)]);
        (await employee.GetAsync($"{Api}/handovers/{Id(own)}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await ShouldBeRefusedAsync(await employee.GetAsync($"{Api}/handovers/{Id(other)}"), HttpStatusCode.Forbidden, "not-yours");
        Handovers(await employee.GetFromJsonAsync<JsonNode>($"{Api}/handovers?personId={Id(ben)}")).ShouldBeEmpty();
        // An account that is nobody's owns nothing, whatever its name.
        using var nobody = assignment.As(anna["userName"]!.ToString(), "employee");
        await ShouldBeRefusedAsync(await nobody.GetAsync($"{Api}/handovers/{Id(own)}"), HttpStatusCode.Forbidden, "not-yours");
        Handovers(await nobody.GetFromJsonAsync<JsonNode>($"{Api}/handovers")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Unknown_people_and_devices_and_devices_not_at_hand_are_refused_by_name()
    {
        var (person, device, broken) = (await assignment.PersonAsync(), await assignment.DeviceAsync(), await assignment.DeviceAsync(status: "inRepair"));

        await ShouldBeRefusedAsync(await assignment.HandOverAsync(Guid.CreateVersion7(), device.AssetTag), HttpStatusCode.NotFound, "person-unknown");
        var unknown = await ShouldBeRefusedAsync(
            await assignment.It.PostAsJsonAsync($"{Api}/handovers", new { personId = Id(person), assetTags = new[] { device.AssetTag, "LRA-?" } }),
            HttpStatusCode.NotFound, "device-unknown");
        unknown["assetTags"]!.AsArray().Select(t => t!.ToString()).ShouldBe(["LRA-?"]);
        await ShouldBeRefusedAsync(await assignment.HandOverAsync(Id(person), broken.AssetTag), HttpStatusCode.Conflict, "device-not-available");
        await ShouldBeRefusedAsync(await assignment.It.PostAsJsonAsync($"{Api}/handovers", new { assetTags = Array.Empty<string>() }), HttpStatusCode.BadRequest, "validation-failed");
        await ShouldBeRefusedAsync(await assignment.It.GetAsync($"{Api}/handovers/{Guid.CreateVersion7()}"), HttpStatusCode.NotFound, "not-found");
        await ShouldBeRefusedAsync(await assignment.ReturnAsync("LRA-?"), HttpStatusCode.NotFound, "device-unknown");
        await ShouldBeRefusedAsync(await assignment.ReturnAsync(device.AssetTag), HttpStatusCode.Conflict, "device-not-issued");
    }

    [Fact]
    public async Task A_return_frees_the_device_and_is_noted_in_the_hand_over()
    {
        var (person, device) = (await assignment.PersonAsync(), await assignment.DeviceAsync());
        var handover = await CreatedAsync(await assignment.HandOverAsync(Id(person), device.AssetTag));

        var custody = await CreatedAsync(await assignment.It.PostAsJsonAsync($"{Api}/returns", new { assetTag = device.AssetTag, condition = "scratched" }));

        custody["status"]!.ToString().ShouldBe("free");
        custody["holder"].ShouldBeNull();
        custody["lastHolder"]!["personId"]!.GetValue<Guid>().ShouldBe(Id(person));
        var returned = (await assignment.PublishedAsync<DeviceReturned>(device.DeviceId))[0];
        returned.Condition.ShouldBe("scratched");
        returned.Custody.Spells.Select(s => s.State).ShouldBe(["held", "free"]);
        await Eventually.ShouldAsync(async () =>
            (await assignment.It.GetFromJsonAsync<JsonNode>($"{Api}/handovers/{Id(handover)}"))!["devices"]![0]!["returnedAt"]!.GetValue<DateTimeOffset>()
                .ShouldBe(returned.Meta.EffectiveAt));
    }

    [Fact]
    public async Task Employees_accept_and_report_what_is_theirs_and_nothing_else()
    {
        var (person, device) = (await assignment.PersonAsync(), await assignment.DeviceAsync());
        var handover = await CreatedAsync(await assignment.HandOverAsync(Id(person), device.AssetTag));
        using var receiver = assignment.AsEmployee(person);
        using var other = assignment.AsPerson(Guid.CreateVersion7(), person["userName"]!.ToString(), "employee");
        var accept = $"{Api}/handovers/{Id(handover)}/accept";

        await ShouldBeRefusedAsync(await other.PostAsync(accept, null), HttpStatusCode.Forbidden, "not-yours");
        await ShouldBeRefusedAsync(await assignment.ReportLossAsync(device.AssetTag, client: other), HttpStatusCode.Forbidden, "not-yours");
        await ShouldBeRefusedAsync(
            await assignment.ReportLossAsync(device.AssetTag, client: receiver, effectiveAt: Since.AddDays(1)), HttpStatusCode.Forbidden, "backdating-not-allowed");

        var accepted = await BodyAsync(await receiver.PostAsync(accept, null));
        accepted["acceptedAt"].ShouldNotBeNull();
        (await BodyAsync(await receiver.PostAsync(accept, null)))["acceptedAt"]!.ToString().ShouldBe(accepted["acceptedAt"]!.ToString());
        var custody = await CreatedAsync(await assignment.ReportLossAsync(device.AssetTag, "stolen", receiver));
        custody["status"]!.ToString().ShouldBe("stolen");

        (await assignment.PublishedAsync<HandoverAccepted>(Id(handover))).ShouldHaveSingleItem().Meta.Actor.Role.ShouldBe("employee");
        (await assignment.PublishedAsync<DeviceLossReported>(device.DeviceId))[0].Custody.Spells[^1].PersonId.ShouldBe(Id(person));
        await ShouldBeRefusedAsync(await assignment.ReportLossAsync(device.AssetTag, "stolen"), HttpStatusCode.Conflict, "loss-already-reported");
        await ShouldBeRefusedAsync(await assignment.HandOverAsync(Id(person), device.AssetTag), HttpStatusCode.Conflict, "device-not-available");
    }

    [Fact]
    public async Task Hand_overs_are_listed_by_device_tag_and_time()
    {
        var (person, device) = (await assignment.PersonAsync(), await assignment.DeviceAsync());
        var first = Id(await CreatedAsync(await assignment.HandOverAsync(Id(person), device.AssetTag, Since.AddDays(1))));
        await CreatedAsync(await assignment.ReturnAsync(device.AssetTag, Since.AddDays(2)));
        var second = Id(await CreatedAsync(await assignment.HandOverAsync(Id(person), device.AssetTag, Since.AddDays(3))));

        async Task<List<Guid>> FindAsync(string query) => Handovers(await assignment.It.GetFromJsonAsync<JsonNode>($"{Api}/handovers?{query}"));
        (await FindAsync($"deviceId={device.DeviceId}&sort=-effectiveAt")).ShouldBe([second, first]);
        (await FindAsync($"assetTag={device.AssetTag.ToLowerInvariant()}&effectiveAtTo=2020-01-08")).ShouldBe([first]);
        (await FindAsync($"personId={Id(person)}&accepted=true")).ShouldBeEmpty();
        (await FindAsync("assetTag=nothing-bears-this")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_day_to_bring_things_back_is_changed_and_taken_away()
    {
        var (person, device) = (await assignment.PersonAsync(), await assignment.DeviceAsync());
        var path = $"{Api}/handovers/{Id(await CreatedAsync(await assignment.HandOverAsync(Id(person), device.AssetTag, Since.AddDays(1))))}";

        (await BodyAsync(await assignment.It.PatchAsJsonAsync(path, new { dueBack = "2020-12-31" })))["dueBack"]!.ToString().ShouldBe("2020-12-31");
        (await BodyAsync(await assignment.It.PatchAsync(path, JsonContent.Create(new JsonObject()))))["dueBack"]!.ToString().ShouldBe("2020-12-31");
        await ShouldBeRefusedAsync(await assignment.It.PatchAsJsonAsync(path, new { dueBack = "2020-01-01" }), HttpStatusCode.BadRequest, "validation-failed");
        (await BodyAsync(await assignment.It.PatchAsync(path, JsonContent.Create(new JsonObject { ["dueBack"] = null }))))["dueBack"].ShouldBeNull();
    }

    private static List<Guid> Handovers(JsonNode? list) => [.. list!["items"]!.AsArray().Select(i => Id(i!))];
}
