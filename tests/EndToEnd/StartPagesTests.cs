using Microsoft.Playwright;

namespace Fleet.Tests.EndToEnd;

/// <summary>Where everybody begins: what needs doing today, and the search that is on every page.</summary>
public sealed class StartPagesTests(SharedInstallation shared)
{
    [Theory]
    [InlineData("it", "en-GB", "VPN access", "/counter"), InlineData("it", "de-DE", "VPN-Zug", "/counter"), InlineData("hr", "en-GB", "still ha", "/people/leavers"), InlineData("auditor", "de-DE", "startklar", "/log")]
    public async Task Each_role_begins_with_what_it_has_to_do_and_where_it_works(string role, string locale, string line, string area)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await OpenAsync(browser, locale, role);

        await page.GotoAsync("/");

        await Assertions.Expect(page.Locator("#work")).ToContainTextAsync(line);
        await Assertions.Expect(page.Locator($".areas a[href='{area}']")).ToHaveCountAsync(1);
        (await page.Locator(".site-nav a").CountAsync()).ShouldBeInRange(4, 7);
    }

    [Fact]
    public async Task The_numbers_of_the_start_page_follow_what_happens()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await OpenAsync(browser, "en-GB", "hr");
        // The script asks every ten seconds; its clock is turned on here instead of waiting.
        await page.Clock.InstallAsync();
        await page.GotoAsync("/");
        var before = await page.Locator("#work li:has(a[href='/cases#late']) .count").InnerTextAsync();
        var person = await office.HireAsync("Beginn", Office.Today());
        await office.CaseAsync(person, c => c.Text("status") == "open");

        await page.Clock.RunForAsync(11000);

        await Assertions.Expect(page.Locator("#work li:has(a[href='/cases#late']) .count")).Not.ToHaveTextAsync(before);
    }

    [Fact]
    public async Task A_page_that_has_not_changed_is_not_sent_again()
    {
        var it = await shared.Fleet.AsAsync("it");
        it.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var first = await it.GetAsync("/people/leavers");
        first.Headers.ETag.ShouldNotBeNull();
        using var again = new HttpRequestMessage(HttpMethod.Get, "/people/leavers");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag);

        var second = await it.SendAsync(again);

        second.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotModified);
        (await second.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Theory, InlineData("en-GB", "Search: ", "Nothing begins like this"), InlineData("de-DE", "Suche: ", "Nichts beginnt so")]
    public async Task The_search_of_every_page_finds_people_devices_units_and_their_accesses(string locale, string title, string nothing)
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var family = Api.Unique("Gesucht");
        var (first, second) = (await office.HireAsync(family), await office.HireAsync(family));
        var laptop = await office.RegisterLaptopAsync();
        await office.It.PostAsync("/api/assignment/handovers", new { personId = first.Id(), assetTags = new[] { laptop.Text("assetTag") } });
        var access = await office.AccessAsync(first, a => a.Text("state") == "requested");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await OpenAsync(browser, locale, "it");

        await page.GotoAsync("/devices");
        await page.FillAsync("#q", family[..^2].ToLowerInvariant());
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync(title);
        await Assertions.Expect(page.Locator($"a[href='/people/{second.Id()}']")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator($"a[href='/accesses/{access.Id()}']")).ToHaveCountAsync(1);

        await page.FillAsync("#q", "Xyzzy-nothing");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".lead")).ToContainTextAsync(nothing);

        // What is the only hit is opened.
        await page.FillAsync("#q", laptop.Text("assetTag"));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/devices/{laptop.Id()}");
    }

    [Theory, InlineData("en-GB", "Still has something", "Settled"), InlineData("de-DE", "Hat noch etwas", "Erledigt")]
    public async Task A_leaver_is_listed_with_what_they_still_have_until_it_is_back(string locale, string holds, string settled)
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var person = await office.HireAsync(Api.Unique("Ade"));
        var laptop = await office.RegisterLaptopAsync(new DateTimeOffset(Office.Today().AddDays(-5), TimeOnly.MinValue, TimeSpan.Zero));
        await office.It.PostAsync("/api/assignment/handovers", new { personId = person.Id(), assetTags = new[] { laptop.Text("assetTag") } });
        await office.DeviceAsync(laptop, d => d.Text("status") == "assigned");
        await office.AccessAsync(person, a => a.Text("state") == "requested");
        await office.Hr.PostAsync($"/api/assignment/people/{person.Id()}/leave", new { lastDay = Office.Today().AddDays(-1) }, System.Net.HttpStatusCode.OK);
        await office.AccessAsync(person, a => a.Text("state") == "revoked");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await OpenAsync(browser, locale, "hr");
        var row = page.Locator("tr", new() { Has = page.Locator($"a[href='/people/{person.Id()}']") });

        await page.GotoAsync("/people/leavers");
        await Assertions.Expect(row).ToContainTextAsync(holds);
        await Assertions.Expect(row.Locator($"a[href='/devices/{laptop.Id()}']")).ToHaveTextAsync(laptop.Text("assetTag"));
        await office.It.PostAsync("/api/assignment/returns", new { assetTag = laptop.Text("assetTag") });
        await office.DeviceAsync(laptop, d => d.Text("status") == "inStock");
        await page.ReloadAsync();
        await Assertions.Expect(row).ToContainTextAsync(settled);
    }

    private async Task<IPage> OpenAsync(IBrowser browser, string locale, string role)
    {
        var client = await shared.Fleet.AsAsync(role);
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = shared.Fleet.Address.ToString(),
            Locale = locale,
            ExtraHTTPHeaders = new Dictionary<string, string> { ["Authorization"] = client.DefaultRequestHeaders.Authorization!.ToString() },
        });
        return await context.NewPageAsync();
    }
}
