using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using static Fleet.Tests.Integration.Inventory.InventoryFixture;

namespace Fleet.Tests.Integration.Inventory;

public sealed class ListDevicesTests(InventoryFixture inventory) : IClassFixture<InventoryFixture>
{
    [Fact]
    public async Task A_list_is_filtered_and_read_page_by_page()
    {
        var registered = new List<string>();
        for (var i = 0; i < 5; i++) registered.Add(await ADeviceAsync(("kind", "token"), ("status", "ordered")));

        var read = new List<string>();
        var cursor = "";
        do
        {
            var page = await inventory.It.GetFromJsonAsync<JsonNode>($"{Devices}?kind=Token&status=ordered,lost&limit=2{cursor}");
            read.AddRange(page!["items"]!.AsArray().Select(d => d!["id"]!.ToString()));
            cursor = page["next"] is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0);

        read.ShouldBe(registered);
    }

    [Fact]
    public async Task Every_field_that_names_a_filter_narrows_the_list()
    {
        var name = Guid.CreateVersion7().ToString("N");
        var id = await ADeviceAsync(("assetTag", $"T {name}"), ("serialNumber", $"S {name}"), ("manufacturer", $"Maker {name}"), ("model", $"Model {name}"), ("location", $"Room {name}"));

        foreach (var filter in new[] { $"assetTag=t%20%20{name}", $"serialNumber=%20S%20{name}", $"manufacturer=MAKER%20{name}", $"model=model%20{name}", $"location=room%20{name}" })
            (await ItemsAsync($"{filter}&status=inStock&kind=laptop")).ShouldBe([id], filter);
        (await ItemsAsync($"assetTag=T%20{name}&status=lost")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Devices_are_found_by_the_beginnings_of_the_words_on_them()
    {
        var place = $"x{Guid.CreateVersion7():N}";
        var id = await ADeviceAsync(("location", $"Müllerstraße {place}"), ("model", "ThinkPad T14"));

        foreach (var typed in new[] { "mueller", "Muller", "MÜLLERSTR", "think" }) (await ItemsAsync($"search={typed}%20{place[..30]}")).ShouldBe([id], typed);
        (await ItemsAsync($"search=desktop%20{place}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_range_of_warranties_and_their_order_have_devices_without_one_last()
    {
        var maker = $"Maker {Guid.CreateVersion7()}";
        var late = await AWarrantyAsync(maker, "2023-12-31");
        var early = await AWarrantyAsync(maker, "2022-11-20");
        var none = await ADeviceAsync(("manufacturer", maker));

        (await ItemsAsync($"manufacturer={maker}&sort=warrantyEnds")).ShouldBe([early, late, none]);
        (await ItemsAsync($"manufacturer={maker}&warrantyEndsFrom=2022-11-20&warrantyEndsTo=2023-12-30")).ShouldBe([early]);
    }

    [Fact]
    public async Task A_list_is_sorted_by_the_beginning_of_the_status()
    {
        var maker = $"Maker {Guid.CreateVersion7()}";
        var first = await ADeviceAsync(("manufacturer", maker), ("effectiveAt", "2020-01-01T00:00:00Z"));
        var second = await ADeviceAsync(("manufacturer", maker), ("effectiveAt", "2020-01-02T00:00:00Z"));
        await inventory.SetStatusAsync(Guid.Parse(first), "inRepair", new DateTimeOffset(2020, 1, 3, 0, 0, 0, TimeSpan.Zero));

        (await ItemsAsync($"manufacturer={maker}&sort=since")).ShouldBe([second, first]);
        (await ItemsAsync($"manufacturer={maker}&sort=-since")).ShouldBe([first, second]);
        (await ItemsAsync($"manufacturer={maker}&sinceFrom=2020-01-03")).ShouldBe([first]);
    }

    [Fact]
    public async Task The_list_comes_as_a_table_too()
    {
        var maker = $"Maker {Guid.CreateVersion7()}";
        await AWarrantyAsync(maker, "2022-11-20");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Devices}?manufacturer={maker}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));

        var answer = await inventory.It.SendAsync(request);

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        lines.Length.ShouldBe(2);
        lines[0].ShouldContain("assetTag,serialNumber,kind");
        lines[1].ShouldContain($"{maker},ThinkPad T14,inStock");
        lines[1].ShouldContain("2022-11-20");
    }

    [Fact]
    public async Task Wrong_questions_name_the_parameter()
    {
        foreach (var query in new[]
        {
            "status=broken", "status=99", "kind=toaster", "holderId=anna", "limit=0", "cursor=abc", "sort=colour", "warrantyEndsFrom=tomorrow",
        })
        {
            var problem = await ShouldBeRefusedAsync(await inventory.It.GetAsync($"{Devices}?{query}"), HttpStatusCode.BadRequest, "validation-failed");
            problem["errors"]!.AsObject().Select(e => e.Key).ShouldBe([query.Split('=')[0]], query);
        }

        var unknown = await ShouldBeRefusedAsync(await inventory.It.GetAsync($"{Devices}?holder={Guid.CreateVersion7()}"), HttpStatusCode.BadRequest, "unknown-parameter");
        unknown.ToJsonString().ShouldContain("holderId");
    }

    private async Task<string> ADeviceAsync(params (string Name, string Value)[] fields)
    {
        var laptop = Laptop();
        foreach (var (name, value) in fields) laptop[name] = value;
        return (await inventory.RegisterAsync(laptop))["id"]!.ToString();
    }

    private async Task<string> AWarrantyAsync(string maker, string day)
    {
        var laptop = Laptop();
        laptop["manufacturer"] = maker;
        laptop["purchase"] = new JsonObject { ["warrantyEnds"] = day };
        return (await inventory.RegisterAsync(laptop))["id"]!.ToString();
    }

    private async Task<IEnumerable<string>> ItemsAsync(string query) =>
        (await inventory.It.GetFromJsonAsync<JsonNode>($"{Devices}?{query}"))!["items"]!.AsArray().Select(d => d!["id"]!.ToString());
}
