using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Fleet.Tests.EndToEnd;

/// <summary>Pages of hand-overs: found, corrected, printed.</summary>
public sealed class HandoverPagesTests(SharedInstallation shared)
{
    [Theory, InlineData("en-GB", "The hand-over is corrected"), InlineData("de-DE", "Die Übergabe ist berichtigt")]
    public async Task A_hand_over_to_the_wrong_person_is_found_by_its_tag_and_corrected(string locale, string corrected)
    {
        var (office, laptop, _) = await HandedOverAsync();
        var right = await office.HireAsync(Api.Unique("Richtig"));
        await Eventually.ReadAsync(() => office.It.ReadAsync($"/api/assignment/people?search={right.Text("personnelNumber")}"), p => p["items"]!.AsArray().Count == 1);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await OpenAsync(browser, office, locale);

        await page.GotoAsync("/handovers");
        await page.FillAsync("#assetTag", laptop.Text("assetTag").ToLowerInvariant());
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.Locator("tbody th a").ClickAsync();
        await page.Locator("a[href$='/correct']").ClickAsync();
        await page.FillAsync("#search", right.Text("personnelNumber"));
        await page.Keyboard.PressAsync("Enter");
        await page.Locator($"input[name=personId][value='{right.Id()}']").CheckAsync();
        await page.FillAsync("#reason", "Wrong person at the counter");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync(corrected);
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync(right.Text("familyName"));
        await Assertions.Expect(page.Locator(".timeline li")).ToContainTextAsync("Wrong person at the counter");
        await office.DeviceAsync(laptop, d => d["holder"]?.Text("personId") == right.Id());
    }

    [Fact]
    public async Task A_time_that_is_none_and_a_correction_of_nothing_are_said_beside_what_was_typed()
    {
        var (office, _, handover) = await HandedOverAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await OpenAsync(browser, office, "en-GB");

        await page.GotoAsync($"/handovers/{handover.Id()}/correct");
        await page.FillAsync("#reason", "The day was another");
        await page.FillAsync("#effectiveAt", "yesterday at noon");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#effectiveAt-error")).ToContainTextAsync("2020-05-08 14:03");
        await Assertions.Expect(page.Locator("#reason")).ToHaveValueAsync("The day was another");

        await page.GotoAsync($"/handovers/{handover.Id()}/correct");
        await page.FillAsync("#reason", "Nothing");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("The hand-over says that already");
    }

    [Fact]
    public async Task The_slip_says_in_both_languages_who_received_what()
    {
        var (office, laptop, handover) = await HandedOverAsync();
        office.It.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        var page = System.Net.WebUtility.HtmlDecode(await office.It.GetStringAsync($"/handovers/{handover.Id()}/slip"));

        foreach (var text in (string[])["Übergabeprotokoll / Hand-over record", "Erika Beispiel", laptop.Text("assetTag"), laptop.Text("serialNumber"), "Ich habe die oben genannten Geräte erhalten", "I have received the devices named above"])
            page.ShouldContain(text);
    }

    private async Task<(Office Office, JsonNode Laptop, JsonNode Handover)> HandedOverAsync()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var person = await office.HireAsync();
        var laptop = await office.RegisterLaptopAsync();
        var handover = await office.It.PostAsync("/api/assignment/handovers", new { personId = person.Id(), assetTags = new[] { laptop.Text("assetTag") } });
        await office.DeviceAsync(laptop, d => d.Text("status") == "assigned");
        return (office, laptop, handover);
    }

    private async Task<IPage> OpenAsync(IBrowser browser, Office office, string locale)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = shared.Fleet.Address.ToString(),
            Locale = locale,
            ExtraHTTPHeaders = new Dictionary<string, string> { ["Authorization"] = office.It.DefaultRequestHeaders.Authorization!.ToString() },
        });
        return await context.NewPageAsync();
    }
}
