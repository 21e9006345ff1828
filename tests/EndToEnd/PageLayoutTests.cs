using Microsoft.Playwright;

namespace Fleet.Tests.EndToEnd;

/// <summary>Pages as they are drawn, on a telephone and on a desk, with names as long as people give them.</summary>
public sealed class PageLayoutTests(SharedInstallation shared)
{
    private const string LongUnit = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzesvollzugsstelle";

    private const string LongModel = "Arbeitsplatzrechnerbaureihenbezeichnung-14-2020-Sonderausstattung";

    // Of everything that can be followed or pressed, but what is for screen readers and the keyboard only.
    private const string TooSmall = """
        () => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, summary')]
          .filter(e => e.checkVisibility() && !e.closest('.sr, .skip'))
          .map(e => ({ text: e.textContent.trim(), box: e.getBoundingClientRect() }))
          .filter(e => e.box.width > 0 && (e.box.width < 23.9 || e.box.height < 23.9))
          .map(e => `${e.text} ${e.box.width}x${e.box.height}`)
        """;

    [Theory, InlineData(1280), InlineData(360)]
    public async Task No_page_is_wider_than_the_window_and_nothing_on_it_is_too_small_to_be_hit(int width)
    {
        var unit = await AUnitWithALongNameAsync();
        var device = await ADeviceWithALongModelAsync();
        var handover = await AHandoverAsync();
        var (person, starter) = await APersonAsync();
        var reader = await shared.Fleet.AsAsync("auditor", "it", "hr");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        string[] views = ["/sign-in?error=credentials", "/sign-in/code?error=code", "/coverage", $"/coverage?unit={unit}", "/coverage?asOf=2999-01-01&knownAt=x", $"/coverage/print?unit={unit}", $"/coverage/people?unit={unit}", "/coverage/people?with=laptop", "/nowhere",
            "/", "/devices", $"/devices?search={LongModel}&kind=laptop&status=inStock", "/devices?search=.", $"/devices/{device}", $"/devices/{device}?done=registered", "/devices/register", "/devices/register-many", "/devices/stock", "/devices?status=lost,stolen&warrantyEndsFrom=2020-05-08&warrantyEndsTo=2099-05-08",
            $"/devices/{device}/hand-over", $"/devices/{device}/hand-over?search=Donau", $"/devices/{device}/hand-over?search=nobody", $"/devices/{device}/take-back", $"/devices/{device}/status?to=disposed",
            .. await ViewsOfVpnAsync(), "/units", $"/units/add?parentId={unit}", $"/units/{unit}/change", "/log", "/log?type=DeviceIssued&actor=x&from=2020-05-08", "/log?from=x", "/log/chain", "/cases", "/cases?cursor=x", $"/cases/{starter}", "/people", "/people/leavers", "/search", "/search?q=Donau", "/search?q=Arbeitsplatz", "/search?q=nobody", "/people?search=donau&status=employed&homeOfficeEligible=true", "/people?search=.", $"/people?unitId={unit}", $"/people/{person}", "/people/new", $"/people/{person}/change",
            $"/people/{person}/move", $"/people/{person}/leave", $"/people/{person}/stay", $"/people/{person}/return",
            "/handovers", "/handovers?assetTag=x&accepted=false", $"/handovers/{handover}", $"/handovers/{handover}/correct?search=Donau", $"/handovers/{handover}/slip",
            "/counter", $"/counter?person={Guid.CreateVersion7()}&device={LongModel}&shown={LongModel}&exchange=true"];
        foreach (var locale in (string[])["en-GB", "de-DE"])
        {
            await using var context = await browser.NewContextAsync(new()
            {
                BaseURL = shared.Fleet.Address.ToString(),
                Locale = locale,
                ViewportSize = new() { Width = width, Height = 800 },
                ExtraHTTPHeaders = new Dictionary<string, string> { ["Authorization"] = reader.DefaultRequestHeaders.Authorization!.ToString() },
            });
            var page = await context.NewPageAsync();
            foreach (var view in views)
            {
                await page.GotoAsync(view);
                (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, $"{view}, {locale}");
                (await page.EvaluateAsync<string[]>(TooSmall)).ShouldBeEmpty($"{view}, {locale}");
            }
        }
    }

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

    /// <summary>A unit whose name has no place to be broken, with one person, known to the coverage page.</summary>
    private async Task<string> AUnitWithALongNameAsync()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var unit = await office.Hr.PostAsync("/api/assignment/units", new { name = LongUnit, kind = "office", parentId = office.CountyId });
        await office.Hr.PostAsync("/api/assignment/people", office.NewPerson("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtin", Office.Today().AddDays(-3), unit.Id()));
        await Eventually.ReadAsync(() => office.Auditor.ReadAsync($"/api/audit/coverage?unit={office.CountyId}"), c => c.Number("staff") == 1);
        return unit.Id();
    }

    private async Task<(string Person, string Case)> APersonAsync()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var person = await office.HireAsync("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtin", Office.Today().AddDays(3));
        return (person.Id(), (await office.CaseAsync(person, _ => true)).Id());
    }

    /// <summary>The pages of VPN accesses and gateways, with an access of somebody with a long name and a gateway behind which much is.</summary>
    private async Task<IReadOnlyList<string>> ViewsOfVpnAsync()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var person = await office.HireAsync("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtin");
        var laptop = await office.RegisterLaptopAsync();
        await office.It.PostAsync("/api/assignment/handovers", new { personId = person.Id(), assetTags = new[] { laptop.Text("assetTag") } });
        var waiting = await office.AccessAsync(person, _ => true);
        var active = await office.It.PostAsync("/api/provisioning/accesses", new { personId = person.Id(), gatewayId = office.GatewayId, expiresOn = Office.Today().AddDays(9) });
        await office.It.PostAsync($"/api/provisioning/accesses/{active.Id()}/key", new { publicKey = Api.PublicKey() }, System.Net.HttpStatusCode.OK);
        return
        [
            "/accesses", $"/accesses?state=active&gatewayId={office.GatewayId}&expiresOnFrom=2020-05-08&expiresOnTo=2099-05-08", $"/accesses?personId={Guid.Empty}", $"/accesses/{waiting.Id()}",
            $"/accesses/{active.Id()}?done=registered", $"/accesses/{active.Id()}/revoke", $"/accesses/{waiting.Id()}/key", "/accesses/request", "/accesses/request?search=Donau", "/accesses/request?search=nobody",
            $"/accesses/request?personId={person.Id()}", "/vpn-gateways", "/vpn-gateways?search=.", $"/vpn-gateways/{office.GatewayId}?done=registered", "/vpn-gateways/register",
        ];
    }

    private async Task<string> AHandoverAsync()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var person = await office.HireAsync("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtin");
        var device = await office.RegisterLaptopAsync();
        return (await office.It.PostAsync("/api/assignment/handovers", new { personId = person.Id(), assetTags = new[] { device.Text("assetTag") } })).Id();
    }

    private async Task<string> ADeviceWithALongModelAsync()
    {
        var it = await shared.Fleet.AsAsync("it");
        return (await it.PostAsync("/api/inventory/devices", new
        {
            assetTag = Api.Unique("LT"),
            serialNumber = Api.Unique("SN"),
            kind = "laptop",
            manufacturer = "Datenverarbeitungsanlagenherstellungsgesellschaft",
            model = LongModel,
            location = "Hauptverwaltungsgebäudekellergeschosslagerraum 17",
        })).Id();
    }
}
