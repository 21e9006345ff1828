using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Fleet.Tests.EndToEnd;

/// <summary>Signing in at an identity provider as a person does: a provider that is none of ours, in a real browser.</summary>
public sealed class OpenIdConnectTests(IdentityProvider provider) : IClassFixture<IdentityProvider>, IAsyncLifetime
{
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.StartAsync(_playwright);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    [Theory, InlineData("en-GB", true, "Sign in with Rathaus-Konto"), InlineData("de-DE", false, "Mit Rathaus-Konto anmelden")]
    public async Task Somebody_signs_in_at_the_provider_with_the_roles_of_their_groups_and_signs_out_there_too(string locale, bool script, string button)
    {
        var page = await PageAsync(locale, script);
        var complaints = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error" && page.Url.StartsWith(provider.Fleet.Address.ToString(), StringComparison.Ordinal)) complaints.Add(message.Text); };
        var userName = NameOf("ines");
        await page.GotoAsync("/devices");
        await page.GetByRole(AriaRole.Link, new() { Name = button }).ClickAsync();
        await SignInThereAsync(page, userName);
        await page.WaitForURLAsync("**/devices");
        var me = await MeAsync(page);
        (me.Text("subject"), me.Text("name")).ShouldBe((userName, "Ines Beispiel"));
        me["roles"]!.AsArray().Select(r => (string)r!).ShouldBe(["it"]);

        await page.Locator("form[action='/auth/sign-out'] button").ClickAsync();
        await page.WaitForURLAsync($"{provider.Issuer}/**");
        await page.Locator("button[name=logout]").ClickAsync();
        await page.WaitForURLAsync("**/sign-in");
        complaints.ShouldBeEmpty();
        // The provider asks again.
        await page.GotoAsync("/auth/oidc");
        await Assertions.Expect(page.Locator("input[name=login]")).ToBeVisibleAsync();
        (await page.GotoAsync("/devices"))!.Url.ShouldContain("/sign-in?");
    }

    [Fact]
    public async Task A_group_that_is_a_text_and_no_list_gives_its_role()
    {
        var page = await PageAsync();
        await ArriveAsync(page, NameOf("hanna"));
        await page.WaitForURLAsync(provider.Fleet.Address.ToString());
        (await MeAsync(page))["roles"]!.AsArray().Select(r => (string)r!).ShouldBe(["hr"]);
    }

    [Theory]
    [InlineData("nobody", "en-GB", "None of your groups has a role in Fleet")]
    [InlineData("clara", "de-DE", "dass der Anmeldedienst sie nicht genannt hat")]
    public async Task Whoever_the_provider_knows_and_Fleet_does_not_reads_why(string who, string locale, string sentence)
    {
        var page = await PageAsync(locale);
        await ArriveAsync(page, NameOf(who));
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync(sentence);
        (await page.GotoAsync("/devices"))!.Url.ShouldContain("/sign-in?");
    }

    [Fact]
    public async Task An_account_with_a_password_here_is_not_taken_over()
    {
        var admin = await provider.Fleet.AsAsync("admin");
        var userName = NameOf("ines");
        await admin.PostAsync("/auth/accounts", new { userName, name = "Ines Anders", roles = new[] { "auditor" } });
        var page = await PageAsync();
        await ArriveAsync(page, userName);
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("It is not taken over");
    }

    [Fact]
    public async Task Other_keys_of_the_provider_are_fetched_and_while_it_is_away_passwords_work()
    {
        var before = await PageAsync();
        await ArriveAsync(before, NameOf("ines"));
        await before.WaitForURLAsync(provider.Fleet.Address.ToString());

        await provider.StopAsync();
        var after = await PageAsync();
        await after.GotoAsync("/auth/oidc");
        await Assertions.Expect(after.Locator("[role=alert]")).ToContainTextAsync("cannot be reached at the moment");
        // Who is in, stays in.
        (await before.GotoAsync("/devices"))!.Status.ShouldBe((int)HttpStatusCode.OK);
        var (_, local) = await Newcomer.ArriveAsync(provider.Fleet, _browser, ["it"], new() { Locale = "en-GB" });
        await Assertions.Expect(local.Locator("form[action='/auth/sign-out']")).ToBeVisibleAsync();

        await provider.StartAsync();
        await Eventually.ShouldAsync(
            async () =>
            {
                await ArriveAsync(after, NameOf("ines"));
                (await MeAsync(after))["roles"]!.AsArray().Count.ShouldBe(1);
            },
            TimeSpan.FromSeconds(45));
    }

    private static string NameOf(string who) => $"{who}.{Guid.CreateVersion7():N}";

    private static async Task<JsonNode> MeAsync(IPage page) => JsonNode.Parse(await (await page.Context.APIRequest.GetAsync("/auth/me")).TextAsync())!;

    private async Task<IPage> PageAsync(string locale = "en-GB", bool script = true)
    {
        var context = await _browser.NewContextAsync(new() { Locale = locale, JavaScriptEnabled = script, BaseURL = provider.Fleet.Address.ToString() });
        // The provider's own pages ask for fonts from elsewhere.
        await context.RouteAsync(url => !url.StartsWith("http://127.0.0.1:", StringComparison.Ordinal), route => route.AbortAsync());
        return await context.NewPageAsync();
    }

    /// <summary>From the sign-in page to the provider and back.</summary>
    private static async Task ArriveAsync(IPage page, string userName)
    {
        await page.GotoAsync("/sign-in");
        await page.Locator("a[href^='/auth/oidc']").ClickAsync();
        await SignInThereAsync(page, userName);
    }

    /// <summary>On the provider's own pages: who they are, and that Fleet may know it.</summary>
    private static async Task SignInThereAsync(IPage page, string userName)
    {
        await page.FillAsync("input[name=login]", userName);
        await page.FillAsync("input[name=password]", "anything");
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("button[autofocus]").ClickAsync();
        await page.WaitForLoadStateAsync();
    }
}
