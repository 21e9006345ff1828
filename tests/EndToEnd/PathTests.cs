using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Fleet.Tests.EndToEnd;

/// <summary>Hire, hand over, VPN, coverage: through the gateway, with the real processes and the real broker.</summary>
public sealed class PathTests(SharedInstallation shared)
{
    [Fact]
    public async Task A_hired_person_becomes_ready_and_stops_being_ready_when_the_laptop_is_lost()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        await Journey.WalkAsync(office, _ => Task.CompletedTask);
    }

    [Fact]
    public async Task Of_two_hand_overs_of_one_device_at_the_same_moment_one_is_done_and_the_other_names_the_holder()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var other = await shared.Fleet.AsAsync("it");
        var people = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => office.HireAsync($"Familie{i}")));
        var devices = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => office.RegisterLaptopAsync()));

        await Task.WhenAll(devices.Select(async (device, i) =>
        {
            var first = people[i % 10];
            var second = people[(i + 1) % 10];
            var answers = await Task.WhenAll(
                office.It.PostAsJsonAsync("/api/assignment/handovers", new { personId = first.Id(), assetTags = new[] { device.Text("assetTag") } }),
                other.PostAsJsonAsync("/api/assignment/handovers", new { personId = second.Id(), assetTags = new[] { device.Text("assetTag") } }));

            answers.Select(a => a.StatusCode).ShouldBe([HttpStatusCode.Created, HttpStatusCode.Conflict], ignoreOrder: true);
            var winner = answers[0].StatusCode == HttpStatusCode.Created ? first : second;
            var refusal = (await answers.Single(a => a.StatusCode == HttpStatusCode.Conflict).Content.ReadFromJsonAsync<JsonNode>())!;
            refusal.Text("code").ShouldBe("device-already-issued");
            refusal["holder"]!.Text("personId").ShouldBe(winner.Id());
            refusal["holder"]!.Text("name").ShouldBe($"Erika {winner.Text("familyName")}");
            await office.DeviceAsync(device, d => d["holder"]?.Text("personId") == winner.Id());
        }));
    }

    [Fact]
    public async Task The_same_request_with_the_same_idempotency_key_is_done_once()
    {
        var office = await Office.OpenAsync(shared.Fleet);
        var person = await office.HireAsync();
        var device = await office.RegisterLaptopAsync();
        var key = Api.Unique("key");

        async Task<HttpResponseMessage> HandOverAsync(object body)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/api/assignment/handovers") { Content = JsonContent.Create(body) };
            request.Headers.Add("Idempotency-Key", key);
            return await office.It.SendAsync(request);
        }

        var body = new { personId = person.Id(), assetTags = new[] { device.Text("assetTag") } };
        var first = await HandOverAsync(body);
        var again = await HandOverAsync(body);
        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await again.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        again.Headers.Location.ShouldBe(first.Headers.Location);

        var other = await HandOverAsync(new { personId = person.Id(), assetTags = new[] { device.Text("assetTag") }, dueBack = "2099-01-01" });
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await other.Content.ReadFromJsonAsync<JsonNode>())!.Text("code").ShouldBe("idempotency-key-reused");
    }
}
