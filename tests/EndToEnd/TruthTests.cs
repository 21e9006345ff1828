using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Fleet.Tests.EndToEnd;

/// <summary>Figures and life cycles that once were wrong, asked through the gateway of a whole installation as its users would.</summary>
public sealed class TruthTests(SharedInstallation shared)
{
    private static readonly DateOnly Today = Office.Today();

    [Fact]
    public async Task A_re_hire_is_a_second_employment_and_the_first_stays_in_the_figures_of_its_days()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var person = await office.HireAsync(startDate: Today.AddDays(-400));
        await office.Hr.PostAsync($"/api/assignment/people/{person.Id()}/leave", new { lastDay = Today.AddDays(-200) }, HttpStatusCode.OK);
        await office.Hr.PostAsync($"/api/assignment/people/{person.Id()}/return", new { startDate = Today.AddDays(-5) }, HttpStatusCode.OK);

        await office.CoverageAsync(Today, c => c.Number("staff") == 1);
        (await office.CoverageAsync(Today.AddDays(-300), _ => true)).Number("staff").ShouldBe(1);
        (await office.CoverageAsync(Today.AddDays(-200), _ => true)).Number("staff").ShouldBe(1);
        (await office.CoverageAsync(Today.AddDays(-199), _ => true)).Number("staff").ShouldBe(0);
        (await office.CoverageAsync(Today.AddDays(-6), _ => true)).Number("staff").ShouldBe(0);
    }

    [Fact]
    public async Task A_last_day_can_be_taken_back()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var person = await office.HireAsync();
        await office.Hr.PostAsync($"/api/assignment/people/{person.Id()}/leave", new { lastDay = Today.AddDays(-3) }, HttpStatusCode.OK);
        await office.CoverageAsync(Today, c => c.Number("staff") == 0);

        var stays = await office.Hr.PatchAsync($"/api/assignment/people/{person.Id()}", """{"endDate":null}""");

        stays["endDate"].ShouldBeNull();
        await office.CoverageAsync(Today, c => c.Number("staff") == 1);
    }

    [Fact]
    public async Task A_hand_over_to_the_wrong_person_is_corrected_for_later_knowledge_only()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var (wrong, right) = (await office.HireAsync("Falsch"), await office.HireAsync("Richtig"));
        var device = await office.RegisterLaptopAsync(Instant(-20));
        var handover = await office.It.PostAsync(
            "/api/assignment/handovers", new { personId = wrong.Id(), assetTags = new[] { device.Text("assetTag") }, effectiveAt = Instant(-15) });
        var before = await office.CoverageAsync(Today, c => c.Number("withLaptop") == 1);

        await office.It.PostAsync($"/api/assignment/handovers/{handover.Id()}/correct", new { reason = "Names mixed up.", personId = right.Id() }, HttpStatusCode.OK);

        await Eventually.ShouldAsync(async () => (await HoldersAsync(office, Today.AddDays(-10), "")).ShouldBe([right.Id()]));
        (await HoldersAsync(office, Today.AddDays(-10), before.Text("knownAt"))).ShouldBe([wrong.Id()]);
        await office.DeviceAsync(device, d => d["holder"]?.Text("personId") == right.Id());
        await Eventually.ShouldAsync(async () =>
            (await office.It.ItemsAsync($"/api/provisioning/accesses?personId={wrong.Id()}")).ShouldAllBe(a => a.Text("state") == "revoked"));
        (await office.AccessAsync(right, a => a.Text("state") == "requested")).Text("deviceId").ShouldBe(device.Id());
    }

    [Fact]
    public async Task A_laptop_is_handed_over_before_the_first_day_of_work()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var starter = await office.HireAsync(startDate: Today.AddDays(14));
        var device = await office.RegisterLaptopAsync();

        await office.It.PostAsync("/api/assignment/handovers", new { personId = starter.Id(), assetTags = new[] { device.Text("assetTag") } });

        await office.DeviceAsync(device, d => d["holder"]?.Text("personId") == starter.Id());
        (await office.CoverageAsync(Today, _ => true)).Number("staff").ShouldBe(0);
    }

    [Fact]
    public async Task Whoever_left_yesterday_is_no_peer_and_gets_neither_key_nor_configuration()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var (person, _, access) = await ReadyAsync(office);
        (await PeersAsync(office, access)).ShouldContain(p => p.Text("publicKey") == access.Text("publicKey"));

        await office.Hr.PostAsync($"/api/assignment/people/{person.Id()}/leave", new { lastDay = Today.AddDays(-1) }, HttpStatusCode.OK);

        await Eventually.ShouldAsync(async () => (await PeersAsync(office, access)).ShouldNotContain(p => p.Text("publicKey") == access.Text("publicKey")));
        await office.AccessAsync(person, a => a.Text("state") == "revoked");
        (await office.It.GetAsync($"/api/provisioning/accesses/{access.Id()}/config")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        await office.It.PostAsync($"/api/provisioning/accesses/{access.Id()}/key", new { publicKey = Api.PublicKey() }, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_stolen_laptop_gets_no_access_again_nor_does_an_unknown_or_somebody_elses()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var (person, device, access) = await ReadyAsync(office);
        var other = await office.HireAsync("Andere");
        (await office.It.PostAsync("/api/provisioning/accesses", new { personId = other.Id(), deviceId = device.Id() }, HttpStatusCode.Conflict)).Text("code").ShouldBe("device-not-held");
        await office.It.PostAsync("/api/provisioning/accesses", new { personId = person.Id(), deviceId = Guid.CreateVersion7() }, HttpStatusCode.NotFound);

        await office.It.PostAsync("/api/assignment/loss-reports", new { assetTag = device.Text("assetTag"), kind = "stolen" });

        await office.AccessAsync(person, a => a.Text("state") == "revoked");
        (await office.It.PostAsync("/api/provisioning/accesses", new { personId = person.Id(), deviceId = device.Id() }, HttpStatusCode.Conflict)).Text("code").ShouldBe("device-not-held");
        await office.It.PostAsync($"/api/provisioning/accesses/{access.Id()}/key", new { publicKey = Api.PublicKey() }, HttpStatusCode.Conflict);
        (await PeersAsync(office, access)).ShouldNotContain(p => p.Text("publicKey") == access.Text("publicKey"));
    }

    [Fact]
    public async Task Disposing_of_a_stolen_laptop_returns_it_to_nobody()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var (_, device, _) = await ReadyAsync(office);
        await office.It.PostAsync("/api/assignment/loss-reports", new { assetTag = device.Text("assetTag"), kind = "stolen" });
        var stolen = await office.DeviceAsync(device, d => d.Text("status") == "stolen");

        var disposed = await office.It.PostAsync($"/api/inventory/devices/{device.Id()}/status", new { status = "disposed" }, HttpStatusCode.OK);

        DateTimeOffset.Parse(disposed.Text("since"), CultureInfo.InvariantCulture).ShouldBeGreaterThan(DateTimeOffset.Parse(stolen.Text("since"), CultureInfo.InvariantCulture));
        var news = await Eventually.ReadAsync(
            async () => new JsonArray([.. (await office.Auditor.ItemsAsync($"/api/audit/log?entity={device.Id()}&limit=200")).Select(e => JsonValue.Create(e.Text("type")))]),
            log => log.Count(t => (string?)t == "DeviceStatusChanged") >= 3);
        news.Select(t => (string)t!).ShouldNotContain("DeviceReturned");
        news.Select(t => (string)t!).ShouldNotContain("DeviceFound");
        (await office.It.ReadAsync($"/api/inventory/devices/{device.Id()}")).Text("status").ShouldBe("disposed");
    }

    [Fact]
    public async Task A_new_name_shows_everywhere()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var (person, device, _) = await ReadyAsync(office);

        await office.Hr.PatchAsync($"/api/assignment/people/{person.Id()}", """{"familyName":"Neumann"}""");

        await office.DeviceAsync(device, d => d["holder"]?.Text("name") == "Erika Neumann");
        (await office.It.ItemsAsync($"/api/assignment/handovers?personId={person.Id()}")).ShouldAllBe(h => h["person"]!.Text("name") == "Erika Neumann");
        (await office.It.PostAsync("/api/assignment/handovers", new { personId = person.Id(), assetTags = new[] { device.Text("assetTag") } }, HttpStatusCode.Conflict))
            .ToJsonString().ShouldContain("Erika Neumann");
    }

    [Fact]
    public async Task A_unit_is_not_there_before_it_begins()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var unit = await office.Hr.PostAsync(
            "/api/assignment/units", new { name = "Stabsstelle", kind = "team", parentId = office.OfficeId, effectiveFrom = Today.AddDays(-10) });

        async Task<IEnumerable<string>> UnitsAsync(int days) => (await office.Auditor.ReadAsync(
            $"/api/audit/coverage?asOf={Today.AddDays(days):yyyy-MM-dd}&unit={office.CountyId}&per=unit"))["units"]!.AsArray().Select(u => u!.Id());
        await Eventually.ShouldAsync(async () => (await UnitsAsync(-10)).ShouldContain(unit.Id()));
        (await UnitsAsync(-11)).ShouldNotContain(unit.Id());

        var refusal = await office.Hr.PostAsync("/api/assignment/people", office.NewPerson("Früh", Today.AddDays(-30), unit.Id()), HttpStatusCode.BadRequest);
        refusal["errors"]!.AsObject().ShouldContainKey("unitId");
        await office.Hr.PostAsync("/api/assignment/people", office.NewPerson("Rechtzeitig", Today.AddDays(-10), unit.Id()));
    }

    [Fact]
    public async Task Each_figure_opens_exactly_the_people_it_counts()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        await ReadyAsync(office);
        var withLaptop = await office.HireAsync("Laptop");
        var laptop = await office.RegisterLaptopAsync();
        await office.It.PostAsync("/api/assignment/handovers", new { personId = withLaptop.Id(), assetTags = new[] { laptop.Text("assetTag") } });
        await office.HireAsync("Ohne");
        await office.Hr.PostAsync("/api/assignment/people", office.NewPerson("Büro", Today.AddDays(-3), office.OfficeId, homeOfficeEligible: false));
        var figures = await office.CoverageAsync(Today, c => c.Number("staff") == 4 && c.Number("withLaptop") == 2 && c.Number("ready") == 1);

        async Task<int> CountAsync(string filter) => (await office.Auditor.ItemsAsync(
            $"/api/audit/coverage/people?asOf={Today:yyyy-MM-dd}&unit={office.CountyId}&knownAt={Uri.EscapeDataString(figures.Text("knownAt"))}{filter}")).Count;
        (await CountAsync("")).ShouldBe(figures.Number("staff"));
        (await CountAsync("&with=laptop")).ShouldBe(figures.Number("withLaptop"));
        (await CountAsync("&with=vpn")).ShouldBe(figures.Number("withVpn"));
        (await CountAsync("&with=laptop,vpn")).ShouldBe(figures.Number("ready"));
        (await CountAsync("&eligible=true")).ShouldBe(figures.Number("eligible"));
        (await CountAsync("&eligible=true&without=vpn")).ShouldBe(2);
        (await CountAsync("&eligible=false")).ShouldBe(1);
    }

    [Fact]
    public async Task A_report_repeated_with_its_own_knowledge_reads_the_same()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var hires = Enumerable.Range(0, 40).Select(i => office.HireAsync($"Person{i}")).ToList();
        // Printed while news is under way.
        var printed = await office.Auditor.ReadAsync($"/api/audit/coverage?asOf={Today:yyyy-MM-dd}&per=unit");
        await Task.WhenAll(hires);
        await office.CoverageAsync(Today, c => c.Number("staff") == 40);

        var again = await office.Auditor.ReadAsync($"/api/audit/coverage?asOf={Today:yyyy-MM-dd}&per=unit&knownAt={Uri.EscapeDataString(printed.Text("knownAt"))}");

        again.ToJsonString().ShouldBe(printed.ToJsonString());
        printed["logPosition"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("mueller"), InlineData("muller"), InlineData("Müll"), InlineData("MÜLLER-l")]
    public async Task People_are_found_by_the_beginning_of_any_word_however_umlauts_are_typed(string typed)
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var person = await office.HireAsync("Müller-Lüdenscheidt");

        var found = await office.Hr.ItemsAsync($"/api/assignment/people?unitId={office.CountyId}&search={Uri.EscapeDataString(typed)}");

        found.ShouldHaveSingleItem().Id().ShouldBe(person.Id());
    }

    [Fact]
    public async Task Who_signs_in_and_who_is_refused_stands_in_the_log()
    {
        var admin = await shared.Fleet.AsAsync("admin");
        var client = await admin.PostAsync("/auth/clients", new { clientId = Api.Unique("script"), roles = new[] { "it" } });
        var (id, secret) = (client.Text("clientId"), client.Text("clientSecret"));
        var script = await shared.Fleet.SignedInAsync(id, secret);
        (await script.GetAsync("/api/inventory/devices")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await admin.PostAsync($"/auth/clients/{client.Id()}/rotate", new { }, HttpStatusCode.OK);

        (await script.GetAsync("/api/inventory/devices")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var wrong = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", id), new("client_secret", secret)]);
        (await shared.Fleet.Anonymous().PostAsync("/auth/token", wrong)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var auditor = await shared.Fleet.AsAsync("auditor");
        await Eventually.ShouldAsync(async () =>
        {
            var types = (await auditor.ItemsAsync($"/api/audit/log?entity={client.Id()}")).Select(e => e.Text("type")).ToList();
            types.ShouldContain("AccountChanged");
            (await auditor.ItemsAsync("/api/audit/log?type=SignInRefused&limit=50")).ShouldContain(e => e["data"]!.Text("accountId") == client.Id());
        });
    }

    /// <summary>A person of the office with laptop and active VPN.</summary>
    private static async Task<(JsonNode Person, JsonNode Device, JsonNode Access)> ReadyAsync(Office office)
    {
        var person = await office.HireAsync();
        var device = await office.RegisterLaptopAsync();
        await office.It.PostAsync("/api/assignment/handovers", new { personId = person.Id(), assetTags = new[] { device.Text("assetTag") } });
        var access = await office.AccessAsync(person, a => a.Text("state") == "requested");
        var active = await office.It.PostAsync($"/api/provisioning/accesses/{access.Id()}/key", new { publicKey = Api.PublicKey() }, HttpStatusCode.OK);
        await office.CoverageAsync(Today, c => c.Number("ready") == 1);
        return (person, device, active);
    }

    private static async Task<IEnumerable<string>> HoldersAsync(Office office, DateOnly day, string knownAt) => (await office.Auditor.ItemsAsync(
        $"/api/audit/coverage/people?asOf={day:yyyy-MM-dd}&unit={office.OfficeId}&with=laptop{(knownAt.Length == 0 ? "" : $"&knownAt={Uri.EscapeDataString(knownAt)}")}"))
        .Select(p => p.Text("personId"));

    private static async Task<IReadOnlyList<JsonNode>> PeersAsync(Office office, JsonNode access) =>
        await office.It.ItemsAsync($"/api/provisioning/gateways/{access.Text("gatewayId")}/peers");

    private static DateTimeOffset Instant(int days) => TimeProvider.System.GetUtcNow().AddDays(days);
}
