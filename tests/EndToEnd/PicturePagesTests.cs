using Microsoft.Playwright;

namespace Fleet.Tests.EndToEnd;

/// <summary>Pictures of the stock and of those who start, each with its numbers beside it.</summary>
public sealed class PicturePagesTests(SharedInstallation shared)
{
    [Theory, InlineData("en-GB", "Devices by kind and status", "Tablet", "Lost: "), InlineData("de-DE", "Geräte nach Art und Stand", "Tablet", "Verloren: ")]
    public async Task The_stock_is_a_picture_whose_numbers_stand_beside_it_and_open_the_devices(string locale, string title, string kind, string lost)
    {
        var it = await shared.Fleet.AsAsync("it");
        var before = await FreeAsync(it);
        for (var i = 0; i < 3; i++) await ATabletAsync(it);
        await it.PostAsync($"/api/inventory/devices/{(await ATabletAsync(it)).Id()}/status", new { status = "lost" }, System.Net.HttpStatusCode.OK);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await OpenAsync(browser, it, locale);

        await page.GotoAsync("/devices");
        await page.Locator("a[href='/devices/stock']").ClickAsync();
        var picture = page.GetByRole(AriaRole.Img, new() { NameRegex = new($"^{title}") });
        await Assertions.Expect(picture).ToBeVisibleAsync();
        (await picture.Locator("text").AllTextContentsAsync()).ShouldContain(kind);
        var row = page.Locator("figure").First.Locator("tbody tr", new() { HasText = kind });
        await Assertions.Expect(row).ToContainTextAsync(lost);
        var free = row.Locator("td").Nth(1).Locator("a");
        (await free.EvaluateAsync<string>("a => a.firstChild.textContent")).ShouldBe($"{before + 3}");

        await free.ClickAsync();

        await Assertions.Expect(page.Locator("table tbody tr")).ToHaveCountAsync(before + 3);
    }

    [Fact]
    public async Task A_warranty_that_ends_soon_leads_to_the_devices_it_is_about()
    {
        var it = await shared.Fleet.AsAsync("it");
        var device = await it.PostAsync("/api/inventory/devices", new
        {
            assetTag = Api.Unique("TK"),
            serialNumber = Api.Unique("SN"),
            kind = "token",
            manufacturer = "Yubico",
            model = "5 NFC",
            purchase = new { date = Office.Today().AddYears(-3), warrantyEnds = Office.Today().AddDays(40) },
        });
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await OpenAsync(browser, it, "en-GB");

        await page.GotoAsync("/devices/stock");
        await page.Locator("section[aria-labelledby=warranty] tbody tr", new() { HasText = "Security token" }).Locator("td").Nth(2).Locator("a").ClickAsync();

        await Assertions.Expect(page.Locator($"a[href='/devices/{device.Id()}']")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".chosen")).ToContainTextAsync("Warranty ends on");
    }

    [Theory, InlineData("en-GB", "Starters by calendar week"), InlineData("de-DE", "Neue Beschäftigte nach Kalenderwoche")]
    public async Task Who_starts_is_a_picture_by_week_that_tells_ready_from_not_ready(string locale, string title)
    {
        var office = await Office.OpenAsync(shared.Fleet);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await OpenAsync(browser, office.Hr, locale);
        var laptopOnly = (await office.Hr.PostAsync("/api/assignment/kits", new { name = Api.Unique("Laptop only"), items = new[] { new { kind = "laptop" } } })).Id();
        // A week that is whole, whatever day it is today.
        var day = Office.Today().AddDays(14);
        var before = await WeekAsync(page);
        await office.HireAsync(startDate: day);
        var ready = await office.Hr.PostAsync("/api/assignment/people", new
        {
            personnelNumber = Api.Unique("P"),
            userName = Api.Unique("user"),
            givenName = "Erika",
            familyName = "Beispiel",
            email = $"{Api.Unique("mail")}@county.example",
            unitId = office.OfficeId,
            startDate = day,
            kitId = laptopOnly,
        });
        var laptop = await office.RegisterLaptopAsync();
        await office.It.PostAsync("/api/assignment/handovers", new { personId = ready.Id(), assetTags = new[] { laptop.Text("assetTag") } });
        await office.CaseAsync(ready, c => c.Text("status") == "ready");

        var after = await WeekAsync(page);

        after.ShouldBe((before.Ready + 1, before.NotReady + 1));
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { NameRegex = new($"^{title}") })).ToBeVisibleAsync();

        async Task<(int Ready, int NotReady)> WeekAsync(IPage page)
        {
            await page.GotoAsync("/cases");
            var week = (day.DayNumber - MondayOf(Office.Today().AddDays(1)).DayNumber) / 7;
            var cells = page.Locator("section[aria-labelledby=weeks] tbody tr").Nth(week).Locator("td");
            if (await page.Locator("section[aria-labelledby=weeks]").CountAsync() == 0) return (0, 0);
            return (int.Parse(await cells.Nth(0).InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture), int.Parse(await cells.Nth(1).InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static async Task<int> FreeAsync(HttpClient it) => (await it.ReadAsync("/api/inventory/devices?kind=tablet&status=inStock&limit=1000"))["items"]!.AsArray().Count;

    private static Task<System.Text.Json.Nodes.JsonNode> ATabletAsync(HttpClient it) => it.PostAsync("/api/inventory/devices", new
    {
        assetTag = Api.Unique("TB"),
        serialNumber = Api.Unique("SN"),
        kind = "tablet",
        manufacturer = "Samsung",
        model = "Tab",
    });

    private async Task<IPage> OpenAsync(IBrowser browser, HttpClient reader, string locale)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = shared.Fleet.Address.ToString(),
            Locale = locale,
            ExtraHTTPHeaders = new Dictionary<string, string> { ["Authorization"] = reader.DefaultRequestHeaders.Authorization!.ToString() },
        });
        return await context.NewPageAsync();
    }
}
