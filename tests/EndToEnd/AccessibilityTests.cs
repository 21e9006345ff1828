using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Fleet.Tests.EndToEnd;

/// <summary>What a machine can tell of WCAG 2.2 at level AA (and so of EN 301 549 and BITV 2.0), on every page in its states.</summary>
public sealed partial class AccessibilityTests(SharedInstallation shared)
{
    // What is not a page: tables and files to take along, and the answer that remembers a language.
    private static readonly string[] NoPages = [".csv", "/config", "/culture"];

    // Of each rule that a page breaks: where, and what is wrong there. The size of what can be pressed is only looked at when it is asked for by name.
    private const string Run = """
        async () => (await axe.run({
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'],
        })).violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html} ${n.failureSummary}`))
        """;

    [Theory, InlineData("en-GB", ColorScheme.Light), InlineData("de-DE", ColorScheme.Dark)]
    public async Task Axe_finds_nothing_on_any_page(string locale, ColorScheme scheme)
    {
        var views = await shared.ViewsAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var axe = new BundledAxeScriptProvider().GetScript();
        var found = new List<string>();
        foreach (var ofReader in views.All.GroupBy(v => v.Reader))
        {
            await using var context = await views.SignedInAsync(browser, ofReader.Key, new() { Locale = locale, ColorScheme = scheme });
            await context.AddInitScriptAsync(axe);
            var page = await context.NewPageAsync();
            foreach (var view in ofReader)
            {
                await view.OpenAsync(page);
                found.AddRange((await page.EvaluateAsync<string[]>(Run)).Select(f => $"{view}: {f}"));
            }
        }

        found.ShouldBeEmpty();
    }

    [Fact]
    public async Task Axe_finds_nothing_on_what_is_shown_once_either()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var (_, page) = await Newcomer.ArriveAsync(shared.Fleet, browser, ["admin"], new());
        await page.AddInitScriptAsync(new BundledAxeScriptProvider().GetScript());

        await page.GotoAsync("/account/second-factor");
        await page.FillAsync("#code", Newcomer.Code(await Newcomer.SecretAsync(page), 0));
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".codes").WaitForAsync();
        (await page.EvaluateAsync<string[]>(Run)).ShouldBeEmpty();

        await page.GotoAsync("/admin/clients/new");
        await page.FillAsync("#clientId", Api.Unique("erp"));
        await page.Locator("input[name=roles][value=it]").CheckAsync();
        await page.Locator("form .primary").ClickAsync();
        await page.Locator(".secret").WaitForAsync();
        (await page.EvaluateAsync<string[]>(Run)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Axe_finds_what_is_wrong()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await browser.NewPageAsync(new() { BaseURL = shared.Fleet.Address.ToString() });
        await page.AddInitScriptAsync(new BundledAxeScriptProvider().GetScript());

        await page.GotoAsync("/sign-in");
        await page.EvaluateAsync("document.querySelector('label').remove()");

        (await page.EvaluateAsync<string[]>(Run)).ShouldHaveSingleItem().ShouldStartWith("label: ");
    }

    /// <summary>What the portal answers at addresses that no view of the table shows.</summary>
    [Fact]
    public async Task Every_page_is_among_the_views()
    {
        var views = (await shared.ViewsAsync()).All.Select(v => v.Path.Split('?')[0]).Distinct().ToList();
        var templates = Directory.EnumerateFiles(Path.Combine(Installation.Root, "services/Portal"), "*.cs", SearchOption.AllDirectories).SelectMany(Templates).ToList();

        templates.Count.ShouldBeGreaterThan(60);
        templates.Where(t => !NoPages.Any(n => t.EndsWith(n, StringComparison.Ordinal)) && !views.Any(v => AddressesOf(t).IsMatch(v))).ShouldBeEmpty();
    }

    /// <summary>The route templates that a file maps for GET, with the constants it names them by.</summary>
    private static IEnumerable<string> Templates(string file)
    {
        var text = File.ReadAllText(file);
        var constants = Constants().Matches(text).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["text"].Value);
        foreach (Match get in Gets().Matches(text))
        {
            var isInterpolated = get.Groups["sign"].Value == "$";
            var template = get.Groups["text"] is { Success: true } literal ? literal.Value : "";
            if (isInterpolated) template = Holes().Replace(template, m => constants.GetValueOrDefault(m.Groups["name"].Value, "{act}")).Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);
            if (get.Groups["name"] is { Success: true } name) template = (name.Value == "CounterState.Path" ? "/counter" : constants[name.Value]) + template;
            yield return template;
        }
    }

    /// <summary>The addresses that a template takes.</summary>
    private static Regex AddressesOf(string template) => new(
        $"^{Parameters().Replace(template, m => m.Value.Contains(":guid", StringComparison.Ordinal) ? "/[0-9a-f-]{36}" : m.Value.EndsWith("?}", StringComparison.Ordinal) ? "(/.*)?" : "/[^/]+")}$", RegexOptions.None, TimeSpan.FromSeconds(1));

    [GeneratedRegex("""MapGet\((?:(?<name>[A-Z][\w.]*)(?: \+ "(?<text>[^"]*)")?|(?<sign>\$?)"(?<text>[^"]*)"),""")]
    private static partial Regex Gets();

    [GeneratedRegex("""const string (?<name>\w*Path) = "(?<text>[^"]*)";""")]
    private static partial Regex Constants();

    [GeneratedRegex(@"(?<!\{)\{(?<name>\w+)\}(?!\})")]
    private static partial Regex Holes();

    [GeneratedRegex(@"/\{[^{}]*\}")]
    private static partial Regex Parameters();
}
