using Microsoft.Playwright;

namespace Fleet.Tests.EndToEnd;

/// <summary>Pages as they are drawn, on a telephone and on a desk, with names as long as people give them.</summary>
public sealed class PageLayoutTests(SharedInstallation shared)
{
    // Of everything that can be followed or pressed, but what is for screen readers and the keyboard only.
    private const string TooSmall = """
        () => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, summary')]
          .filter(e => e.checkVisibility() && !e.closest('.sr, .skip'))
          .map(e => ({ text: e.textContent.trim(), box: e.getBoundingClientRect() }))
          .filter(e => e.box.width > 0 && (e.box.width < 23.9 || e.box.height < 23.9))
          .map(e => `${e.text} ${e.box.width}x${e.box.height}`)
        """;

    /// <summary>Where each page is kept as a picture; unset: nowhere.</summary>
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("FLEET_TEST_SCREENSHOTS");

    [Theory, InlineData(1280), InlineData(360)]
    public async Task No_page_is_wider_than_the_window_and_nothing_on_it_is_too_small_to_be_hit(int width)
    {
        var views = await shared.ViewsAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        foreach (var locale in (string[])["en-GB", "de-DE"])
        {
            foreach (var ofReader in views.All.GroupBy(v => v.Reader))
            {
                await using var context = await views.SignedInAsync(browser, ofReader.Key, new() { Locale = locale, ViewportSize = new() { Width = width, Height = 800 } });
                var page = await context.NewPageAsync();
                foreach (var view in ofReader)
                {
                    await view.OpenAsync(page);
                    (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, $"{view}, {locale}");
                    (await page.EvaluateAsync<string[]>(TooSmall)).ShouldBeEmpty($"{view}, {locale}");
                    if (Pictures is { Length: > 0 }) await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, locale, $"{width}", FileNameOf(view)), FullPage = true });
                }
            }
        }
    }

    private static string FileNameOf(View view) =>
        string.Concat($"{view.Reader}{view.Path}{(view.IsSent ? " sent" : "")}".Take(120).Select(c => char.IsLetterOrDigit(c) || c is ' ' or '-' ? c : '_')) + ".png";

    [Fact]
    public async Task What_is_wrong_with_a_form_is_where_the_keyboard_is()
    {
        var auditor = await shared.Fleet.AsAsync("auditor");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        await using var context = await browser.NewContextAsync(new()
        {
            BaseURL = shared.Fleet.Address.ToString(),
            ExtraHTTPHeaders = new Dictionary<string, string> { ["Authorization"] = auditor.DefaultRequestHeaders.Authorization!.ToString() },
        });
        var page = await context.NewPageAsync();

        await page.GotoAsync("/coverage?asOf=2999-01-01");

        await page.Locator("[role=alert]:focus").WaitForAsync();
    }
}
