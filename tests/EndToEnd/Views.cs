using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Fleet.Tests.EndToEnd;

/// <summary>Who looks at a view.</summary>
public enum Reader
{
    /// <summary>Nobody who is signed in.</summary>
    Nobody,

    /// <summary>Somebody in every role of the staff.</summary>
    Staff,

    /// <summary>An employee with devices, one of them lost, and VPN accesses.</summary>
    Employee,

    /// <summary>The manager of a unit, who has nothing of their own.</summary>
    Manager,

    /// <summary>Somebody with a second factor.</summary>
    Secured,
}

/// <summary>A page in one of its states.</summary>
/// <param name="Path">Its address.</param>
/// <param name="Reader">Who looks.</param>
/// <param name="Status">What it is answered with.</param>
/// <param name="IsSent">Its form is sent as it is, and shown again with what is wrong.</param>
public sealed record View(string Path, Reader Reader = Reader.Staff, int Status = 200, bool IsSent = false)
{
    /// <summary>Goes there, and fails when it is not what is meant.</summary>
    public async Task OpenAsync(IPage page)
    {
        var answer = await page.GotoAsync(Path);
        answer!.Status.ShouldBe(Status, $"{this}");
        if (!Path.StartsWith("/sign-in", StringComparison.Ordinal)) page.Url.ShouldNotContain("/sign-in", Case.Sensitive, $"{this}");
        if (!IsSent) return;
        await page.Locator("main form[method=post] [type=submit]").First.ClickAsync();
        await page.Locator("main [role=alert]").First.WaitForAsync();
    }
}

/// <summary>Every page of the portal in the states that matter, with names as long as people give them: what tests of all pages go through.</summary>
public sealed class Views
{
    private const string LongName = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtin";

    private const string LongUnit = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzesvollzugsstelle";

    private const string LongModel = "Arbeitsplatzrechnerbaureihenbezeichnung-14-2020-Sonderausstattung";

    private readonly Installation _fleet;
    private readonly Dictionary<Reader, string> _cookies = [];
    private string _token = "";

    private Views(Installation fleet) => _fleet = fleet;

    /// <summary>All of them, those of one reader together.</summary>
    public IReadOnlyList<View> All { get; private set; } = [];

    /// <summary>Makes the data and signs everybody in.</summary>
    public static async Task<Views> MakeAsync(Installation fleet)
    {
        var views = new Views(fleet);
        await views.MakeAsync();
        return views;
    }

    /// <summary>A browser of the reader's own, signed in as they are.</summary>
    public Task<IBrowserContext> SignedInAsync(IBrowser browser, Reader reader, BrowserNewContextOptions options)
    {
        options.BaseURL = _fleet.Address.ToString();
        if (reader == Reader.Staff) options.ExtraHTTPHeaders = new Dictionary<string, string> { ["Authorization"] = _token };
        options.StorageState = _cookies.GetValueOrDefault(reader);
        return browser.NewContextAsync(options);
    }

    private async Task MakeAsync()
    {
        var staff = await _fleet.AsAsync("it", "hr", "auditor", "admin");
        _token = staff.DefaultRequestHeaders.Authorization!.ToString();
        var office = await Office.OpenAsync(_fleet);
        var unit = await office.Hr.PostAsync("/api/assignment/units", new { name = LongUnit, kind = "office", parentId = office.CountyId });
        await office.Hr.PostAsync("/api/assignment/people", office.NewPerson(LongName, Office.Today().AddDays(-3), unit.Id()));
        var (manager, colleague, employee) = (await office.HireAsync("Leitung"), await office.HireAsync(LongName), await office.HireAsync(LongName));
        var leaver = await office.HireAsync(LongName);
        await office.Hr.PostAsync($"/api/assignment/people/{leaver.Id()}/leave", new { lastDay = Office.Today().AddDays(9) }, HttpStatusCode.OK);
        var starter = await office.HireAsync(LongName, Office.Today().AddDays(3));
        var @case = await office.CaseAsync(starter, _ => true);
        var free = await ADeviceAsync(office);
        var (laptop, missed) = (await ADeviceAsync(office), await ADeviceAsync(office));
        var handover = await office.It.PostAsync("/api/assignment/handovers", new { personId = employee.Id(), assetTags = new[] { laptop.Text("assetTag") } });
        var waiting = await office.AccessAsync(employee, _ => true);
        await office.It.PostAsync("/api/assignment/handovers", new { personId = employee.Id(), assetTags = new[] { missed.Text("assetTag") } });
        var active = await office.It.PostAsync("/api/provisioning/accesses", new { personId = employee.Id(), gatewayId = office.GatewayId, expiresOn = Office.Today().AddDays(9) });
        await office.It.PostAsync($"/api/provisioning/accesses/{active.Id()}/key", new { publicKey = Api.PublicKey() }, HttpStatusCode.OK);
        await office.CoverageAsync(Office.Today(), c => c.Number("staff") == 4);

        var client = await staff.PostAsync("/auth/clients", new { clientId = Api.Unique("client"), roles = new[] { "auditor" } });
        var account = await SignInAsync(employee, manager, missed);
        All =
        [
            .. OfEverybody(),
            .. OfDevices(employee, free, laptop), .. OfHandovers(handover, free), .. OfPeople(employee, leaver, @case, unit), .. OfAccesses(office, employee, waiting, active), .. OfFigures(unit), .. OfAdministrators(account, client),
            .. OfEmployees(handover, waiting, active, missed), .. OfManagers(colleague),
            new("/account/second-factor", Reader.Secured), new("/account/second-factor?error=code", Reader.Secured), new("/account/second-factor/replace", Reader.Secured),
        ];
    }

    private static IEnumerable<View> OfEverybody() =>
    [
        new("/sign-in", Reader.Nobody), new("/sign-in?error=credentials", Reader.Nobody), new("/sign-in/code", Reader.Nobody), new("/sign-in/code?error=code", Reader.Nobody),
        new("/accessibility", Reader.Nobody), new("/imprint", Reader.Nobody), new("/privacy", Reader.Nobody),
    ];

    private static IEnumerable<View> OfDevices(JsonNode person, JsonNode free, JsonNode held) =>
    [
        new("/devices"), new($"/devices?search={LongModel}&kind=laptop&status=inStock"), new("/devices?search=."), new("/devices?status=lost,stolen&warrantyEndsFrom=2020-05-08&warrantyEndsTo=2099-05-08"),
        new($"/devices/{free.Id()}"), new($"/devices/{free.Id()}?done=registered"), new($"/devices/{held.Id()}"), new("/devices/register"), new("/devices/register", IsSent: true), new("/devices/register-many"), new("/devices/register-many", IsSent: true), new("/devices/stock"),
        new($"/devices/{free.Id()}/hand-over"), new($"/devices/{free.Id()}/hand-over?search=Donau"), new($"/devices/{free.Id()}/hand-over?search=nobody"), new($"/devices/{held.Id()}/take-back"), new($"/devices/{free.Id()}/status?to=disposed"),
        new("/counter"), new($"/counter?person={Guid.CreateVersion7()}&device={LongModel}&shown={LongModel}&exchange=true"), new($"/counter?shown={held.Text("assetTag")}"), new($"/counter?device={free.Text("assetTag")}"),
        new($"/counter?person={person.Id()}&device={free.Text("assetTag")}"),
    ];

    private static IEnumerable<View> OfHandovers(JsonNode handover, JsonNode free) =>
    [
        new("/handovers"), new("/handovers?assetTag=x&accepted=false"), new($"/handovers/{handover.Id()}"), new($"/handovers/{handover.Id()}/correct"), new($"/handovers/{handover.Id()}/correct?search=Donau"), new($"/handovers/{handover.Id()}/slip"),
        new($"/handovers/{free.Id()}", Status: 404),
    ];

    private static IEnumerable<View> OfPeople(JsonNode person, JsonNode leaver, JsonNode starter, JsonNode unit) =>
    [
        new("/"), new("/nowhere", Status: 404), new("/search"), new("/search?q=Donau"), new("/search?q=Arbeitsplatz"), new("/search?q=nobody"),
        new("/people"), new("/people?search=donau&status=employed&homeOfficeEligible=true"), new("/people?search=."), new($"/people?unitId={unit.Id()}"), new("/people/leavers"), new("/cases"), new("/cases?cursor=x", Status: 400), new($"/cases/{starter.Id()}"),
        new($"/people/{person.Id()}"), new($"/people/{leaver.Id()}"), new("/people/new"), new("/people/new", IsSent: true), new($"/people/{person.Id()}/change"), new($"/people/{person.Id()}/move"),
        new($"/people/{person.Id()}/leave"), new($"/people/{leaver.Id()}/stay"), new($"/people/{leaver.Id()}/return"),
        new("/units"), new($"/units/add?parentId={unit.Id()}"), new("/units/add", IsSent: true), new($"/units/{unit.Id()}/change"),
    ];

    private static IEnumerable<View> OfAccesses(Office office, JsonNode person, JsonNode waiting, JsonNode active) =>
    [
        new("/accesses"), new($"/accesses?state=active&gatewayId={office.GatewayId}&expiresOnFrom=2020-05-08&expiresOnTo=2099-05-08"), new($"/accesses?personId={Guid.Empty}"), new($"/accesses/{waiting.Id()}"),
        new($"/accesses/{active.Id()}?done=registered"), new($"/accesses/{active.Id()}/revoke"), new($"/accesses/{waiting.Id()}/key"), new($"/accesses/{waiting.Id()}/key", IsSent: true),
        new("/accesses/request"), new("/accesses/request?search=Donau"), new("/accesses/request?search=nobody"), new($"/accesses/request?personId={person.Id()}"),
        new("/vpn-gateways"), new("/vpn-gateways?search=."), new($"/vpn-gateways/{office.GatewayId}?done=registered"), new("/vpn-gateways/register"), new("/vpn-gateways/register", IsSent: true),
    ];

    private static IEnumerable<View> OfFigures(JsonNode unit) =>
    [
        new("/coverage"), new($"/coverage?unit={unit.Id()}"), new("/coverage?asOf=2999-01-01&knownAt=x", Status: 400), new($"/coverage/print?unit={unit.Id()}"), new($"/coverage/people?unit={unit.Id()}"), new("/coverage/people?with=laptop"),
        new("/log"), new("/log?type=DeviceIssued&actor=x&from=2020-05-08"), new("/log?from=x", Status: 400), new("/log/chain"),
    ];

    private static IEnumerable<View> OfAdministrators(JsonNode account, JsonNode client) =>
    [
        new("/admin"), new("/admin/error-queues/audit-record-entry_error", Status: 404),
        new("/admin/accounts"), new("/admin/accounts?search=."), new("/admin/accounts/new"), new("/admin/accounts/new?search=Donau"), new($"/admin/accounts/{account.Id()}"), new($"/admin/accounts/{account.Id()}/roles"),
        new($"/admin/accounts/{account.Id()}/reset"), new($"/admin/accounts/{account.Id()}/disable"), new($"/admin/accounts/{account.Id()}/enable"),
        new("/admin/clients"), new("/admin/clients?search=."), new("/admin/clients/new"), new("/admin/clients/new", IsSent: true), new($"/admin/clients/{client.Id()}"), new($"/admin/clients/{client.Id()}/roles"), new($"/admin/clients/{client.Id()}/rotate"), new($"/admin/clients/{client.Id()}/remove"),
    ];

    private static IEnumerable<View> OfEmployees(JsonNode handover, JsonNode waiting, JsonNode active, JsonNode missed) =>
    [
        .. new View[]
        {
            new("/me"), new($"/me/handovers/{handover.Id()}"), new($"/me/handovers/{handover.Id()}", IsSent: true), new("/me/loss"), new($"/me/loss/{missed.Id()}"), new($"/me/vpn/{waiting.Id()}"), new($"/me/vpn/{active.Id()}?done=registered"),
            new("/account"), new("/account?done=ended"), new("/account/second-factor"), new("/account/second-factor?error=code"), new("/password"), new("/password?error=mismatch"), new("/devices", Status: 403),
        }.Select(v => v with { Reader = Reader.Employee }),
    ];

    private static IEnumerable<View> OfManagers(JsonNode colleague) =>
        [.. new View[] { new("/"), new("/team"), new("/team?show=missing"), new($"/team/{colleague.Id()}/home-office"), new("/me"), new("/me/loss") }.Select(v => v with { Reader = Reader.Manager })];

    /// <summary>Signs those in who have a browser, and answers the account of one; the employee reports a loss.</summary>
    private async Task<JsonNode> SignInAsync(JsonNode employee, JsonNode manager, JsonNode missed)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var (account, theirs) = await Newcomer.ArriveAsync(_fleet, browser, ["employee"], new(), employee);
        await theirs.WaitForURLAsync("**/me");
        (await theirs.Context.APIRequest.PostAsync("/api/assignment/loss-reports", new() { DataObject = new { assetTag = missed.Text("assetTag"), kind = "lost" } })).Ok.ShouldBeTrue();
        await KeepAsync(Reader.Employee, theirs);
        await KeepAsync(Reader.Manager, (await Newcomer.ArriveAsync(_fleet, browser, ["manager", "employee"], new(), manager)).Page);
        var (_, secured) = await Newcomer.ArriveAsync(_fleet, browser, ["it"], new());
        await Newcomer.SetUpFactorAsync(secured);
        await KeepAsync(Reader.Secured, secured);
        return account;
    }

    private async Task KeepAsync(Reader reader, IPage page)
    {
        await page.WaitForLoadStateAsync();
        _cookies[reader] = await page.Context.StorageStateAsync();
    }

    private static Task<JsonNode> ADeviceAsync(Office office) => office.It.PostAsync("/api/inventory/devices", new
    {
        assetTag = Api.Unique("LT"),
        serialNumber = Api.Unique("SN"),
        kind = "laptop",
        manufacturer = "Datenverarbeitungsanlagenherstellungsgesellschaft",
        model = LongModel,
        location = "Hauptverwaltungsgebäudekellergeschosslagerraum 17",
    });
}
