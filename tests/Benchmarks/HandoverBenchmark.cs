using Fleet.Tests.EndToEnd;

namespace Fleet.Tests.Benchmarks;

/// <summary>A hand-over through the gateway, and the time from its 201 until coverage counts it; in a county of 1,400 staff.</summary>
internal static class HandoverBenchmark
{
    private const int WarmUp = 50;
    private const int Repetitions = 300;

    public static async Task RunAsync(Installation fleet)
    {
        var office = await Office.OpenAsync(fleet);
        var people = new List<System.Text.Json.Nodes.JsonNode>();
        var devices = new List<System.Text.Json.Nodes.JsonNode>();
        for (var i = 0; i < WarmUp + Repetitions; i++)
        {
            people.Add(await office.HireAsync());
            devices.Add(await office.RegisterLaptopAsync());
        }

        await office.CoverageAsync(Office.Today(), c => c.Number("staff") == people.Count);
        Sample handOver = new(), untilCounted = new();
        for (var i = 0; i < people.Count; i++)
        {
            if (i == WarmUp) (handOver, untilCounted) = (new(), new());
            var body = new { personId = people[i].Id(), assetTags = new[] { devices[i].Text("assetTag") } };
            await handOver.MeasureAsync(() => office.It.PostAsync("/api/assignment/handovers", body));
            var counted = i + 1;
            await untilCounted.MeasureAsync(async () =>
            {
                while ((await office.Auditor.ReadAsync($"/api/audit/coverage?unit={office.OfficeId}")).Number("withLaptop") < counted) await Task.Yield();
            });
        }

        Console.WriteLine($"hand-over through the gateway: {handOver}");
        Console.WriteLine($"from its 201 to the changed coverage figure: {untilCounted}");
    }
}
