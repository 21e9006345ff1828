using Microsoft.Playwright;

namespace Fleet.Tests.EndToEnd;

/// <summary>What HR sees of those who start.</summary>
public sealed class StarterPagesTests(SharedInstallation shared)
{
    [Theory]
    [InlineData("en-GB", "in 3 days", "Missing: Laptop, VPN", "Missing: VPN", "The person sets up the VPN", "Ready"),
     InlineData("de-DE", "in 3 Tagen", "Es fehlt: Laptop, VPN", "Es fehlt: VPN", "Die Person richtet das VPN ein", "Startklar")]
    public async Task A_starter_s_light_changes_as_the_equipment_arrives(string locale, string days, string both, string vpn, string next, string ready)
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var person = await office.HireAsync(Api.Unique("Beginn"), Office.Today().AddDays(3));
        var starter = await office.CaseAsync(person, c => c.Text("status") == "open");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        await using var context = await browser.NewContextAsync(new()
        {
            BaseURL = shared.Fleet.Address.ToString(),
            Locale = locale,
            ExtraHTTPHeaders = new Dictionary<string, string> { ["Authorization"] = office.Hr.DefaultRequestHeaders.Authorization!.ToString() },
        });
        var page = await context.NewPageAsync();
        var row = page.Locator("tr", new() { Has = page.Locator($"a[href='/cases/{starter.Id()}']") });

        await page.GotoAsync("/cases");
        await Assertions.Expect(row).ToContainTextAsync(days);
        await Assertions.Expect(row).ToContainTextAsync(both);

        var laptop = await office.RegisterLaptopAsync();
        await office.It.PostAsync("/api/assignment/handovers", new { personId = person.Id(), assetTags = new[] { laptop.Text("assetTag") } });
        await office.CaseAsync(person, c => c["missing"]!.AsArray().Count == 1);
        await page.GotoAsync("/cases");
        await Assertions.Expect(row).ToContainTextAsync(vpn);
        await Assertions.Expect(row).ToContainTextAsync(next);

        var access = await office.AccessAsync(person, a => a.Text("state") == "requested");
        await office.It.PostAsync($"/api/provisioning/accesses/{access.Id()}/key", new { publicKey = Api.PublicKey() }, System.Net.HttpStatusCode.OK);
        await office.CaseAsync(person, c => c.Text("status") == "ready");
        await page.GotoAsync("/cases");
        await Assertions.Expect(row).ToHaveCountAsync(0);
        await page.GotoAsync($"/cases/{starter.Id()}");
        await Assertions.Expect(page.Locator(".lead .state")).ToHaveTextAsync(ready);
        await page.Locator($"a[href='/people/{person.Id()}']").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync(person.Text("familyName"));
    }
}
