using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OtpNet;

namespace Fleet.Tests.EndToEnd;

/// <summary>Somebody with a new account, in a browser of their own: what they do at the first sign-in.</summary>
public static partial class Newcomer
{
    /// <summary>What they choose instead of the one-time password.</summary>
    public const string Password = "a-password-of-my-own-1";

    /// <summary>Makes an account and signs it in for the first time; answers the page that they are led to once they have chosen a password.</summary>
    /// <param name="fleet">Where.</param>
    /// <param name="browser">Gets a context of its own.</param>
    /// <param name="roles">The account's.</param>
    /// <param name="options">The browser's.</param>
    /// <param name="person">Whose account it is; null: none of the county's people.</param>
    public static async Task<(JsonNode Account, IPage Page)> ArriveAsync(Installation fleet, IBrowser browser, string[] roles, BrowserNewContextOptions options, JsonNode? person = null)
    {
        var admin = await fleet.AsAsync("admin");
        var account = await admin.PostAsync("/auth/accounts", new { userName = person?.Text("userName") ?? Api.Unique("user"), name = "Erika Beispiel", roles, personId = person?.Id() });
        options.BaseURL = fleet.Address.ToString();
        var page = await (await browser.NewContextAsync(options)).NewPageAsync();
        await page.GotoAsync("/");
        await ChooseAsync(page, account.Text("userName"), account.Text("oneTimePassword"));
        return (account, page);
    }

    /// <summary>Signs in with the one-time password and chooses another, on the sign-in page.</summary>
    public static async Task ChooseAsync(IPage page, string userName, string oneTimePassword)
    {
        await page.FillAsync("#userName", userName);
        await page.FillAsync("#password", oneTimePassword);
        await page.Keyboard.PressAsync("Enter");
        await page.FillAsync("#current", oneTimePassword);
        await page.FillAsync("#new", Password);
        await page.FillAsync("#repeat", Password);
        await SendAsync(page);
    }

    /// <summary>Signs in who has chosen a password already, on the sign-in page.</summary>
    public static async Task SignInAsync(IPage page, string userName)
    {
        await page.FillAsync("#userName", userName);
        await page.FillAsync("#password", Password);
        await SendAsync(page);
    }

    /// <summary>Sends the form that the keyboard is in and waits for the page that it leads to, which may be the same one.</summary>
    public static async Task SendAsync(IPage page)
    {
        var arrived = new TaskCompletionSource();
        void Arrive(object? sender, IPage drawn) => arrived.TrySetResult();
        page.DOMContentLoaded += Arrive;
        await page.Keyboard.PressAsync("Enter");
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));
        page.DOMContentLoaded -= Arrive;
    }

    /// <summary>Sets up the second factor on the page that asks for it, and goes on.</summary>
    public static async Task SetUpFactorAsync(IPage page)
    {
        await page.GotoAsync("/account/second-factor");
        await page.FillAsync("#code", Code(await SecretAsync(page), 0));
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".codes").WaitForAsync();
        await page.Locator("main a.primary").ClickAsync();
    }

    /// <summary>The key as it stands on the page, in groups of four.</summary>
    public static async Task<string> SecretAsync(IPage page)
    {
        var text = await page.Locator("main .facts dd").InnerTextAsync();
        Groups().IsMatch(text).ShouldBeTrue(text);
        return text.Replace(" ", "", StringComparison.Ordinal);
    }

    /// <summary>What the app shows, now or some steps of 30 seconds later.</summary>
    public static string Code(string secret, int steps) => new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(30 * steps));

    [GeneratedRegex("^[A-Z2-7]{4}( [A-Z2-7]{4}){7}$")]
    private static partial Regex Groups();
}
