using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Fleet.Tests.EndToEnd;

/// <summary>What a manager sees and does: the people of their own unit, and nobody else's.</summary>
public sealed class TeamPagesTests(SharedInstallation shared)
{
    [Theory, InlineData("en-GB", "lack something", "It is saved"), InlineData("de-DE", "fehlt etwas", "Es ist gespeichert")]
    public async Task A_manager_sees_who_is_ready_and_says_who_may_work_from_home(string locale, string missing, string saved)
    {
        var (office, manager, colleague) = await ATeamAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await SignedInAsync(browser, manager, locale);

        await page.GotoAsync("/");
        await page.Locator("#work a[href='/team?show=missing']").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Amt für IT");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator(".lead")).ToContainTextAsync(missing);

        await page.Locator($"a[href='/team/{colleague.Id()}/home-office']").ClickAsync();
        await page.Locator("input[name=homeOfficeEligible][value=false]").CheckAsync();
        await page.Locator("form .primary").ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync(saved);
        await office.CoverageAsync(Office.Today(), c => c.Number("eligible") == 1);
        await page.GotoAsync("/team?show=missing");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Elsewhere_there_is_nothing_for_a_manager_in_pages_and_API_alike()
    {
        var (office, manager, colleague) = await ATeamAsync();
        var (elsewhere, _, stranger) = await ATeamAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await SignedInAsync(browser, manager, "en-GB");
        var api = page.Context.APIRequest;

        foreach (var path in (string[])[
            $"/api/assignment/people/{stranger.Id()}", $"/api/assignment/units/{elsewhere.OfficeId}", $"/api/audit/coverage?unit={elsewhere.OfficeId}", $"/api/audit/coverage?unit={office.CountyId}",
            $"/api/audit/coverage/people?unit={elsewhere.OfficeId}", $"/api/audit/coverage/series?unit={elsewhere.OfficeId}", $"/team/{stranger.Id()}/home-office"])
            (await api.GetAsync(path)).Status.ShouldBe(404, path);
        (await api.PatchAsync($"/api/assignment/people/{stranger.Id()}", new() { DataObject = new { homeOfficeEligible = false } })).Status.ShouldBe(404);
        (await api.PatchAsync($"/api/assignment/people/{colleague.Id()}", new() { DataObject = new { familyName = "Anders" } })).Status.ShouldBe(403);
        foreach (var path in (string[])["/devices", "/people", "/coverage", "/log", "/admin", "/api/inventory/devices", "/api/assignment/cases"])
            (await api.GetAsync(path)).Status.ShouldBe(403, path);

        var people = JsonNode.Parse(await (await api.GetAsync("/api/assignment/people")).TextAsync())!["items"]!.AsArray();
        people.Select(p => p!.Id()).ShouldBe([manager.Id(), colleague.Id()], ignoreOrder: true);
        JsonNode.Parse(await (await api.GetAsync("/api/audit/coverage")).TextAsync())!.Number("staff").ShouldBe(2);
    }

    /// <summary>An office of two, one of them its manager, as the figures know them.</summary>
    private async Task<(Office Office, JsonNode Manager, JsonNode Colleague)> ATeamAsync()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var (manager, colleague) = (await office.HireAsync("Leitung"), await office.HireAsync("Kollegin"));
        await office.CoverageAsync(Office.Today(), c => c.Number("staff") == 2);
        return (office, manager, colleague);
    }

    private async Task<IPage> SignedInAsync(IBrowser browser, JsonNode person, string locale) =>
        (await Newcomer.ArriveAsync(shared.Fleet, browser, ["manager", "employee"], new() { Locale = locale }, person)).Page;
}
