using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Fleet.Tests.EndToEnd;

/// <summary>IT's counter, as somebody with a scanner and a keyboard uses it.</summary>
public sealed class CounterTests(SharedInstallation shared)
{
    [Theory]
    [InlineData("en-GB", true, "Handed", "Took"), InlineData("de-DE", true, "übergeben", "zurückgenommen"), InlineData("de-DE", false, "übergeben", "zurückgenommen")]
    public async Task Two_scans_and_Enter_hand_a_device_over_and_a_scan_and_a_key_take_it_back(string locale, bool script, string handed, string took)
    {
        var (office, person, laptops) = await SomebodyAsync(1);
        await using var counter = await OpenAsync(office, locale, script);

        await counter.ScanAsync(laptops[0].Text("assetTag").ToLowerInvariant());
        await Assertions.Expect(counter.Known).ToContainTextAsync("Lenovo T14");
        await counter.ScanAsync(person.Text("personnelNumber"));
        await Assertions.Expect(counter.Known).ToContainTextAsync("Erika Beispiel");
        await counter.ScanAsync("");
        await Assertions.Expect(counter.Says).ToContainTextAsync(handed);
        (await office.DeviceAsync(laptops[0], d => d.Text("status") == "assigned"))["holder"]!.Text("personId").ShouldBe(person.Id());

        await counter.ScanAsync(laptops[0].Text("serialNumber"));
        await Assertions.Expect(counter.Known).ToContainTextAsync("Erika Beispiel");
        if (script) await counter.Page.Keyboard.PressAsync("t");
        else await counter.ScanAsync("t");
        await Assertions.Expect(counter.Says).ToContainTextAsync(took);
        await office.DeviceAsync(laptops[0], d => d.Text("status") == "inStock");
        await Assertions.Expect(counter.Recent).ToHaveCountAsync(2);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_device_is_exchanged_by_its_scan_a_key_and_the_scan_of_the_other(bool script)
    {
        var (office, person, laptops) = await SomebodyAsync(2);
        await office.It.PostAsync("/api/assignment/handovers", new { personId = person.Id(), assetTags = new[] { laptops[0].Text("assetTag") } });
        await office.DeviceAsync(laptops[0], d => d.Text("status") == "assigned");
        await using var counter = await OpenAsync(office, "en-GB", script);

        await counter.ScanAsync(laptops[0].Text("assetTag"));
        await Assertions.Expect(counter.Known).ToContainTextAsync("Exchange");
        await counter.ScanAsync("x");
        await Assertions.Expect(counter.Known).ToContainTextAsync("Now scan the device that replaces it");
        await counter.ScanAsync(laptops[1].Text("assetTag"));

        await Assertions.Expect(counter.Says).ToContainTextAsync($"Handed {laptops[1].Text("assetTag")} to Erika Beispiel.");
        (await office.DeviceAsync(laptops[1], d => d.Text("status") == "assigned"))["holder"]!.Text("personId").ShouldBe(person.Id());
        await office.DeviceAsync(laptops[0], d => d.Text("status") == "inStock");
        await Assertions.Expect(counter.Recent).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_device_that_comes_back_broken_goes_to_repair_and_one_that_is_lost_is_reported()
    {
        var (office, person, laptops) = await SomebodyAsync(2);
        await office.It.PostAsync("/api/assignment/handovers", new { personId = person.Id(), assetTags = laptops.Select(l => l.Text("assetTag")) });
        foreach (var laptop in laptops) await office.DeviceAsync(laptop, d => d.Text("status") == "assigned");
        await using var counter = await OpenAsync(office, "en-GB", script: true);

        await counter.ScanAsync(laptops[0].Text("assetTag"));
        await counter.ScanAsync("R");
        await Assertions.Expect(counter.Says).ToContainTextAsync("to repair");
        await counter.ScanAsync(laptops[1].Text("assetTag"));
        await counter.ScanAsync("L");
        await Assertions.Expect(counter.Says).ToContainTextAsync("lost");

        await office.DeviceAsync(laptops[0], d => d.Text("status") == "inRepair");
        await office.DeviceAsync(laptops[1], d => d.Text("status") == "lost");
    }

    [Fact]
    public async Task Tags_that_come_faster_than_answers_are_all_on_the_counter()
    {
        var (office, _, laptops) = await SomebodyAsync(3);
        await using var counter = await OpenAsync(office, "en-GB", script: true);
        // As a scanner sends them: all keys at once, without waiting for the page.
        foreach (var laptop in laptops)
        {
            await counter.Page.Keyboard.InsertTextAsync(laptop.Text("assetTag"));
            await counter.Page.Keyboard.PressAsync("Enter");
        }

        await Assertions.Expect(counter.Page.Locator(".lines li")).ToHaveCountAsync(3);
        await Assertions.Expect(counter.Page.Locator("#input:focus")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task What_something_in_between_answered_is_asked_again_and_nothing_is_lost()
    {
        var (office, _, laptops) = await SomebodyAsync(2);
        await using var counter = await OpenAsync(office, "en-GB", script: true);
        var answers = 0;
        await counter.Page.RouteAsync("**/counter*", route => route.Request.Method == "POST" && answers++ == 0
            ? route.FulfillAsync(new() { ContentType = "text/plain", Body = "Come back later" })
            : route.ContinueAsync());

        foreach (var laptop in laptops) await counter.ScanAsync(laptop.Text("assetTag"));

        await Assertions.Expect(counter.Page.Locator(".lines li")).ToHaveCountAsync(2);
        answers.ShouldBe(3);
    }

    [Fact]
    public async Task Several_tags_in_one_line_are_several_devices_and_what_nothing_has_is_named()
    {
        var (office, _, laptops) = await SomebodyAsync(2);
        await using var counter = await OpenAsync(office, "en-GB", script: false);

        await counter.ScanAsync($"{laptops[0].Text("assetTag")}; NO-SUCH-TAG {laptops[1].Text("assetTag")}");

        await Assertions.Expect(counter.Page.Locator(".lines li")).ToHaveCountAsync(2);
        await Assertions.Expect(counter.Says).ToContainTextAsync("NO-SUCH-TAG");
        await Assertions.Expect(counter.Page.Locator("a[href='/devices/register?assetTag=NO-SUCH-TAG']")).ToHaveCountAsync(1);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Of_several_people_with_a_name_one_is_picked(bool script)
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var family = Api.Unique("Zwilling");
        var (first, second) = (await office.HireAsync(family, Office.Today().AddDays(-400)), await office.HireAsync(family, Office.Today()));
        await Eventually.ReadAsync(() => office.It.ReadAsync($"/api/assignment/people?search={family}"), p => p["items"]!.AsArray().Count == 2);
        await using var counter = await OpenAsync(office, "en-GB", script);

        await counter.ScanAsync(family);
        await Assertions.Expect(counter.Page.Locator(".pick")).ToHaveCountAsync(2);
        // Who begins today is the likelier.
        await Assertions.Expect(counter.Page.Locator($"input[name=pick][value='{second.Id()}']")).ToBeCheckedAsync();
        if (script) await counter.Page.Keyboard.PressAsync("ArrowDown");
        else await counter.Page.Locator($"input[name=pick][value='{first.Id()}']").CheckAsync();
        await counter.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(counter.Known).ToContainTextAsync(first.Text("personnelNumber"));
    }

    [Fact]
    public async Task What_was_given_to_somebody_else_meanwhile_is_said_and_nothing_is_lost()
    {
        var (office, person, laptops) = await SomebodyAsync(1);
        await using var counter = await OpenAsync(office, "en-GB", script: false);
        await counter.ScanAsync(laptops[0].Text("assetTag"));
        await counter.ScanAsync(person.Text("personnelNumber"));
        var other = await office.HireAsync("Schneller");
        await Eventually.ReadAsync(() => office.It.ReadAsync($"/api/assignment/people?search={other.Text("personnelNumber")}"), p => p["items"]!.AsArray().Count == 1);
        await office.It.PostAsync("/api/assignment/handovers", new { personId = other.Id(), assetTags = new[] { laptops[0].Text("assetTag") } });

        await counter.ScanAsync("");

        await Assertions.Expect(counter.Says).ToContainTextAsync("Somebody has this device already");
        await Assertions.Expect(counter.Known).ToContainTextAsync("Erika Beispiel");
    }

    private async Task<(Office Office, JsonNode Person, IReadOnlyList<JsonNode> Laptops)> SomebodyAsync(int laptops)
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var person = await office.HireAsync();
        await Eventually.ReadAsync(() => office.It.ReadAsync($"/api/assignment/people?search={person.Text("personnelNumber")}"), p => p["items"]!.AsArray().Count == 1);
        var registered = new List<JsonNode>();
        for (var i = 0; i < laptops; i++) registered.Add(await office.RegisterLaptopAsync());
        return (office, person, registered);
    }

    private async Task<Counter> OpenAsync(Office office, string locale, bool script)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await Chromium.StartAsync(playwright);
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = shared.Fleet.Address.ToString(),
            Locale = locale,
            JavaScriptEnabled = script,
            ExtraHTTPHeaders = new Dictionary<string, string> { ["Authorization"] = office.It.DefaultRequestHeaders.Authorization!.ToString() },
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/counter");
        await page.Locator("#input:focus").WaitForAsync();
        return new Counter(playwright, browser, page);
    }

    /// <summary>The page in a browser.</summary>
    private sealed class Counter(IPlaywright playwright, IBrowser browser, IPage page) : IAsyncDisposable
    {
        public IPage Page => page;

        public ILocator Known => page.Locator(".counter-known");

        public ILocator Says => page.Locator("#counter-says");

        public ILocator Recent => page.Locator("[data-part=recent] li");

        /// <summary>What a scanner types, with the Enter that it ends with, into the field that has the focus; and the answer to it.</summary>
        public async Task ScanAsync(string text)
        {
            await page.Locator("#input:focus").WaitForAsync();
            await page.Keyboard.InsertTextAsync(text);
            var answer = page.WaitForResponseAsync(r => r.Request.Method == "POST" && new Uri(r.Url).AbsolutePath == "/counter");
            await page.Keyboard.PressAsync("Enter");
            await answer;
        }

        public async ValueTask DisposeAsync()
        {
            await browser.DisposeAsync();
            playwright.Dispose();
        }
    }
}
