using System.Net;
using Microsoft.Playwright;

namespace Fleet.Tests.EndToEnd;

/// <summary>HR's page of the organisation.</summary>
public sealed class UnitPagesTests(SharedInstallation shared)
{
    [Theory, InlineData("en-GB", "is added", "is changed", "higher kind"), InlineData("de-DE", "ist angelegt", "ist geändert", "höherer Art")]
    public async Task A_unit_is_added_below_another_counted_and_renamed_from_a_day_on(string locale, string added, string changed, string order)
    {
        var office = await Office.OpenAsync(shared.Fleet);
        await office.HireAsync();
        await office.CoverageAsync(Office.Today(), c => c.Number("staff") == 1);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        await using var context = await browser.NewContextAsync(new()
        {
            BaseURL = shared.Fleet.Address.ToString(),
            Locale = locale,
            ExtraHTTPHeaders = new Dictionary<string, string> { ["Authorization"] = office.Hr.DefaultRequestHeaders.Authorization!.ToString() },
        });
        var page = await context.NewPageAsync();
        var name = Api.Unique("Team");
        var renamed = Api.Unique("Sachgebiet");

        await page.GotoAsync("/units");
        var parent = page.Locator("tr", new() { Has = page.Locator($"a[href='/people?unitId={office.OfficeId}']") });
        await Assertions.Expect(parent.Locator("td").Nth(1)).ToHaveTextAsync("1");
        await parent.Locator("a[href*='/units/add']").ClickAsync();
        await page.FillAsync("#name", name);
        await page.SelectOptionAsync("#kind", "department");
        await page.ClickAsync("form .primary");
        await Assertions.Expect(page.Locator("#parentId-error")).ToContainTextAsync(order);
        await page.SelectOptionAsync("#kind", "team");
        await page.ClickAsync("form .primary");
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync(added);

        await page.Locator("tr", new() { HasText = name }).Locator("a[href$='/change']").ClickAsync();
        await page.FillAsync("#name", renamed);
        await page.FillAsync("#from", $"{Office.Today().AddDays(-3):d.M.yyyy}");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync(changed);
        await Assertions.Expect(page.Locator("tr", new() { HasText = renamed })).ToHaveCountAsync(1);
        var unit = (await office.Hr.ItemsAsync($"/api/assignment/units?parentId={office.OfficeId}"))[0];
        unit["history"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_change_of_what_is_not_there_any_more_as_it_was_shown_is_refused()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        office.Hr.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["key"] = Guid.CreateVersion7().ToString(),
            ["version"] = "\"1000\"",
            ["name"] = "Anders",
            ["parentId"] = "",
            ["from"] = "2026-01-01",
        });

        (await office.Hr.PostAsync($"/units/{office.OfficeId}/change", form)).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await office.Hr.ReadAsync($"/api/assignment/units/{office.OfficeId}")).Text("name").ShouldBe("Amt für IT");
    }
}
