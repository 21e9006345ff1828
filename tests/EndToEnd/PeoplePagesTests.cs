using System.Net;
using Microsoft.Playwright;

namespace Fleet.Tests.EndToEnd;

/// <summary>HR's pages of people.</summary>
public sealed class PeoplePagesTests(SharedInstallation shared)
{
    [Theory]
    [InlineData("en-GB", "is hired, and the equipment is asked for", "is moved", "The last day of", "Has left"),
     InlineData("de-DE", "ist eingestellt, und die Ausstattung ist angefordert", "ist versetzt", "Der letzte Tag von", "Ausgeschieden")]
    public async Task Somebody_is_hired_with_the_keyboard_alone_found_moved_and_leaves(string locale, string hired, string moved, string leaves, string left)
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var other = await office.Hr.PostAsync("/api/assignment/units", new { name = Api.Unique("Bauamt"), kind = "office", parentId = office.CountyId });
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await OpenAsync(browser, office.Hr, locale);
        var family = Api.Unique("Neu");

        await page.GotoAsync($"/people/new?unitId={office.OfficeId}");
        await page.Locator("#givenName:focus").WaitForAsync();
        foreach (var text in (string[])["Ida", family, Api.Unique("P"), Api.Unique("ida"), $"{Api.Unique("ida")}@county.example"])
        {
            await page.Keyboard.InsertTextAsync(text);
            await page.Keyboard.PressAsync("Tab");
        }

        await page.Locator("#unitId:focus").WaitForAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Locator("#kitId").SelectOptionAsync(office.KitId);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.InsertTextAsync($"{Office.Today().AddDays(-20):d.M.yyyy}");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync(hired);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync($"Ida {family}");

        await page.GotoAsync("/people");
        await page.FillAsync("#search", family[..^3].ToLowerInvariant());
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.Locator("tbody th a").ClickAsync();

        await page.Locator("a[href$='/move']").ClickAsync();
        await page.Locator("#unitId").SelectOptionAsync(other.Id());
        await page.FillAsync("#from", $"{Office.Today().AddDays(-5):yyyy-MM-dd}");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync(moved);
        await Assertions.Expect(page.Locator(".facts")).ToContainTextAsync(other.Text("name"));
        await Assertions.Expect(page.Locator(".timeline li")).ToHaveCountAsync(3);

        await page.Locator("a[href$='/leave']").ClickAsync();
        await page.FillAsync("#lastDay", "31.2.2020");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#lastDay-error")).ToBeVisibleAsync();
        await page.FillAsync("#lastDay", $"{Office.Today().AddDays(-1):dd.MM.yyyy}");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync(leaves);
        await Assertions.Expect(page.Locator(".lead .state")).ToHaveTextAsync(left);
    }

    [Fact]
    public async Task Who_leaves_can_stay_after_all_and_who_has_left_can_come_back()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var person = await office.HireAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await OpenAsync(browser, office.Hr, "en-GB");
        await office.Hr.PostAsync($"/api/assignment/people/{person.Id()}/leave", new { lastDay = Office.Today().AddDays(-2) }, HttpStatusCode.OK);

        await page.GotoAsync($"/people/{person.Id()}");
        await page.Locator("a[href$='/stay']").ClickAsync();
        await page.Locator("button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync("Erika Beispiel stays.");
        await Assertions.Expect(page.Locator(".lead .state")).ToHaveTextAsync("Employed");

        await office.Hr.PostAsync($"/api/assignment/people/{person.Id()}/leave", new { lastDay = Office.Today().AddDays(-2) }, HttpStatusCode.OK);
        await page.GotoAsync($"/people/{person.Id()}");
        await page.Locator("a[href$='/return']").ClickAsync();
        await page.FillAsync("#startDate", $"{Office.Today().AddDays(-2):yyyy-MM-dd}");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#startDate-error")).ToContainTextAsync("has not ended by then");
        await page.FillAsync("#startDate", $"{Office.Today():yyyy-MM-dd}");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync("is hired again");
        (await office.Hr.ReadAsync($"/api/assignment/people/{person.Id()}"))["employments"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_somebody_else_changed_meanwhile_is_not_overwritten_unseen()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var person = await office.HireAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var (first, second) = (await OpenAsync(browser, office.Hr, "en-GB"), await OpenAsync(browser, office.Hr, "en-GB"));
        foreach (var page in (IPage[])[first, second]) await page.GotoAsync($"/people/{person.Id()}/change");

        await first.FillAsync("#familyName", "Erste");
        await first.Keyboard.PressAsync("Enter");
        await Assertions.Expect(first.Locator("h1")).ToHaveTextAsync("Erika Erste");
        await second.FillAsync("#familyName", "Zweite");
        await second.Keyboard.PressAsync("Enter");

        await Assertions.Expect(second.Locator(".alert")).ToContainTextAsync("changed meanwhile");
        await Assertions.Expect(second.Locator("#familyName")).ToHaveValueAsync("Zweite");
        (await office.Hr.ReadAsync($"/api/assignment/people/{person.Id()}")).Text("familyName").ShouldBe("Erste");
    }

    [Fact]
    public async Task A_number_that_somebody_has_is_said_beside_what_was_typed()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var person = await office.HireAsync();
        office.Hr.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["key"] = Guid.CreateVersion7().ToString(),
            ["givenName"] = "Ida",
            ["familyName"] = "O’Neil & Söhne",
            ["personnelNumber"] = person.Text("personnelNumber"),
            ["userName"] = Api.Unique("ida"),
            ["email"] = $"{Api.Unique("ida")}@county.example",
            ["unitId"] = office.OfficeId,
            ["startDate"] = "2026-01-01",
        });

        var answer = await office.Hr.PostAsync("/people/new", form);

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        page.ShouldContain("""id="personnelNumber-error">Somebody has this personnel number.""");
        page.ShouldContain("O’Neil & Söhne");
        page.ShouldContain($"""<option value="{office.OfficeId}" selected""");
    }

    [Fact]
    public async Task IT_sees_people_but_changes_none()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var person = await office.HireAsync();
        office.It.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        (await office.It.GetStringAsync($"/people/{person.Id()}")).ShouldNotContain("/leave");
        (await office.It.GetStringAsync("/people")).ShouldNotContain("/people/new");
        foreach (var act in (string[])["new", $"{person.Id()}/leave", $"{person.Id()}/move", $"{person.Id()}/change", $"{person.Id()}/return", $"{person.Id()}/stay"])
            (await office.It.GetAsync($"/people/{act}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden, act);
    }

    private async Task<IPage> OpenAsync(IBrowser browser, HttpClient client, string locale)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = shared.Fleet.Address.ToString(),
            Locale = locale,
            ExtraHTTPHeaders = new Dictionary<string, string> { ["Authorization"] = client.DefaultRequestHeaders.Authorization!.ToString() },
        });
        return await context.NewPageAsync();
    }
}
