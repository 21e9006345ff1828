using Microsoft.Playwright;

namespace Fleet.Tests.EndToEnd;

/// <summary>The second factor as a person meets it: set up with an app, asked for after the password, replaced by a recovery code.</summary>
public sealed class SecondFactorTests(SharedInstallation shared)
{
    private string _userName = "";

    [Theory, InlineData("en-GB", "Your role needs a second factor", "Your second factor is set up."), InlineData("de-DE", "Ihre Rolle verlangt einen zweiten Faktor", "Ihr zweiter Faktor ist eingerichtet.")]
    public async Task An_administrator_sets_a_second_factor_up_before_anything_else_and_signs_in_with_it(string locale, string needed, string isSet)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await ArriveAsync(browser, "admin", locale, script: true);
        var complaints = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error") complaints.Add(message.Text); };

        await page.WaitForURLAsync("**/account/second-factor**");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(needed);
        (await page.GotoAsync("/devices"))!.Url.ShouldContain("/account/second-factor?returnUrl=%2Fdevices");
        await FitsAsync(page);
        var secret = await Newcomer.SecretAsync(page);
        var uri = await page.Locator("a[href^='otpauth:']").GetAttributeAsync("href");
        uri!.ShouldContain($"secret={secret}");
        QrPicture.TextOf(await page.Locator("svg.qr path").GetAttributeAsync("d")).ShouldBe(uri);

        await GiveAsync(page, "000000");
        await Assertions.Expect(page.Locator("[role=alert]")).ToBeVisibleAsync();
        (await Newcomer.SecretAsync(page)).ShouldBe(secret);
        await GiveAsync(page, Newcomer.Code(secret, 0));
        await Assertions.Expect(page.Locator("[role=status]")).ToHaveTextAsync(isSet);
        await Assertions.Expect(page.Locator(".codes li")).ToHaveCountAsync(10);
        await FitsAsync(page);
        await page.Locator("main a.primary").ClickAsync();
        await page.WaitForURLAsync("**/devices");

        await SignOutAsync(page);
        await SignInAsync(page, "/devices");
        await page.WaitForURLAsync("**/sign-in/code**");
        await FitsAsync(page);
        (await page.GotoAsync("/devices"))!.Url.ShouldContain("/sign-in?");
        await page.GotoAsync("/sign-in/code?returnUrl=%2Fdevices");
        await GiveAsync(page, Newcomer.Code(secret, 1));
        await page.WaitForURLAsync("**/devices");
        await page.GotoAsync("/account/second-factor");
        await Assertions.Expect(page.Locator(".codes")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("button[formaction='/auth/second-factor/remove']")).ToHaveCountAsync(0);
        complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_script_it_is_set_up_by_the_text_a_recovery_code_works_once_and_the_factor_is_removed_with_one()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await ArriveAsync(browser, "it", "en-GB", script: false);
        await page.GotoAsync("/account/second-factor");
        await Assertions.Expect(page.Locator("#factor-qr")).ToBeHiddenAsync();
        await GiveAsync(page, Newcomer.Code(await Newcomer.SecretAsync(page), 0));
        var codes = await page.Locator(".codes li").AllInnerTextsAsync();

        await SignOutAsync(page);
        await SignInAsync(page);
        await GiveAsync(page, codes[0].ToLowerInvariant());
        await Assertions.Expect(page.Locator("form[action='/auth/sign-out']")).ToBeVisibleAsync();
        await SignOutAsync(page);
        await SignInAsync(page);
        await GiveAsync(page, codes[0]);
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("not right, or was used already");
        await GiveAsync(page, codes[1]);
        await page.GotoAsync("/account/second-factor");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("8 recovery codes are left.");

        await page.FillAsync("#code", codes[2]);
        await page.Locator("button[formaction='/auth/second-factor/remove']").ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync("is removed");
        await SignOutAsync(page);
        await SignInAsync(page);
        await Assertions.Expect(page.Locator("form[action='/auth/sign-out']")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Wrong_codes_lock_and_a_right_one_does_not_open_what_is_locked()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await ArriveAsync(browser, "it", "en-GB", script: true);
        await page.GotoAsync("/account/second-factor");
        var secret = await Newcomer.SecretAsync(page);
        await GiveAsync(page, Newcomer.Code(secret, 0));
        await Assertions.Expect(page.Locator(".codes li")).ToHaveCountAsync(10);
        await SignOutAsync(page);
        await SignInAsync(page);
        await page.WaitForURLAsync("**/sign-in/code**");
        for (var i = 0; i < 5; i++)
        {
            await GiveAsync(page, "000000");
            await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("not right");
        }

        await GiveAsync(page, Newcomer.Code(secret, 1));
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("Too many attempts");
        (await page.GotoAsync("/devices"))!.Url.ShouldContain("/sign-in?");
    }

    private static async Task GiveAsync(IPage page, string code)
    {
        await page.FillAsync("#code", code);
        await Newcomer.SendAsync(page);
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.Locator("form[action='/auth/sign-out'] button").ClickAsync();
        await page.WaitForURLAsync("**/sign-in");
    }

    private async Task SignInAsync(IPage page, string returnUrl = "/")
    {
        await page.GotoAsync($"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}");
        await page.FillAsync("#userName", _userName);
        await page.FillAsync("#password", Newcomer.Password);
        await Newcomer.SendAsync(page);
    }

    /// <summary>Somebody new who has just chosen a password.</summary>
    private async Task<IPage> ArriveAsync(IBrowser browser, string role, string locale, bool script)
    {
        var (account, page) = await Newcomer.ArriveAsync(shared.Fleet, browser, [role], new() { Locale = locale, JavaScriptEnabled = script, ViewportSize = new() { Width = 360, Height = 740 } });
        _userName = account.Text("userName");
        return page;
    }

    /// <summary>On a telephone nothing is wider than the window.</summary>
    private static async Task FitsAsync(IPage page) => (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(360, page.Url);
}
