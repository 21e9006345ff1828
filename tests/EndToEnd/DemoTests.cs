using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Fleet.Tests.EndToEnd;

/// <summary>An installation with the demo county.</summary>
public sealed class DemoInstallation : IAsyncLifetime
{
    public Installation Fleet { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Fleet = await Installation.UpAsync(demo: true);

    public async ValueTask DisposeAsync() => await Fleet.DisposeAsync();
}

/// <summary>One such installation for all classes that only look at it.</summary>
[CollectionDefinition(nameof(DemoInstallation))]
public sealed class DemoCounty : ICollectionFixture<DemoInstallation>;

/// <summary>The demo county, asked through the API and looked at in a real browser.</summary>
[Collection(nameof(DemoInstallation))]
public sealed partial class DemoTests(DemoInstallation demo)
{
    [Theory]
    [InlineData("2020-02-29", 467, 33.4), InlineData("2020-05-08", 700, 50.0)]
    public async Task The_county_was_a_third_ready_and_weeks_later_half(string day, int ready, double percent)
    {
        var auditor = await demo.Fleet.SignedInAsync("demo-auditor", "demo");
        var coverage = await auditor.ReadAsync($"/api/audit/coverage?asOf={day}&per=unit");
        coverage.Number("staff").ShouldBe(1400);
        coverage.Number("ready").ShouldBe(ready);
        ((double)coverage["percentages"]!["readyOfStaff"]!).ShouldBe(percent);

        var units = coverage["units"]!.AsArray().Select(u => u!).ToList();
        units.Count(u => u.Text("kind") == "department").ShouldBe(5);
        var offices = units.Where(u => u.Text("kind") == "office").ToList();
        offices.Count.ShouldBe(25);
        offices.Sum(o => o.Number("ready")).ShouldBe(ready);
    }

    [Fact]
    public async Task Every_figure_can_be_taken_apart_down_to_the_people_in_it()
    {
        var auditor = await demo.Fleet.SignedInAsync("demo-auditor", "demo");
        var people = new List<System.Text.Json.Nodes.JsonNode>();
        string? next = "";
        while (next is not null)
        {
            var page = await auditor.ReadAsync($"/api/audit/coverage/people?asOf=2020-02-29&limit=500{(next.Length == 0 ? "" : $"&cursor={next}")}");
            people.AddRange(page["items"]!.AsArray().Select(p => p!));
            next = (string?)page["next"];
        }

        people.Count.ShouldBe(1400);
        people.Select(p => p.Text("personId")).ShouldBeUnique();
        people.Count(p => (bool)p["ready"]!).ShouldBe(467);
    }

    [Fact]
    public async Task Every_number_on_the_coverage_page_opens_as_many_people_as_it_says()
    {
        var auditor = await demo.Fleet.SignedInAsync("demo-auditor", "demo");
        var coverage = await auditor.ReadAsync("/api/audit/coverage?asOf=2020-05-08&per=unit");
        var knownAt = Uri.EscapeDataString(coverage.Text("knownAt"));
        auditor.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        auditor.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        var links = new HashSet<(string Address, string? Says)>();
        foreach (var open in coverage["units"]!.AsArray().Where(u => u!.Text("kind") == "department").Select(u => u!.Id()))
        {
            var page = await auditor.GetStringAsync($"/coverage?asOf=2020-05-08&from=2020-05-01&knownAt={knownAt}&open={open}");
            links.UnionWith(LinkToPeople().Matches(page).Select(m => (WebUtility.HtmlDecode(m.Groups["address"].Value), FirstNumber(m.Groups["text"].Value))));
        }

        // Nine of each of 31 units and of the whole, six of each of the chart's seven other days.
        links.Count.ShouldBe((9 * 32) + (6 * 7));
        links.Count(l => l.Address.Contains("unit=", StringComparison.Ordinal) && l.Address.EndsWith("without=laptop,vpn&eligible=true&from=2020-05-01", StringComparison.Ordinal)).ShouldBe(31);
        links.ShouldAllBe(l => l.Says != null);
        foreach (var (address, says) in links)
            FirstNumber(Lead().Match(await auditor.GetStringAsync(address)).Groups["text"].Value).ShouldBe(says, address);

        static string? FirstNumber(string html) => Number().Match(WebUtility.HtmlDecode(Tag().Replace(html, " "))) is { Success: true } number ? number.Value : null;
    }

    [Fact]
    public async Task The_same_county_is_not_loaded_twice()
    {
        var auditor = await demo.Fleet.SignedInAsync("demo-auditor", "demo");
        var before = (long)(await auditor.ReadAsync("/api/audit/log/verify"))["entries"]!;
        var (code, output) = await demo.Fleet.ScriptAsync("up.sh", "--no-build", "--demo");
        code.ShouldBe(0, output);
        ((long)(await auditor.ReadAsync("/api/audit/log/verify"))["entries"]!).ShouldBe(before);
    }

    [Theory]
    [InlineData("it", "/", "#work li:not(.nothing) a[href='/cases#late']"), InlineData("it", "/", "#work li:not(.nothing) a[href='/devices?status=inRepair']"), InlineData("hr", "/", "#work li:not(.nothing) a[href='/people/leavers']"),
     InlineData("manager", "/", "#work li:not(.nothing) a[href='/team?show=missing']"), InlineData("employee", "/me", "a[href^='/me/handovers/']"), InlineData("auditor", "/", "#work li:not(.nothing) a[href='/coverage']"),
     InlineData("admin", "/admin", "#services .state-good")]
    public async Task Whoever_signs_in_to_the_demo_has_something_to_do(string role, string address, string work)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await (await browser.NewContextAsync(new() { BaseURL = demo.Fleet.Address.ToString() })).NewPageAsync();
        await page.GotoAsync(address);
        await page.FillAsync("#userName", role);
        await page.FillAsync("#password", "demo");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator(work).First).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("en-GB", "Sign in", "Coverage", "33.4%", "467 of 1,400"), InlineData("de-DE", "Anmelden", "Abdeckung", "33,4 %", "467 von 1.400")]
    public async Task The_coverage_page_works_without_script_and_without_a_mouse(string locale, string signIn, string heading, string percent, string numbers)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var context = await browser.NewContextAsync(new() { Locale = locale, JavaScriptEnabled = false, BaseURL = demo.Fleet.Address.ToString() });
        var page = await context.NewPageAsync();

        // Asked for without a session, the page comes after the sign-in.
        await page.GotoAsync("/coverage?asOf=2020-02-29");
        await page.Locator("h1", new() { HasText = signIn }).WaitForAsync();
        await page.FocusAsync("input[name=userName]");
        await page.Keyboard.TypeAsync("auditor");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("demo");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("h1", new() { HasText = heading }).WaitForAsync();

        page.Url.ShouldEndWith("/coverage?asOf=2020-02-29");
        var text = Spaces().Replace(await page.InnerTextAsync("main"), " ");
        text.ShouldContain(percent);
        text.ShouldContain(numbers);
        (await page.Locator("main svg[role=img]").CountAsync()).ShouldBeGreaterThan(0);
        (await page.Locator("main table.units tbody tr").CountAsync()).ShouldBe(6);

        // The day picker, by keyboard.
        await page.FocusAsync("input[name=asOf]");
        await page.FillAsync("input[name=asOf]", "2020-05-08");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/coverage?*asOf=2020-05-08*");
        Spaces().Replace(await page.InnerTextAsync("main"), " ").ShouldContain(numbers.Replace("467", "700", StringComparison.Ordinal));
    }

    [GeneratedRegex("""<a href="(?<address>/coverage/people[^"]*)"[^>]*>(?<text>.*?)</a>""", RegexOptions.Singleline)]
    private static partial Regex LinkToPeople();

    [GeneratedRegex("""<p class="lead">(?<text>.*?)</p>""", RegexOptions.Singleline)]
    private static partial Regex Lead();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"(?<![\d.,])[\d,]+(?![\d.%])")]
    private static partial Regex Number();

    [GeneratedRegex(@"\s")]
    private static partial Regex Spaces();
}
