using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Fleet.Tests.EndToEnd;

/// <summary>What an employee does alone: confirm, set up the VPN, report a loss.</summary>
public sealed partial class MePagesTests(SharedInstallation shared)
{
    [Theory, InlineData("en-GB", "It is reported", "is off since", "Lost since"), InlineData("de-DE", "Es ist gemeldet", "ist aus, seit", "Verloren seit")]
    public async Task An_employee_confirms_sets_up_the_VPN_in_the_browser_and_reports_the_loss(string locale, string reported, string off, string lostSince)
    {
        var (office, person, laptop) = await WithALaptopAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await SignInAsync(browser, person, locale, script: true);
        var sent = new List<string>();
        page.Request += (_, request) => sent.Add($"{request.Url} {request.PostData}");

        await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
        await page.Locator("a[href^='/me/handovers/']").ClickAsync();
        await page.Locator("button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("#accept-error")).ToBeVisibleAsync();
        await page.Locator("#accept").CheckAsync();
        await page.Locator("button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("a[href^='/me/handovers/']")).ToHaveCountAsync(0);

        await page.Locator("a[href^='/me/vpn/']").ClickAsync();
        await page.Locator("#vpn-make").ClickAsync();
        var config = await page.Locator("#vpn-config pre").InnerTextAsync();
        var access = await office.AccessAsync(person, a => a.Text("state") == "active");
        await FitsAsync(page);
        var privateKey = PrivateKey().Match(config).Groups["key"].Value;
        (await PublicKeyOfAsync(privateKey)).ShouldBe(access.Text("publicKey"));
        config.ShouldContain($"Address = {access.Text("address")}/32");
        QrPicture.TextOf(await page.Locator("svg.qr path").GetAttributeAsync("d")).ShouldBe(config);
        sent.ShouldNotContain(s => s.Contains(privateKey) || s.Contains(Uri.EscapeDataString(privateKey)));
        (await page.EvaluateAsync<int>("localStorage.length + sessionStorage.length")).ShouldBe(0);

        await page.GotoAsync("/me");
        await FitsAsync(page);
        await page.Locator("a[href='/me/loss']").ClickAsync();
        await FitsAsync(page);
        await page.Locator("input[name=kind][value=stolen]").CheckAsync();
        await page.Locator("button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(reported);
        await Assertions.Expect(page.Locator("main [role=status]")).ToContainTextAsync(off);
        await office.DeviceAsync(laptop, d => d.Text("status") == "stolen");
        await office.AccessAsync(person, a => a.Text("state") == "revoked");
        await page.GotoAsync("/me");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(lostSince);
    }

    [Fact]
    public async Task A_configuration_too_long_for_a_picture_is_still_shown_and_saved()
    {
        var (office, person, _) = await WithALaptopAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await SignInAsync(browser, person, "en-GB", script: true);
        var networks = string.Join(", ", Enumerable.Range(0, 100).Select(i => $"10.{i}.0.0/16"));
        await page.RouteAsync("**/config", route => route.FulfillAsync(new() { ContentType = "text/plain", Body = $"[Interface]\nPrivateKey = <private key>\n[Peer]\nAllowedIPs = {networks}\n" }));

        await page.Locator("a[href^='/me/vpn/']").ClickAsync();
        await page.Locator("#vpn-make").ClickAsync();

        var config = await page.Locator("#vpn-config pre").InnerTextAsync();
        var access = await office.AccessAsync(person, a => a.Text("state") == "active");
        (await PublicKeyOfAsync(PrivateKey().Match(config).Groups["key"].Value)).ShouldBe(access.Text("publicKey"));
        await Assertions.Expect(page.Locator("svg.qr")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#vpn-config a[download]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Nobody_reads_that_a_loss_is_reported_when_it_is_not()
    {
        var (_, person, laptop) = await WithALaptopAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await SignInAsync(browser, person, "en-GB", script: false);

        foreach (var device in (string[])[laptop.Id(), $"{Guid.CreateVersion7()}"])
        {
            await page.GotoAsync($"/me/loss/{device}");
            new Uri(page.Url).AbsolutePath.ShouldBe("/me");
        }
    }

    [Fact]
    public async Task Without_a_script_a_public_key_is_pasted_and_the_configuration_saved()
    {
        var (office, person, _) = await WithALaptopAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await SignInAsync(browser, person, "en-GB", script: false);
        var key = Api.PublicKey();

        await page.Locator("a[href^='/me/vpn/']").ClickAsync();
        await Assertions.Expect(page.Locator("#vpn-make")).ToBeHiddenAsync();
        await page.FillAsync("#publicKey", "not a key");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#publicKey-error")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#publicKey")).ToHaveValueAsync("not a key");
        await page.FillAsync("#publicKey", key);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync("You can connect now");
        (await office.AccessAsync(person, a => a.Text("state") == "active")).Text("publicKey").ShouldBe(key);

        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("a[download]").ClickAsync());
        download.SuggestedFilename.ShouldBe("fleet.conf");
        (await File.ReadAllTextAsync((await download.PathAsync())!)).ShouldContain("PrivateKey = <private key>");
    }

    [Fact]
    public async Task What_is_somebody_else_s_is_not_shown_and_cannot_be_acted_on()
    {
        var (office, owner, _) = await WithALaptopAsync();
        var access = await office.AccessAsync(owner, a => a.Text("state") == "requested");
        var handover = (await office.It.ItemsAsync($"/api/assignment/handovers?personId={owner.Id()}"))[0];
        var (_, other, _) = await WithALaptopAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await SignInAsync(browser, other, "en-GB", script: false);

        foreach (var address in (string[])[$"/me/vpn/{access.Id()}", $"/me/vpn/{access.Id()}/config", $"/me/handovers/{handover.Id()}"])
            (await page.GotoAsync(address))!.Status.ShouldBe(403, address);
        foreach (var address in (string[])["/counter", "/devices", "/handovers", "/coverage"])
            (await page.GotoAsync(address))!.Status.ShouldBe(403, address);
    }

    private async Task<(Office Office, JsonNode Person, JsonNode Laptop)> WithALaptopAsync()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var person = await office.HireAsync();
        var laptop = await office.RegisterLaptopAsync();
        await office.It.PostAsync("/api/assignment/handovers", new { personId = person.Id(), assetTags = new[] { laptop.Text("assetTag") } });
        await office.AccessAsync(person, a => a.Text("state") == "requested");
        return (office, person, laptop);
    }

    /// <summary>Signs an account of the person's own in, as they would at the first time, and answers the page they begin with.</summary>
    private async Task<IPage> SignInAsync(IBrowser browser, JsonNode person, string locale, bool script)
    {
        var (_, page) = await Newcomer.ArriveAsync(shared.Fleet, browser, ["employee"], new() { Locale = locale, JavaScriptEnabled = script, ViewportSize = new() { Width = 360, Height = 740 } }, person);
        await page.WaitForURLAsync("**/me");
        return page;
    }

    /// <summary>On a telephone nothing is wider than the window.</summary>
    private static async Task FitsAsync(IPage page) => (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(360, page.Url);

    /// <summary>The public half of a private key, as WireGuard's own program has it.</summary>
    private static async Task<string> PublicKeyOfAsync(string privateKey)
    {
        var (code, output) = await Installation.RunAsync("bash", ["-c", $"echo '{privateKey}' | wg pubkey"]);
        code.ShouldBe(0, output);
        return output.Trim();
    }

    [GeneratedRegex("^PrivateKey = (?<key>[A-Za-z0-9+/]{43}=)$", RegexOptions.Multiline)]
    private static partial Regex PrivateKey();
}
