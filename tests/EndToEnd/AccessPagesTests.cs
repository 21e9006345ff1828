using System.Net;
using Microsoft.Playwright;

namespace Fleet.Tests.EndToEnd;

/// <summary>IT's pages of VPN accesses and gateways.</summary>
public sealed class AccessPagesTests(SharedInstallation shared)
{
    [Theory]
    [InlineData("en-GB", "Waiting for a key", "Active", "Ended"), InlineData("de-DE", "Wartet auf Schlüssel", "Aktiv", "Beendet")]
    public async Task An_access_is_requested_for_a_person_gets_a_key_and_is_ended_with_a_reason(string locale, string waiting, string active, string ended)
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var person = await office.HireAsync("Zugang");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        await using var context = await DeskAsync(browser, office.It, locale);
        var page = await context.NewPageAsync();
        await Eventually.ReadAsync(() => office.It.ItemsAsync($"/api/assignment/people?search={person.Text("personnelNumber")}"), p => p.Count == 1);

        await page.GotoAsync("/accesses/request");
        await page.Locator("#search:focus").WaitForAsync();
        await page.Keyboard.InsertTextAsync(person.Text("personnelNumber"));
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("input[name=personId]:checked:focus").WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.FillAsync("#expiresOn", $"{Office.Today().AddDays(9):yyyy-MM-dd}");
        await page.ClickAsync("form .primary");
        await Assertions.Expect(page.Locator(".lead .state")).ToHaveTextAsync(waiting);
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Erika Zugang");

        var key = Api.PublicKey();
        await page.ClickAsync("a[href$='/key']");
        await page.FillAsync("#publicKey", key);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".lead .state")).ToHaveTextAsync(active);
        await Assertions.Expect(page.Locator(".facts")).ToContainTextAsync(key);

        await page.ClickAsync("a[href$='/revoke']");
        await page.Locator("#reason:focus").WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#reason-error")).ToBeVisibleAsync();
        await page.FillAsync("#reason", "Trial is over");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".lead .state")).ToHaveTextAsync(ended);
        await Assertions.Expect(page.Locator(".facts")).ToContainTextAsync("Trial is over");

        await page.GotoAsync($"/accesses?state=revoked&personId={person.Id()}");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        (await office.It.GetStringAsync($"/accesses.csv?state=revoked&personId={person.Id()}")).ShouldContain("Trial is over");
    }

    [Fact]
    public async Task A_gateway_is_registered_and_what_is_wrong_with_one_stands_beside_its_field()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        await using var context = await DeskAsync(browser, office.It, "en-GB");
        var page = await context.NewPageAsync();
        var name = Api.Unique("vpn");

        await page.GotoAsync("/vpn-gateways/register");
        await page.FillAsync("#name", name);
        await page.FillAsync("#endpoint", "vpn.county.example");
        await page.FillAsync("#publicKey", Api.PublicKey());
        await page.FillAsync("#network", $"{office.Prefix}.0/24");
        await page.FillAsync("#allowedIps", "10.0.0.0/8, 192.168.0.0/16");
        await page.ClickAsync("form .primary");
        await Assertions.Expect(page.Locator("#endpoint-error")).ToBeVisibleAsync();
        await page.FillAsync("#endpoint", "vpn.county.example:51820");
        await page.ClickAsync("form .primary");
        await Assertions.Expect(page.Locator("#network-error")).ToContainTextAsync("Another gateway has addresses of this network.");
        await page.FillAsync("#network", $"172.{16 + (Environment.ProcessId % 8)}.0.0/24");
        await page.ClickAsync("form .primary");

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(name);
        await Assertions.Expect(page.Locator(".facts")).ToContainTextAsync("10.0.0.0/8, 192.168.0.0/16");
        await page.GotoAsync($"/vpn-gateways?search={name}");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Who_may_only_look_is_offered_no_act()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var person = await office.HireAsync();
        var access = await office.It.PostAsync("/api/provisioning/accesses", new { personId = person.Id() });
        using var reader = new HttpClient { BaseAddress = shared.Fleet.Address };
        reader.DefaultRequestHeaders.Authorization = office.Auditor.DefaultRequestHeaders.Authorization;
        reader.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        (await reader.GetStringAsync("/accesses")).ShouldNotContain("/accesses/request");
        var page = await reader.GetStringAsync($"/accesses/{access.Id()}");
        page.ShouldNotContain("/revoke");
        (await reader.GetAsync($"/accesses/{access.Id()}/revoke")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await reader.GetAsync("/vpn-gateways/register")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private Task<IBrowserContext> DeskAsync(IBrowser browser, HttpClient reader, string locale) => browser.NewContextAsync(new()
    {
        BaseURL = shared.Fleet.Address.ToString(),
        Locale = locale,
        ExtraHTTPHeaders = new Dictionary<string, string> { ["Authorization"] = reader.DefaultRequestHeaders.Authorization!.ToString() },
    });
}
