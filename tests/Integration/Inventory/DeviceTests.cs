using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Fleet.Contracts;
using static Fleet.Tests.Integration.Inventory.InventoryFixture;

namespace Fleet.Tests.Integration.Inventory;

public sealed class DeviceTests(InventoryFixture inventory) : IClassFixture<InventoryFixture>
{
    [Fact]
    public async Task A_registered_device_is_answered_shown_and_published()
    {
        var laptop = Laptop();
        laptop["purchase"] = JsonNode.Parse("""
            {"orderNumber":"B-77","supplier":"Haus GmbH","date":"2019-11-20","cost":{"amount":1249.90,"currency":"EUR"},"warrantyEnds":"2022-11-20"}
            """);
        laptop["location"] = "Room 12";
        laptop["effectiveAt"] = "2019-12-01T09:00:00+01:00";

        var response = await inventory.It.PostAsJsonAsync(Devices, laptop);

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        response.Headers.ETag!.Tag.ShouldBe("\"1\"");
        var device = await BodyAsync(response);
        var id = device["id"]!.GetValue<Guid>();
        response.Headers.Location!.ToString().ShouldBe($"{Devices}/{id}");
        device["status"]!.GetValue<string>().ShouldBe("inStock");
        device["since"]!.GetValue<DateTimeOffset>().ShouldBe(new DateTimeOffset(2019, 12, 1, 8, 0, 0, TimeSpan.Zero));
        JsonNode.DeepEquals(device["purchase"], laptop["purchase"]).ShouldBeTrue(device.ToJsonString());

        JsonNode.DeepEquals(await inventory.DeviceAsync(id), device).ShouldBeTrue();
        var byTag = await inventory.It.GetAsync($"{Devices}/by-tag/{laptop["assetTag"]!.GetValue<string>().ToLowerInvariant()}");
        byTag.Headers.ETag!.Tag.ShouldBe("\"1\"");
        JsonNode.DeepEquals(await BodyAsync(byTag), device).ShouldBeTrue();

        var registered = await PublishedAsync<DeviceRegistered>(id);
        registered.Meta.AggregateVersion.ShouldBe(1);
        registered.Meta.EffectiveAt.ShouldBe(device["since"]!.GetValue<DateTimeOffset>());
        registered.Meta.Actor.ShouldBe(new Actor { Subject = "it.weber", Role = "it" });
        registered.Device.Location.ShouldBe("Room 12");
        registered.Meta.StreamNumber.ShouldBe(1);
        registered.Device.Begins.ShouldBe(registered.Meta.EffectiveAt);
        registered.Device.StatusSince.ShouldBe(registered.Meta.EffectiveAt);
        registered.Device.Decisions.ShouldHaveSingleItem().ShouldBe(
            new StatusDecision { Number = 1, EventId = registered.Meta.EventId, Status = DeviceStatuses.InStock, At = registered.Meta.EffectiveAt });
    }

    [Fact]
    public async Task An_asset_tag_and_a_serial_number_are_each_given_once_whatever_their_case_and_white_space()
    {
        var first = Laptop();
        await inventory.RegisterAsync(first);

        var sameTag = Laptop();
        sameTag["assetTag"] = $" {first["assetTag"]!.GetValue<string>().ToLowerInvariant()} ";
        await ShouldBeRefusedAsync(await inventory.It.PostAsJsonAsync(Devices, sameTag), HttpStatusCode.Conflict, "asset-tag-in-use");

        var sameSerial = Laptop();
        sameSerial["serialNumber"] = first["serialNumber"]!.GetValue<string>().ToLowerInvariant();
        await ShouldBeRefusedAsync(await inventory.It.PostAsJsonAsync(Devices, sameSerial), HttpStatusCode.Conflict, "serial-number-in-use");

        var spaced = Laptop();
        spaced["assetTag"] = $"Stock {Guid.CreateVersion7()}";
        var id = (await inventory.RegisterAsync(spaced))["id"]!.GetValue<Guid>();
        var scanned = spaced["assetTag"]!.GetValue<string>().ToUpperInvariant().Replace(" ", "  ", StringComparison.Ordinal);
        var byTag = await inventory.It.GetFromJsonAsync<JsonNode>($"{Devices}/by-tag/{Uri.EscapeDataString($" {scanned}\u00A0")}");
        byTag!["id"]!.GetValue<Guid>().ShouldBe(id);
        var sameSpaced = Laptop();
        sameSpaced["assetTag"] = scanned;
        await ShouldBeRefusedAsync(await inventory.It.PostAsJsonAsync(Devices, sameSpaced), HttpStatusCode.Conflict, "asset-tag-in-use");

        var other = await inventory.RegisterAsync(Laptop());
        var change = await inventory.It.PatchAsJsonAsync($"{Devices}/{other["id"]}", new { assetTag = first["assetTag"]!.GetValue<string>() });
        await ShouldBeRefusedAsync(change, HttpStatusCode.Conflict, "asset-tag-in-use");
    }

    [Fact]
    public async Task A_wrong_device_is_refused_with_every_wrong_field_named()
    {
        var wrong = JsonNode.Parse("""
            {"assetTag":"a/b","serialNumber":"  ","kind":"toaster","model":5,"status":"assigned","colour":"red","location":null,
             "purchase":{"date":"tomorrow","cost":{"amount":-1,"currency":"euro"}},"effectiveAt":"now"}
            """);

        var problem = await ShouldBeRefusedAsync(await inventory.It.PostAsJsonAsync(Devices, wrong), HttpStatusCode.BadRequest, "validation-failed");

        problem["errors"]!.AsObject().Select(e => e.Key).ShouldBe(
            [
                "assetTag", "colour", "effectiveAt", "kind", "manufacturer", "model",
                "purchase.cost.amount", "purchase.cost.currency", "purchase.date", "serialNumber", "status",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task A_device_does_not_begin_in_the_future()
    {
        var laptop = Laptop();
        laptop["effectiveAt"] = TimeProvider.System.GetUtcNow().AddMinutes(5);

        await ShouldBeRefusedAsync(await inventory.It.PostAsJsonAsync(Devices, laptop), HttpStatusCode.BadRequest, "effective-at-in-future");
    }

    [Fact]
    public async Task The_same_request_sent_again_gets_the_same_answer_and_makes_one_device()
    {
        var laptop = Laptop();
        var key = Guid.CreateVersion7().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync(Devices, laptop, key)));

        var bodies = await Task.WhenAll(answers.Select(BodyAsync));
        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Created, string.Join('\n', bodies.Select(b => b.ToJsonString())));
        bodies.Select(b => b.ToJsonString()).Distinct().ShouldHaveSingleItem();
        answers.ShouldAllBe(a => a.Headers.ETag!.Tag == "\"1\"" && a.Headers.Location != null);

        laptop["model"] = "another";
        await ShouldBeRefusedAsync(await PostAsync(Devices, laptop, key), HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
    }

    [Fact]
    public async Task A_status_set_twice_with_one_key_is_set_once()
    {
        var id = (await inventory.RegisterAsync(Laptop()))["id"]!.GetValue<Guid>();
        var key = Guid.CreateVersion7().ToString();
        var repair = new JsonObject { ["status"] = "inRepair", ["note"] = "hinge" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync($"{Devices}/{id}/status", repair, key)));

        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.OK);
        (await inventory.HistoryAsync(id)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_change_is_published_and_one_made_on_an_old_version_is_refused()
    {
        var id = (await inventory.RegisterAsync(Laptop()))["id"]!.GetValue<Guid>();

        var changed = await PatchAsync(id, new { model = "ThinkPad T15", location = "Room 9" }, "\"1\"");
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        changed.Headers.ETag!.Tag.ShouldBe("\"2\"");
        await ShouldBeRefusedAsync(await PatchAsync(id, new { model = "X1" }, "\"1\""), HttpStatusCode.PreconditionFailed, "version-mismatch");
        (await PatchAsync(id, new { location = "" }, null)).Headers.ETag!.Tag.ShouldBe("\"3\"");

        var device = await inventory.DeviceAsync(id);
        device["model"]!.GetValue<string>().ShouldBe("ThinkPad T15");
        device["location"].ShouldBeNull();
        (await PublishedAsync<DeviceChanged>(id)).Device.Model.ShouldBe("ThinkPad T15");
    }

    [Fact]
    public async Task A_change_that_changes_nothing_makes_no_new_version()
    {
        var id = (await inventory.RegisterAsync(Laptop()))["id"]!.GetValue<Guid>();

        (await PatchAsync(id, new { manufacturer = "Lenovo" }, null)).Headers.ETag!.Tag.ShouldBe("\"1\"");
    }

    [Fact]
    public async Task A_status_is_set_recorded_and_published()
    {
        var laptop = Laptop();
        laptop["effectiveAt"] = "2020-01-07T08:00:00Z";
        var id = (await inventory.RegisterAsync(laptop))["id"]!.GetValue<Guid>();

        var set = await inventory.It.PostAsJsonAsync(
            $"{Devices}/{id}/status", new { status = "inRepair", note = "display", effectiveAt = "2020-02-01T00:00:00Z" });

        set.StatusCode.ShouldBe(HttpStatusCode.OK);
        var device = await BodyAsync(set);
        device["status"]!.GetValue<string>().ShouldBe("inRepair");
        device["since"]!.GetValue<string>().ShouldBe("2020-02-01T00:00:00Z");
        device["begins"]!.GetValue<string>().ShouldBe("2020-01-07T08:00:00Z");
        var history = await inventory.HistoryAsync(id);
        history.Select(l => $"{l!["status"]} {l["at"]} {l["note"]} {l["actor"]!["subject"]}").ShouldBe(
            ["inStock 2020-01-07T08:00:00Z  it.weber", "inRepair 2020-02-01T00:00:00Z display it.weber"]);
        var changed = await PublishedAsync<DeviceStatusChanged>(id);
        changed.PreviousStatus.ShouldBe("inStock");
        changed.Note.ShouldBe("display");
        changed.Meta.StreamNumber.ShouldBe(2);
        changed.Meta.CausedBy.ShouldBeNull();
        changed.Device.StatusSince.ShouldBe(changed.Meta.EffectiveAt);
        changed.Device.Begins.ShouldBe(new DateTimeOffset(2020, 1, 7, 8, 0, 0, TimeSpan.Zero));
        changed.Device.Decisions.Select(d => (d.Number, d.Status)).ShouldBe([(1, DeviceStatuses.InStock), (2, DeviceStatuses.InRepair)]);
        changed.Device.Decisions[^1].EventId.ShouldBe(changed.Meta.EventId);
        changed.Meta.EffectiveAt.ShouldBe(new DateTimeOffset(2020, 2, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_status_that_cannot_follow_is_refused_and_what_can_is_named()
    {
        var id = (await inventory.RegisterAsync(Laptop()))["id"]!.GetValue<Guid>();
        var url = $"{Devices}/{id}/status";

        var problem = await ShouldBeRefusedAsync(
            await inventory.It.PostAsJsonAsync(url, new { status = "assigned" }), HttpStatusCode.Conflict, "status-transition-refused");
        problem["allowed"]!.AsArray().Select(a => a!.GetValue<string>()).ShouldBe(["inRepair", "lost", "stolen", "retired", "disposed"]);

        var tooEarly = await inventory.It.PostAsJsonAsync(url, new { status = "lost", effectiveAt = "2001-01-01T00:00:00Z" });
        await ShouldBeRefusedAsync(tooEarly, HttpStatusCode.BadRequest, "effective-at-too-early");
        var future = await inventory.It.PostAsJsonAsync(url, new { status = "lost", effectiveAt = TimeProvider.System.GetUtcNow().AddHours(1) });
        await ShouldBeRefusedAsync(future, HttpStatusCode.BadRequest, "effective-at-in-future");
        await ShouldBeRefusedAsync(await inventory.It.PostAsJsonAsync(url, new { status = "broken" }), HttpStatusCode.BadRequest, "validation-failed");
    }

    [Fact]
    public async Task Wrong_questions_get_clear_answers()
    {
        var unknown = Guid.CreateVersion7();
        foreach (var path in new[] { $"{unknown}", $"{unknown}/history", "by-tag/none" })
            await ShouldBeRefusedAsync(await inventory.It.GetAsync($"{Devices}/{path}"), HttpStatusCode.NotFound, "not-found");
        var set = await inventory.It.PostAsJsonAsync($"{Devices}/{unknown}/status", new { status = "lost" });
        await ShouldBeRefusedAsync(set, HttpStatusCode.NotFound, "not-found");
        await ShouldBeRefusedAsync(await PatchAsync(unknown, new { model = "X" }, null), HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Only_it_and_administrators_change_devices_and_employees_do_not_read_them()
    {
        using var hr = inventory.As("hr.lang", "hr");
        using var employee = inventory.As("anna.huber", "employee");

        (await hr.GetAsync(Devices)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await hr.PostAsJsonAsync(Devices, Laptop())).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await employee.GetAsync(Devices)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<T> PublishedAsync<T>(Guid deviceId) where T : IFleetEvent =>
        (await Eventually.ReadAsync(
            () => Task.FromResult(inventory.Broker.Published<T>().FirstOrDefault(e => e.Meta.AggregateId == deviceId)), e => e is not null))!;

    private async Task<HttpResponseMessage> PostAsync(string url, JsonObject body, string idempotencyKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await inventory.It.SendAsync(request);
    }

    private async Task<HttpResponseMessage> PatchAsync(Guid id, object body, string? ifMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"{Devices}/{id}") { Content = JsonContent.Create(body) };
        if (ifMatch is not null) request.Headers.Add("If-Match", ifMatch);
        return await inventory.It.SendAsync(request);
    }
}
