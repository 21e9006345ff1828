using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Fleet.Tests.Integration.Portal;

public sealed partial class CoveragePagesTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    public static TheoryData<string> Views => ["", $"open={PortalFixture.Department}", $"unit={PortalFixture.Department}", $"unit={PortalFixture.Office}", $"knownAt={PortalFixture.KnownAt}"];

    [Theory, MemberData(nameof(Views))]
    public async Task Every_number_on_the_coverage_page_opens_exactly_the_people_it_counts(string view)
    {
        using var auditor = Auditor();
        var page = await auditor.GetStringAsync($"/coverage?asOf=2020-05-08&{view}");
        var links = LinkToPeople().Matches(page).Select(m => (Address: WebUtility.HtmlDecode(m.Groups["address"].Value), Text: TextOf(m.Groups["text"].Value))).ToList();

        links.Count.ShouldBeGreaterThan(10);
        foreach (var (address, text) in links.Distinct())
        {
            address.ShouldContain("knownAt=2020-05-09T08%3A31%3A12.5Z");
            var people = await auditor.GetStringAsync(address);
            var rows = Row().Count(people);
            Number().Match(TextOf(Lead().Match(people).Value)).Value.ShouldBe(rows.ToString(CultureInfo.InvariantCulture), address);
            Number().Match(text).Value.ShouldBe(rows.ToString(CultureInfo.InvariantCulture), $"{text}: {address}");
        }
    }

    [Fact]
    public async Task Every_unit_says_how_many_are_eligible_but_not_ready_and_opens_them()
    {
        using var auditor = Auditor();
        var page = await auditor.GetStringAsync($"/coverage?asOf=2020-05-08&open={PortalFixture.Department}");
        var links = LinkToPeople().Matches(page).Select(m => (Address: WebUtility.HtmlDecode(m.Groups["address"].Value), Text: TextOf(m.Groups["text"].Value))).ToList();

        foreach (var (unit, count) in PortalFixture.EligibleNotReady)
        {
            var link = links.Single(l => l.Address.Contains($"unit={unit}", StringComparison.Ordinal) && l.Address.EndsWith("&without=laptop,vpn&eligible=true", StringComparison.Ordinal));
            link.Text.ShouldStartWith($"{count} not ready");
        }
    }

    [Fact]
    public async Task Departments_open_to_their_offices_without_JavaScript()
    {
        using var auditor = Auditor();
        var closed = await auditor.GetStringAsync("/coverage?asOf=2020-05-08");
        UnitNames(closed).ShouldBe(["Landkreis", "Dezernat", "Jugendamt"]);

        var open = await auditor.GetStringAsync(Fold().Match(closed).Groups["address"].Value.Replace("&amp;", "&", StringComparison.Ordinal));
        UnitNames(open).ShouldBe(["Landkreis", "Dezernat", "Bauamt", "Jugendamt"]);

        UnitNames(await auditor.GetStringAsync(Fold().Match(open).Groups["address"].Value.Replace("&amp;", "&", StringComparison.Ordinal))).ShouldBe(UnitNames(closed));
    }

    [Theory, InlineData("it"), InlineData("hr"), InlineData("auditor"), InlineData("admin")]
    public async Task A_name_leads_whoever_may_see_the_person_to_their_page(string role)
    {
        using var reader = Reader(role);

        var page = await reader.GetStringAsync("/coverage/people?asOf=2020-05-08");

        PersonLink().Count(page).ShouldBe(Row().Count(page));
    }

    [Fact]
    public async Task Each_sheet_of_paper_says_what_is_counted_as_known_when_and_how_it_is_called_up_again()
    {
        using var auditor = Auditor();

        // The address says nothing of the knowledge: the sheets say which one their figures are of.
        var sheets = Sheet().Matches(await auditor.GetStringAsync("/coverage/print?asOf=2020-05-08")).Select(m => m.Value).ToList();

        sheets.Count.ShouldBe(2);
        foreach (var (sheet, unit) in sheets.Zip([PortalFixture.County, PortalFixture.Department]))
        {
            var text = TextOf(sheet);
            text.ShouldContain("Ready is who was employed on the day");
            text.ShouldContain("Friday, 8 May 2020");
            text.ShouldContain("9 May 2020, 10:31:12");
            text.ShouldContain("up to entry 4,711");
            var reference = WebUtility.HtmlDecode(Reference().Match(sheet).Groups["address"].Value);
            reference.ShouldBe($"/coverage?asOf=2020-05-08&unit={unit}&knownAt=2020-05-09T08%3A31%3A12.5Z");
            TextOf(await auditor.GetStringAsync(reference)).ShouldContain(Ready().Match(text).Value);
        }
    }

    [Theory, InlineData("/coverage/print"), InlineData("/coverage.csv")]
    public async Task Nothing_is_printed_of_a_unit_that_there_is_not(string address)
    {
        using var auditor = Auditor();

        (await auditor.GetAsync($"{address}?asOf=2020-05-08&unit={Guid.CreateVersion7()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_table_has_a_line_for_each_unit_and_says_of_which_day_and_knowledge_it_is()
    {
        using var auditor = Auditor();
        var page = await auditor.GetStringAsync("/coverage?asOf=2020-05-08");
        var address = WebUtility.HtmlDecode(CsvLink().Match(page).Groups["address"].Value);

        var lines = (await auditor.GetStringAsync(address)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        lines[0].ShouldContain("unit,kind,level,staff,eligible,withLaptop,withVpn,ready,eligibleNotReady");
        lines.Skip(1).Select(l => l.Split(',')[0]).ShouldBe(["Landkreis", "Dezernat", "Bauamt", "Jugendamt"]);
        lines.Skip(1).ShouldAllBe(l => l.Contains($",2020-05-08,{PortalFixture.KnownAt},{PortalFixture.LogPosition},"));
    }

    [Fact]
    public async Task Every_count_in_the_table_of_the_chart_is_a_link_to_the_people_of_its_day()
    {
        using var auditor = Auditor();
        var table = SeriesTable().Match(await auditor.GetStringAsync("/coverage?asOf=2020-05-08&to=2020-05-01&from=2020-04-01")).Value;

        var cells = NumberCell().Matches(table).Select(m => m.Groups["content"].Value).ToList();

        cells.Count.ShouldBe(6);
        foreach (var cell in cells) LinkToPeople().Match(cell).Groups["address"].Value.ShouldContain("asOf=2020-05-01");
    }

    [Fact]
    public async Task Staff_equipment_eligible_and_their_opposites_are_all_links()
    {
        using var auditor = Auditor();
        var page = await auditor.GetStringAsync("/coverage?asOf=2020-05-08");

        var asked = LinkToPeople().Matches(page).Select(m => WebUtility.HtmlDecode(m.Groups["address"].Value))
            .Where(a => !a.Contains("unit=", StringComparison.Ordinal))
            .Select(a => string.Join('&', a.Split('?', '&').Where(p => p.Split('=')[0] is "with" or "without" or "eligible"))).Distinct();

        asked.ShouldBe(
            ["", "with=laptop", "without=laptop", "with=vpn", "without=vpn", "with=laptop,vpn", "without=laptop,vpn", "eligible=true", "without=laptop,vpn&eligible=true"], ignoreOrder: true);
    }

    [Fact]
    public async Task The_people_page_says_which_figure_it_explains_and_how_many_it_counts()
    {
        using var auditor = Auditor();

        var page = await auditor.GetStringAsync($"/coverage/people?asOf=2020-05-08&unit={PortalFixture.Department}&without=laptop,vpn&eligible=true");

        TextOf(page).ShouldContain("Eligible but not ready");
        TextOf(Lead().Match(page).Value).ShouldContain("Dezernat");
        page.ShouldContain("aria-current=\"page\"");
    }

    [Fact]
    public async Task People_who_may_work_from_home_are_shown_as_such()
    {
        using var auditor = Auditor();

        var may = await auditor.GetStringAsync("/coverage/people?asOf=2020-05-08&eligible=true");
        var mayNot = await auditor.GetStringAsync("/coverage/people?asOf=2020-05-08&eligible=false");

        EligibleCell().Matches(may).Select(m => TextOf(m.Groups["text"].Value).Trim('✓', '–', ' ')).Distinct().ShouldBe(["Yes"]);
        EligibleCell().Matches(mayNot).Select(m => TextOf(m.Groups["text"].Value).Trim('✓', '–', ' ')).Distinct().ShouldBe(["No"]);
    }

    [Fact]
    public async Task All_that_a_page_asks_is_asked_of_one_knowledge()
    {
        using var auditor = Auditor();
        var before = portal.Asked.Count;

        await auditor.GetStringAsync("/coverage?asOf=2020-05-07");

        var asked = portal.Asked.Skip(before).Where(a => a.Contains("2020-05-07", StringComparison.Ordinal)).ToList();
        asked.Count.ShouldBe(2);
        asked[0].ShouldNotContain("knownAt");
        asked.Skip(1).ShouldAllBe(a => a.Contains("knownAt=2020-05-09T08%3A31%3A12.5Z", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_dashed_line_of_the_chart_is_drawn_over_those_it_may_coincide_with()
    {
        using var auditor = Auditor();

        var page = await auditor.GetStringAsync("/coverage?asOf=2020-05-08");

        var drawn = Drawn().Matches(page).Select(m => m.Groups["line"].Value).Take(3);
        drawn.ShouldBe(["laptop", "ready", "vpn"]);
    }

    [Theory]
    [InlineData("employee", "/coverage", 403), InlineData("manager", "/coverage/people", 403), InlineData("employee", "/nowhere", 404)]
    public async Task Who_may_not_see_coverage_is_not_led_to_it(string role, string address, int status)
    {
        using var client = Reader(role);

        using var answer = await client.GetAsync(address);

        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("href=\"/coverage");
    }

    [Theory]
    [InlineData("employee", "/coverage", 403), InlineData("auditor", "/coverage/people?with=desk", 400), InlineData("auditor", "/nowhere", 404)]
    public async Task A_page_about_a_problem_speaks_in_words_and_not_in_numbers(string role, string address, int status)
    {
        using var client = Reader(role);

        using var answer = await client.GetAsync(address);

        ((int)answer.StatusCode).ShouldBe(status);
        TextOf(await answer.Content.ReadAsStringAsync()).ShouldNotContain($"{status}");
    }

    [Fact]
    public async Task A_word_that_means_nothing_is_refused()
    {
        using var auditor = Auditor();

        (await auditor.GetAsync("/coverage/people?asOf=2020-05-08&with=desk")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static IEnumerable<string> UnitNames(string page) => UnitName().Matches(page).Select(m => m.Groups["name"].Value);

    private HttpClient Auditor() => Reader("auditor");

    private HttpClient Reader(string role)
    {
        var client = portal.As(role, role);
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        client.DefaultRequestHeaders.Add("Accept-Language", "en");
        return client;
    }

    private static string TextOf(string html) => WebUtility.HtmlDecode(Space().Replace(Tag().Replace(html, " "), " ")).Trim();

    [GeneratedRegex("""<a href="(?<address>/coverage/people[^"]*)"[^>]*>(?<text>.*?)</a>""", RegexOptions.Singleline)]
    private static partial Regex LinkToPeople();

    [GeneratedRegex("""<th scope="row"[^>]* id="u-[0-9a-f]{32}">\s*<a [^>]*>(?<name>[^<]*)</a>""")]
    private static partial Regex UnitName();

    [GeneratedRegex("""<a class="fold" href="(?<address>[^"#]*)#u-[0-9a-f]{32}" aria-expanded=""")]
    private static partial Regex Fold();

    [GeneratedRegex("""<th scope="row"[^>]*><a href="/people/[0-9a-f-]{36}">Person""")]
    private static partial Regex PersonLink();

    [GeneratedRegex("""<section class="card sheet".*?</section>""", RegexOptions.Singleline)]
    private static partial Regex Sheet();

    [GeneratedRegex("""<a class="tag" href="(?<address>[^"]*)">""")]
    private static partial Regex Reference();

    [GeneratedRegex("""<a class="button" href="(?<address>/coverage\.csv[^"]*)" download""")]
    private static partial Regex CsvLink();

    [GeneratedRegex(@"\d+ of \d+")]
    private static partial Regex Ready();

    [GeneratedRegex("""data-label="Eligible">(?<text>.*?)</td>""", RegexOptions.Singleline)]
    private static partial Regex EligibleCell();

    [GeneratedRegex("""<p class="lead">.*?</p>""", RegexOptions.Singleline)]
    private static partial Regex Lead();

    [GeneratedRegex("""<table class="plain" id="series">.*?</table>""", RegexOptions.Singleline)]
    private static partial Regex SeriesTable();

    [GeneratedRegex("<g class=\"(?<line>[a-z]+)\">\\s*<path class=\"line\"")]
    private static partial Regex Drawn();

    [GeneratedRegex("""<td class="number">(?<content>.*?)</td>""", RegexOptions.Singleline)]
    private static partial Regex NumberCell();

    [GeneratedRegex("<th scope=\"row\"")]
    private static partial Regex Row();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"(?<![\d.,])\d+(?![\d.,%])")]
    private static partial Regex Number();
}
