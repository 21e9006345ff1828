using System.Net;
using Microsoft.Playwright;

namespace Fleet.Tests.EndToEnd;

/// <summary>What an administrator does: accounts, service accounts, the state of everything.</summary>
public sealed class AdminPagesTests(SharedInstallation shared)
{
    [Theory, InlineData("en-GB", "is made", "are changed", "is disabled"), InlineData("de-DE", "ist angelegt", "sind geändert", "ist gesperrt")]
    public async Task An_account_is_made_for_a_person_found_by_search_given_roles_and_disabled(string locale, string made, string changed, string disabled)
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var person = await office.HireAsync(Api.Unique("Konto"));
        await Eventually.ReadAsync(() => office.It.ReadAsync($"/api/assignment/people?search={person.Text("personnelNumber")}"), p => p["items"]!.AsArray().Count == 1);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await SignedInAsync(browser, locale);

        await page.GotoAsync("/admin/accounts");
        await page.Locator("a[href='/admin/accounts/new']").ClickAsync();
        await page.FillAsync("#search", person.Text("personnelNumber"));
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".lines a").ClickAsync();
        await Assertions.Expect(page.Locator("#userName")).ToHaveValueAsync(person.Text("userName"));
        await page.Locator("form .primary").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync(made);
        var oneTime = await page.Locator(".secret").InnerTextAsync();
        await page.Locator("main a.primary").ClickAsync();

        // The one-time password lets its owner in, once.
        var own = await browser.NewContextAsync(new() { BaseURL = shared.Fleet.Address.ToString() });
        var theirs = await own.NewPageAsync();
        await theirs.GotoAsync("/me");
        await Newcomer.ChooseAsync(theirs, person.Text("userName"), oneTime);
        await theirs.WaitForURLAsync("**/me");

        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#sessions + ul li, section[aria-labelledby=sessions] li")).ToHaveCountAsync(1);
        await page.Locator("a[href$='/roles']").ClickAsync();
        await page.Locator("input[name=roles][value=hr]").CheckAsync();
        await page.Locator("form .primary").ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync(changed);
        (await theirs.GotoAsync("/me"))!.Url.ShouldContain("/sign-in");

        await page.Locator("a[href$='/disable']").ClickAsync();
        await page.Locator("form .primary").ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync(disabled);
    }

    [Fact]
    public async Task A_session_is_ended_by_an_administrator_and_its_browser_is_signed_out()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await SignedInAsync(browser, "en-GB");
        var (account, theirs) = await Newcomer.ArriveAsync(shared.Fleet, browser, ["auditor"], new() { JavaScriptEnabled = false });
        await theirs.GotoAsync("/coverage");

        await page.GotoAsync($"/admin/accounts/{account.Id()}");
        await page.Locator("form.inline button").ClickAsync();

        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync("is ended");
        (await theirs.GotoAsync("/coverage"))!.Url.ShouldContain("/sign-in");
    }

    [Fact]
    public async Task Everybody_sees_where_they_are_signed_in_and_ends_it_there()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var (account, page) = await Newcomer.ArriveAsync(shared.Fleet, browser, ["hr"], new());
        var others = new List<IPage>();
        for (var i = 0; i < 2; i++)
        {
            var other = await (await browser.NewContextAsync(new() { BaseURL = shared.Fleet.Address.ToString(), JavaScriptEnabled = false })).NewPageAsync();
            await other.GotoAsync("/");
            await Newcomer.SignInAsync(other, account.Text("userName"));
            others.Add(other);
        }

        await page.Locator("header a[href='/account']").ClickAsync();
        await Assertions.Expect(page.Locator("form.inline button")).ToHaveCountAsync(2);
        await page.Locator("form.inline button").First.ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync("signed out");
        await Assertions.Expect(page.Locator("form.inline button")).ToHaveCountAsync(1);
        var signedOut = 0;
        foreach (var other in others) signedOut += (await other.GotoAsync("/cases"))!.Url.Contains("/sign-in", StringComparison.Ordinal) ? 1 : 0;
        signedOut.ShouldBe(1);
    }

    [Fact]
    public async Task A_service_account_is_made_gets_another_secret_and_is_removed()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await SignedInAsync(browser, "en-GB");
        var name = Api.Unique("erp");

        await page.GotoAsync("/admin/clients/new");
        await page.Locator("form .primary").ClickAsync();
        await Assertions.Expect(page.Locator("#clientId-error")).ToBeVisibleAsync();
        await page.FillAsync("#clientId", name);
        await page.Locator("input[name=roles][value=it]").CheckAsync();
        await page.Locator("form .primary").ClickAsync();
        var first = await page.Locator(".secret").InnerTextAsync();
        await shared.Fleet.SignedInAsync(name, first);
        await page.Locator("main a.primary").ClickAsync();

        await page.Locator("a[href$='/rotate']").ClickAsync();
        await page.Locator("form .primary").ClickAsync();
        var second = await page.Locator(".secret").InnerTextAsync();
        second.ShouldNotBe(first);
        await shared.Fleet.SignedInAsync(name, second);
        await page.Locator("main a.primary").ClickAsync();

        await page.Locator("a[href$='/remove']").ClickAsync();
        await page.Locator("form .primary").ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync("is removed");
        await page.FillAsync("#search", name);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_state_of_every_service_and_the_signing_key_are_shown()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await SignedInAsync(browser, "en-GB");

        await page.GotoAsync("/admin");

        await Assertions.Expect(page.Locator("#services tbody tr")).ToHaveCountAsync(6);
        await Assertions.Expect(page.Locator("#services .state-good")).ToHaveCountAsync(6);
        await Assertions.Expect(page.Locator("section[aria-labelledby=keys] li")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Nobody_else_opens_the_pages_of_an_administrator_and_no_service_s_token_opens_accounts()
    {
        var others = await shared.Fleet.AsAsync("it", "hr", "auditor");
        foreach (var path in (string[])["/admin", "/admin/accounts", "/admin/accounts/new", "/admin/clients", "/admin/error-queues/audit-record-entry_error", "/operations/services", "/operations/error-queues"])
            (await others.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
    }

    /// <summary>An administrator with a password and a second factor of their own, in a browser.</summary>
    private async Task<IPage> SignedInAsync(IBrowser browser, string locale)
    {
        var (_, page) = await Newcomer.ArriveAsync(shared.Fleet, browser, ["admin"], new() { Locale = locale });
        await Newcomer.SetUpFactorAsync(page);
        await page.WaitForURLAsync(new Uri(shared.Fleet.Address, "/").ToString());
        return page;
    }
}
