using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using static Fleet.Tests.Integration.Inventory.InventoryFixture;

namespace Fleet.Tests.Integration.Inventory;

public sealed class CountDevicesTests(InventoryFixture inventory) : IClassFixture<InventoryFixture>
{
    private const string Summary = $"{Devices}/summary";

    [Fact]
    public async Task Devices_are_counted_by_status_age_and_warranty()
    {
        var before = await ReadAsync();
        var today = DateOnly.Parse((string)before["asOf"]!, System.Globalization.CultureInfo.InvariantCulture);

        await ATabletAsync("inStock", today.AddYears(-2), today.AddMonths(2));
        await ATabletAsync("inStock", today.AddYears(-2), today.AddYears(-1));
        await ATabletAsync("ordered", null, null);
        var lost = await ATabletAsync("inStock", today.AddYears(-2), today.AddMonths(2));
        (await inventory.It.PostAsJsonAsync($"{Devices}/{lost}/status", new { status = "lost" })).StatusCode.ShouldBe(HttpStatusCode.OK);

        var after = await ReadAsync();
        ((int)after["total"]!).ShouldBe((int)before["total"]! + 4);
        Added("statuses", "status", "inStock").ShouldBe(2);
        Added("statuses", "status", "ordered").ShouldBe(1);
        Added("statuses", "status", "lost").ShouldBe(1);
        Added("ages", "years", "2").ShouldBe(2);
        Added("ages", "years", "").ShouldBe(1);
        Added("warranties", "warranty", "within3Months").ShouldBe(1);
        Added("warranties", "warranty", "ended").ShouldBe(1);
        Added("warranties", "warranty", "unknown").ShouldBe(1);

        int Added(string list, string field, string value) => Count(after, list, field, value) - Count(before, list, field, value);
    }

    [Fact]
    public async Task Of_a_device_that_changes_its_status_there_is_one_more_here_and_one_less_there()
    {
        var tablet = await ATabletAsync("inStock", null, null);
        var before = await ReadAsync();

        (await inventory.It.PostAsJsonAsync($"{Devices}/{tablet}/status", new { status = "inRepair" })).StatusCode.ShouldBe(HttpStatusCode.OK);

        var after = await ReadAsync();
        Count(after, "statuses", "status", "inStock").ShouldBe(Count(before, "statuses", "status", "inStock") - 1);
        Count(after, "statuses", "status", "inRepair").ShouldBe(Count(before, "statuses", "status", "inRepair") + 1);
        ((int)after["total"]!).ShouldBe((int)before["total"]!);
    }

    [Theory, InlineData("employee", HttpStatusCode.Forbidden), InlineData("auditor", HttpStatusCode.OK)]
    public async Task Whoever_may_list_devices_may_count_them(string role, HttpStatusCode status)
    {
        using var reader = inventory.As(role, role);

        (await reader.GetAsync(Summary)).StatusCode.ShouldBe(status);
    }

    private async Task<JsonNode> ReadAsync() => (await inventory.It.GetFromJsonAsync<JsonNode>(Summary))!;

    private async Task<Guid> ATabletAsync(string status, DateOnly? bought, DateOnly? warrantyEnds)
    {
        var tablet = Laptop();
        tablet["kind"] = "tablet";
        tablet["status"] = status;
        if (bought is not null) tablet["purchase"] = new JsonObject { ["date"] = $"{bought:yyyy-MM-dd}", ["warrantyEnds"] = $"{warrantyEnds:yyyy-MM-dd}" };
        return (await inventory.RegisterAsync(tablet))["id"]!.GetValue<Guid>();
    }

    private static int Count(JsonNode summary, string list, string field, string value) =>
        summary[list]!.AsArray().Where(l => (string)l!["kind"]! == "tablet" && (l[field]?.ToString() ?? "") == value).Sum(l => (int)l!["count"]!);
}
