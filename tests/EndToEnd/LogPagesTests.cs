using Microsoft.Playwright;

namespace Fleet.Tests.EndToEnd;

/// <summary>The auditor's pages of the log.</summary>
public sealed class LogPagesTests(SharedInstallation shared)
{
    [Theory, InlineData("en-GB", "Device handed over", "The chain holds"), InlineData("de-DE", "Gerät übergeben", "Die Kette ist unversehrt")]
    public async Task A_hand_over_is_found_in_the_log_by_who_did_it_and_the_chain_holds(string locale, string handedOver, string holds)
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var person = await office.HireAsync();
        var laptop = await office.RegisterLaptopAsync();
        await office.It.PostAsync("/api/assignment/handovers", new { personId = person.Id(), assetTags = new[] { laptop.Text("assetTag") } });
        await Eventually.ReadAsync(() => office.Auditor.ItemsAsync($"/api/audit/log?entity={laptop.Id()}&type=DeviceIssued"), e => e.Count == 1);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        await using var context = await browser.NewContextAsync(new()
        {
            BaseURL = shared.Fleet.Address.ToString(),
            Locale = locale,
            ExtraHTTPHeaders = new Dictionary<string, string> { ["Authorization"] = office.Auditor.DefaultRequestHeaders.Authorization!.ToString() },
        });
        var page = await context.NewPageAsync();

        await page.GotoAsync($"/devices/{laptop.Id()}");
        await page.Locator("a[href^='/log?entity=']").ClickAsync();
        await page.SelectOptionAsync("#type", "DeviceIssued");
        await page.FillAsync("#from", $"{Office.Today().AddDays(-1):d.M.yyyy}");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("tbody tr")).ToContainTextAsync(handedOver);
        await Assertions.Expect(page.Locator($"tbody a[href='/devices/{laptop.Id()}']")).ToHaveCountAsync(1);

        await page.FillAsync("#from", "never");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#from-error")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#from")).ToHaveValueAsync("never");

        await page.GotoAsync("/log/chain");
        await Assertions.Expect(page.Locator(".lead .state")).ToHaveTextAsync(holds);
    }
}
