using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Fleet.Tests.EndToEnd;

/// <summary>The coverage pages of a county of 1,400 people in a real browser.</summary>
[Collection(nameof(DemoInstallation))]
public sealed partial class CoveragePagesTests(DemoInstallation demo)
{
    private const int Screen = 900;

    [Theory, InlineData("en-GB"), InlineData("de-DE")]
    public async Task The_page_of_a_county_is_at_most_three_screens_tall(string locale)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await OpenAsync(browser, locale);

        await page.GotoAsync("/coverage?asOf=2020-05-08");

        (await page.EvaluateAsync<int>("document.documentElement.scrollHeight")).ShouldBeLessThanOrEqualTo(3 * Screen);
    }

    [Theory, InlineData("br"), InlineData("gzip")]
    public async Task The_page_of_a_county_is_below_50_kB(string encoding)
    {
        var auditor = await demo.Fleet.SignedInAsync("demo-auditor", "demo");
        auditor.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        auditor.DefaultRequestHeaders.AcceptEncoding.ParseAdd(encoding);

        using var answer = await auditor.GetAsync("/coverage?asOf=2020-05-08");

        answer.Content.Headers.ContentEncoding.ShouldBe([encoding]);
        (await answer.Content.ReadAsByteArrayAsync()).Length.ShouldBeInRange(1_000, 50_000);
    }

    [Fact]
    public async Task Departments_open_to_their_offices_without_JavaScript()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await OpenAsync(browser, "en-GB");
        var rows = page.Locator("table.units tbody tr");
        await page.GotoAsync("/coverage?asOf=2020-05-08");
        await Assertions.Expect(rows).ToHaveCountAsync(6);

        await page.Locator("a.fold").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(rows).ToHaveCountAsync(12);
        await Assertions.Expect(page.Locator("a.fold[aria-expanded=true]")).ToHaveCountAsync(1);
        var office = page.Locator("tr.level-2").First;
        var staff = office.Locator("td").First;
        var people = await staff.Locator("a").EvaluateAsync<string>("a => a.firstChild.textContent");
        await staff.Locator("a").ClickAsync();
        await Assertions.Expect(page.Locator(".lead")).ToContainTextAsync($"{people} people");

        await page.GoBackAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(12);
        await page.Locator("a.fold[aria-expanded=true]").ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(6);
    }

    [Fact]
    public async Task The_chart_is_few_lines_and_its_numbers_are_a_table_that_opens()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await OpenAsync(browser, "en-GB");
        await page.GotoAsync("/coverage?asOf=2020-05-08");

        (await page.Locator("svg.chart-wide path").CountAsync()).ShouldBe(3);
        (await page.Locator("svg.chart circle").CountAsync()).ShouldBe(0);
        await Assertions.Expect(page.Locator("#series")).ToBeHiddenAsync();
        await page.Locator("details:has(#series) summary").ClickAsync();
        await Assertions.Expect(page.Locator("#series tbody tr").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task On_paper_each_department_has_one_page()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await OpenAsync(browser, "de-DE");
        await page.GotoAsync("/coverage?asOf=2020-05-08");

        await page.Locator(".acts a[href^='/coverage/print']").ClickAsync();
        await Assertions.Expect(page.Locator(".sheet")).ToHaveCountAsync(6);
        var paper = await page.PdfAsync(new() { Format = "A4" });

        PdfPage().Count(System.Text.Encoding.Latin1.GetString(paper)).ShouldBe(6);
    }

    [Fact]
    public async Task The_address_on_paper_shows_the_same_figures_again()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await OpenAsync(browser, "en-GB");
        await page.GotoAsync("/coverage/print?asOf=2020-02-29");
        var sheet = page.Locator(".sheet").Nth(1);
        var ready = await sheet.Locator(".answer").InnerTextAsync();

        await sheet.Locator(".reference a").ClickAsync();

        page.Url.ShouldContain("knownAt=");
        await Assertions.Expect(page.Locator(".answer strong")).ToHaveTextAsync(ready.Split(' ')[0]);
    }

    [Fact]
    public async Task The_people_of_a_figure_can_be_taken_along_as_a_table()
    {
        var auditor = await demo.Fleet.SignedInAsync("demo-auditor", "demo");

        var table = await auditor.GetStringAsync("/coverage/people.csv?asOf=2020-02-29&with=laptop,vpn");

        table.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1 + 467);
    }

    /// <summary>A page of an auditor whose browser runs no script.</summary>
    private async Task<IPage> OpenAsync(IBrowser browser, string locale)
    {
        var auditor = await demo.Fleet.SignedInAsync("demo-auditor", "demo");
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = demo.Fleet.Address.ToString(),
            Locale = locale,
            JavaScriptEnabled = false,
            ViewportSize = new() { Width = 1280, Height = Screen },
            ExtraHTTPHeaders = new Dictionary<string, string> { ["Authorization"] = auditor.DefaultRequestHeaders.Authorization!.ToString() },
        });
        return await context.NewPageAsync();
    }

    [GeneratedRegex(@"/Type\s*/Page\b")]
    private static partial Regex PdfPage();
}
