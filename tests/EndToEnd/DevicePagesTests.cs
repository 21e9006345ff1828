using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Fleet.Tests.EndToEnd;

/// <summary>IT's pages of devices, in a browser and as forms.</summary>
public sealed partial class DevicePagesTests(SharedInstallation shared)
{
    [Theory]
    [InlineData("en-GB", true, "In stock"), InlineData("de-DE", true, "Im Lager"), InlineData("de-DE", false, "Im Lager")]
    public async Task A_device_is_registered_found_and_shown_with_the_keyboard_alone(string locale, bool script, string status)
    {
        var it = await shared.Fleet.AsAsync("it");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        await using var context = await browser.NewContextAsync(new()
        {
            BaseURL = shared.Fleet.Address.ToString(),
            Locale = locale,
            JavaScriptEnabled = script,
            ExtraHTTPHeaders = new Dictionary<string, string> { ["Authorization"] = it.DefaultRequestHeaders.Authorization!.ToString() },
        });
        var page = await context.NewPageAsync();
        var tag = Api.Unique("LT");

        await page.GotoAsync("/devices/register");
        await page.Locator("#assetTag:focus").WaitForAsync();
        foreach (var text in (string[])[tag, Api.Unique("SN")])
        {
            await page.Keyboard.InsertTextAsync(text);
            await page.Keyboard.PressAsync("Tab");
        }

        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.InsertTextAsync("Lenovo");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.InsertTextAsync("T14");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(tag);
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync(tag);
        await page.GotoAsync("/devices");
        await page.FillAsync("#search", tag[..^4].ToLowerInvariant());
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("tbody tr")).ToContainTextAsync(status);
        await page.Locator("tbody th a").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(tag);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_device_is_handed_over_taken_back_and_sent_to_repair(bool script)
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var person = await office.HireAsync("Übergabe");
        var laptop = await office.RegisterLaptopAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        await using var context = await browser.NewContextAsync(new()
        {
            BaseURL = shared.Fleet.Address.ToString(),
            JavaScriptEnabled = script,
            ExtraHTTPHeaders = new Dictionary<string, string> { ["Authorization"] = office.It.DefaultRequestHeaders.Authorization!.ToString() },
        });
        var page = await context.NewPageAsync();

        await page.GotoAsync($"/devices/{laptop.Id()}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Hand over" }).ClickAsync();
        await page.FillAsync("#search", person.Text("personnelNumber").ToLowerInvariant());
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("input[name=personId]:checked:focus").WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync("is handed over");
        await Assertions.Expect(page.Locator(".facts")).ToContainTextAsync("Erika Übergabe");

        await page.GetByRole(AriaRole.Link, new() { Name = "Take back" }).ClickAsync();
        await page.FillAsync("#condition", "Lid scratched");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync("is taken back");

        await page.GetByRole(AriaRole.Link, new() { Name = "Send to repair" }).ClickAsync();
        await page.FillAsync("#note", "Hinge");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".lead .state")).ToHaveTextAsync("In repair");
        await Assertions.Expect(page.Locator(".timeline li").First).ToContainTextAsync("Hinge");
        await Assertions.Expect(page.Locator(".timeline li")).ToHaveCountAsync(4);
    }

    [Fact]
    public async Task Many_devices_of_one_model_are_registered_by_a_list_and_only_what_was_refused_stays_in_the_form()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var there = await office.RegisterLaptopAsync();
        var (one, two) = (Api.Unique("LT"), Api.Unique("LT"));
        Dictionary<string, string> Form(string lines, string key) => new()
        {
            ["key"] = key,
            ["kind"] = "laptop",
            ["manufacturer"] = "Lenovo",
            ["model"] = "T14",
            ["status"] = "inStock",
            ["lines"] = lines,
        };
        var (key, refused) = (Key(), $"{there.Text("assetTag")} {Api.Unique("SN")}");
        var lines = $"{one} {Api.Unique("SN")}\r\n{refused}\r\n{two};{Api.Unique("SN")}";

        var first = await SendAsync(office.It, "/devices/register-many", Form(lines, key));
        var again = await SendAsync(office.It, "/devices/register-many", Form(lines, key));

        first.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        foreach (var page in (string[])[await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync()])
        {
            page.ShouldContain("2 devices are registered.");
            page.ShouldContain($"{refused}: Another device has this asset tag.");
            page.ShouldContain($">{refused}</textarea>");
        }

        foreach (var tag in (string[])[one, two]) (await office.It.ItemsAsync($"/api/inventory/devices?assetTag={tag}")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_hand_over_to_nobody_and_one_of_a_device_that_somebody_has_say_what_is_wrong()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var person = await office.HireAsync();
        var laptop = await office.RegisterLaptopAsync();
        await Eventually.ReadAsync(() => office.It.ReadAsync($"/api/assignment/people?search={person.Text("personnelNumber")}"), p => p["items"]!.AsArray().Count == 1);
        await office.It.PostAsync("/api/assignment/handovers", new { personId = person.Id(), assetTags = new[] { laptop.Text("assetTag") } });
        var address = $"/devices/{laptop.Id()}/hand-over";

        var toNobody = await SendAsync(office.It, address, new() { ["key"] = Key(), ["assetTag"] = laptop.Text("assetTag"), ["search"] = person.Text("personnelNumber") });
        var again = await SendAsync(office.It, address, new() { ["key"] = Key(), ["assetTag"] = laptop.Text("assetTag"), ["search"] = person.Text("personnelNumber"), ["personId"] = person.Id() });

        toNobody.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await toNobody.Content.ReadAsStringAsync()).ShouldContain("""id="personId-error">Choose who receives it.""");
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await again.Content.ReadAsStringAsync()).ShouldContain("Somebody has this device already.");
    }

    [Fact]
    public async Task What_is_wrong_with_a_registration_stands_beside_its_field_and_what_was_typed_stays()
    {
        var it = await shared.Fleet.AsAsync("it");
        var taken = await it.PostAsync("/api/inventory/devices", Laptop());

        var answer = await SendAsync(it, Form(taken.Text("assetTag"), "") with { Location = "Shelf <7>" });

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain("""id="serialNumber-error">Fill in this field.""");
        page.ShouldContain($"""value="{taken.Text("assetTag")}" """.TrimEnd());
        page.ShouldContain("Shelf &lt;7&gt;");

        var inUse = await SendAsync(it, Form(taken.Text("assetTag"), Api.Unique("SN")));
        inUse.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await inUse.Content.ReadAsStringAsync()).ShouldContain("""id="assetTag-error">Another device has this asset tag.""");
    }

    [Fact]
    public async Task A_form_sent_twice_registers_one_device()
    {
        var it = await shared.Fleet.AsAsync("it");
        var form = Form(Api.Unique("LT"), Api.Unique("SN"));

        var first = await SendAsync(it, form);
        var second = await SendAsync(it, form);

        first.StatusCode.ShouldBe(HttpStatusCode.Found);
        second.Headers.Location.ShouldBe(first.Headers.Location);
    }

    [Fact]
    public async Task The_table_to_take_along_holds_what_the_page_shows()
    {
        var it = await shared.Fleet.AsAsync("it");
        var model = Api.Unique("Model");
        string[] tags = [Api.Unique("LT"), Api.Unique("LT")];
        foreach (var tag in tags) await it.PostAsync("/api/inventory/devices", Laptop(tag, model));
        await it.PostAsync("/api/inventory/devices", Laptop());

        var page = await it.GetStringAsync($"/devices?search={model}&sort=-assetTag");
        var table = await it.GetStringAsync(new Uri(WebUtility.HtmlDecode(TableLink().Match(page).Groups["address"].Value), UriKind.Relative));

        tags.ShouldAllBe(tag => page.Contains(tag));
        table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')[0]).ShouldBe(tags.OrderDescending());
    }

    [Fact]
    public async Task Who_may_only_look_is_offered_no_registration()
    {
        var auditor = await shared.Fleet.AsAsync("auditor");

        (await auditor.GetStringAsync("/devices")).ShouldNotContain("/devices/register");
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/devices/register");
        asked.Headers.Accept.ParseAdd("text/html");
        (await auditor.SendAsync(asked)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static object Laptop(string? tag = null, string model = "T14") =>
        new { assetTag = tag ?? Api.Unique("LT"), serialNumber = Api.Unique("SN"), kind = "laptop", manufacturer = "Lenovo", model };

    private static DeviceForm Form(string tag, string serial) => new(Key(), tag, serial, "");

    private static string Key() => Guid.CreateVersion7().ToString();

    private Task<HttpResponseMessage> SendAsync(HttpClient it, DeviceForm form) => SendAsync(it, "/devices/register", new()
    {
        ["key"] = form.Key,
        ["assetTag"] = form.AssetTag,
        ["serialNumber"] = form.SerialNumber,
        ["kind"] = "laptop",
        ["manufacturer"] = "Lenovo",
        ["model"] = "T14",
        ["status"] = "inStock",
        ["location"] = form.Location,
    });

    private async Task<HttpResponseMessage> SendAsync(HttpClient it, string address, Dictionary<string, string> fields)
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = shared.Fleet.Address };
        browser.DefaultRequestHeaders.Authorization = it.DefaultRequestHeaders.Authorization;
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return await browser.PostAsync(address, new FormUrlEncodedContent(fields));
    }

    private sealed record DeviceForm(string Key, string AssetTag, string SerialNumber, string Location);

    [GeneratedRegex("""href="(?<address>/devices\.csv[^"]*)" """)]
    private static partial Regex TableLink();
}
