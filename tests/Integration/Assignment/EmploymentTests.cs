using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Fleet.Contracts;
using static Fleet.Tests.Integration.Assignment.AssignmentFixture;

namespace Fleet.Tests.Integration.Assignment;

public sealed class EmploymentTests(AssignmentFixture assignment) : IClassFixture<AssignmentFixture>
{
    [Fact]
    public async Task Whoever_left_and_returns_has_two_employments_under_the_same_names_and_a_case_for_each()
    {
        var (first, second) = (await assignment.KitAsync("laptop"), await assignment.KitAsync("laptop", "headset"));
        var person = await assignment.PersonAsync(kitId: Id(first));
        await assignment.CaseAsync(Id(person), c => c["status"]!.ToString() == "open");
        var office = await assignment.OfficeAsync();

        var left = await ReadAsync(await assignment.Hr.PostAsJsonAsync($"{Api}/people/{Id(person)}/leave", new { lastDay = "2020-06-30" }));
        left["endDate"]!.ToString().ShouldBe("2020-06-30");
        var fact = (await assignment.PublishedAsync<PersonLeft>(Id(person))).ShouldHaveSingleItem();
        fact.Person.Employments.ShouldBe([new EmploymentPeriod { StartDate = new DateOnly(2020, 1, 7), EndDate = new DateOnly(2020, 6, 30) }]);
        fact.Meta.EffectiveAt.ShouldBe(new DateTimeOffset(2020, 6, 30, 22, 0, 0, TimeSpan.Zero));
        await assignment.CaseAsync(Id(person), c => c["status"]!.ToString() == "cancelled");

        var returned = await ReadAsync(await assignment.Hr.PostAsJsonAsync(
            $"{Api}/people/{Id(person)}/return", new { startDate = "2020-10-01", unitId = Id(office), kitId = Id(second) }));

        foreach (var field in new[] { "personnelNumber", "userName", "email" }) returned[field]!.ToString().ShouldBe(person[field]!.ToString());
        returned["employments"]!.AsArray().Select(e => $"{e!["startDate"]}..{e["endDate"]}").ShouldBe(["2020-01-07..2020-06-30", "2020-10-01.."]);
        returned["unitId"]!.GetValue<Guid>().ShouldBe(Id(office));
        var changed = (await assignment.PublishedAsync<PersonChanged>(Id(person)))[^1];
        changed.Person.Employments.Count.ShouldBe(2);
        changed.Meta.StreamNumber.ShouldBe(3);
        await Eventually.ShouldAsync(async () => (await assignment.Hr.GetFromJsonAsync<JsonNode>($"{Api}/cases?personId={Id(person)}"))!["items"]!.AsArray()
            .Select(c => $"{c!["person"]!["startDate"]} {c["status"]} {c["items"]!.AsArray().Count}").ShouldBe(["2020-01-07 cancelled 1", "2020-10-01 open 2"]));
    }

    [Fact]
    public async Task A_laptop_kept_over_a_re_hire_counts_in_the_second_case()
    {
        var kit = await assignment.KitAsync("laptop");
        var (person, device) = (await assignment.PersonAsync(kitId: Id(kit)), await assignment.DeviceAsync());
        await CreatedAsync(await assignment.HandOverAsync(Id(person), device.AssetTag, Since.AddDays(1)));
        await ReadAsync(await assignment.Hr.PostAsJsonAsync($"{Api}/people/{Id(person)}/leave", new { lastDay = "2020-06-30" }));

        await ReadAsync(await assignment.Hr.PostAsJsonAsync($"{Api}/people/{Id(person)}/return", new { startDate = "2020-10-01" }));

        await Eventually.ShouldAsync(async () => (await assignment.Hr.GetFromJsonAsync<JsonNode>($"{Api}/cases?personId={Id(person)}"))!["items"]!.AsArray()
            .Select(c => c!["status"]!.ToString()).ShouldBe(["ready", "ready"]));
    }

    [Fact]
    public async Task Whoever_has_not_left_does_not_return_and_employments_do_not_overlap()
    {
        var person = await assignment.PersonAsync();
        var path = $"{Api}/people/{Id(person)}";

        await ShouldBeRefusedAsync(await assignment.Hr.PostAsJsonAsync($"{path}/return", new { startDate = "2020-10-01" }), HttpStatusCode.Conflict, "not-left");
        var early = await ShouldBeRefusedAsync(await assignment.Hr.PostAsJsonAsync($"{path}/leave", new { lastDay = "2020-01-06" }), HttpStatusCode.BadRequest, "validation-failed");
        early["errors"]!["lastDay"].ShouldNotBeNull();
        await ReadAsync(await assignment.Hr.PostAsJsonAsync($"{path}/leave", new { lastDay = "2020-06-30" }));
        await ShouldBeRefusedAsync(await assignment.Hr.PostAsJsonAsync($"{path}/return", new { startDate = "2020-06-30" }), HttpStatusCode.Conflict, "not-left");
        await ReadAsync(await assignment.Hr.PostAsJsonAsync($"{path}/return", new { startDate = "2020-10-01" }));

        // Corrections are those of the newest employment, and leave the first alone.
        var before = await ShouldBeRefusedAsync(await assignment.Hr.PatchAsJsonAsync(path, new { startDate = "2020-06-30" }), HttpStatusCode.BadRequest, "validation-failed");
        before["errors"]!["startDate"]![0]!.ToString().ShouldContain("2020-06-30");
        var corrected = await ReadAsync(await assignment.Hr.PatchAsJsonAsync(path, new { startDate = "2020-09-15" }));
        corrected["employments"]!.AsArray().Select(e => $"{e!["startDate"]}..{e["endDate"]}").ShouldBe(["2020-01-07..2020-06-30", "2020-09-15.."]);
    }

    [Fact]
    public async Task Whoever_left_receives_nothing_until_a_return_is_known_and_then_also_ahead_of_it()
    {
        var (person, device) = (await assignment.PersonAsync(), await assignment.DeviceAsync());
        await ReadAsync(await assignment.Hr.PostAsJsonAsync($"{Api}/people/{Id(person)}/leave", new { lastDay = "2020-06-30" }));
        var between = new DateTimeOffset(2020, 9, 20, 8, 0, 0, TimeSpan.Zero);

        await ShouldBeRefusedAsync(await assignment.HandOverAsync(Id(person), device.AssetTag, between), HttpStatusCode.Conflict, "person-has-left");
        await ReadAsync(await assignment.Hr.PostAsJsonAsync($"{Api}/people/{Id(person)}/return", new { startDate = "2020-10-01" }));

        await CreatedAsync(await assignment.HandOverAsync(Id(person), device.AssetTag, between));
    }

    [Fact]
    public async Task What_a_change_does_not_name_stays_as_it_is()
    {
        var person = await assignment.PersonAsync(kitId: Id(await assignment.KitAsync("laptop")));
        await ReadAsync(await assignment.Hr.PostAsJsonAsync($"{Api}/people/{Id(person)}/leave", new { lastDay = "2020-06-30" }));
        var before = (await assignment.Hr.GetFromJsonAsync<JsonNode>($"{Api}/people/{Id(person)}"))!;

        var after = await ReadAsync(await assignment.Hr.PatchAsJsonAsync($"{Api}/people/{Id(person)}", new { familyName = "Schuster" }));

        before["familyName"] = "Schuster";
        JsonNode.DeepEquals(after, before).ShouldBeTrue();
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await BodyAsync(response);
    }
}
