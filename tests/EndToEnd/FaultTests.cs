using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Fleet.Tests.EndToEnd;

/// <summary>An installation with a broker of its own, both of which tests may harm; each leaves them running.</summary>
public sealed class HarmedInstallation : IAsyncLifetime
{
    public OwnBroker Broker { get; } = new();

    public Installation Fleet { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Broker.StartAsync();
        Fleet = await Installation.UpAsync(Broker.Uri);
    }

    public async ValueTask DisposeAsync()
    {
        await Fleet.DisposeAsync();
        await Broker.DisposeAsync();
    }
}

/// <summary>Processes die, the broker goes away, everything starts in the wrong order: nothing is lost, nothing is done twice.</summary>
public sealed class FaultTests(HarmedInstallation harmed) : IClassFixture<HarmedInstallation>
{
    private readonly OwnBroker _broker = harmed.Broker;
    private readonly Installation _fleet = harmed.Fleet;

    [Fact]
    public async Task The_path_completes_though_each_process_is_killed_between_each_two_steps()
    {
        foreach (var process in Installation.Processes)
        {
            var office = await Office.OpenAsync(_fleet);
            await Journey.WalkAsync(office, async _ =>
            {
                _fleet.Kill(process);
                _fleet.Start(process);
                await _fleet.ReadyAsync();
            });
        }
    }

    [Fact]
    public async Task Hand_overs_under_way_while_services_are_killed_happen_everywhere_or_nowhere_and_once_and_everywhere_if_acknowledged()
    {
        var office = await Office.OpenAsync(_fleet);
        var person = await office.HireAsync();
        var devices = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => office.RegisterLaptopAsync()));
        await Eventually.ShouldAsync(async () =>
            (await office.Auditor.ReadAsync($"/api/audit/log?entity={devices[^1].Id()}"))["items"]!.AsArray().ShouldNotBeEmpty());

        // Each hand-over is sent once. The kill falls among those under way: some are answered with an error, and for those both outcomes are right, if it is the same
        // one in every service.
        var acknowledged = new System.Collections.Concurrent.ConcurrentBag<string>();
        foreach (var (process, batch) in new[] { "assignment", "inventory", "audit", "assignment", "provisioning" }.Zip(devices.Chunk(12)))
        {
            var first = new TaskCompletionSource();
            var sending = Parallel.ForEachAsync(batch, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (device, ct) =>
            {
                try
                {
                    var answer = await office.It.PostAsJsonAsync("/api/assignment/handovers", new { personId = person.Id(), assetTags = new[] { device.Text("assetTag") } }, ct);
                    if (answer.StatusCode != HttpStatusCode.Created) return;
                    acknowledged.Add(device.Id());
                    first.TrySetResult();
                }
                catch (HttpRequestException)
                {
                    // The gateway's connection to the killed service broke in the middle.
                }
            });
            await Task.WhenAny(first.Task, sending);
            _fleet.Kill(process);
            _fleet.Start(process);
            await sending;
            await _fleet.ReadyAsync();
        }

        acknowledged.ShouldNotBeEmpty();
        // What comes after all of them has arrived everywhere: nothing of them is under way any more.
        var last = await office.RegisterLaptopAsync();
        await office.It.PostAsync("/api/assignment/handovers", new { personId = person.Id(), assetTags = new[] { last.Text("assetTag") } });
        await Eventually.ShouldAsync(async () => (await TracesAsync(office, last)).ShouldBe(Traces.OfOneHandOver));

        foreach (var device in devices)
        {
            await Eventually.ShouldAsync(async () =>
            {
                var traces = await TracesAsync(office, device);
                traces.ShouldBe(acknowledged.Contains(device.Id()) || traces.HandOvers > 0 ? Traces.OfOneHandOver : Traces.OfNone, device.Text("assetTag"));
            });
        }

        ((bool)(await office.Auditor.ReadAsync("/api/audit/log/verify"))["verified"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task Commands_are_accepted_while_the_broker_is_away_for_30_seconds_and_events_arrive_afterwards()
    {
        var office = await Office.OpenAsync(_fleet);
        var before = await office.HireAsync();
        await office.CaseAsync(before, c => c.Text("status") == "open");

        await _broker.PauseAsync();
        var away = Task.Delay(TimeSpan.FromSeconds(30));
        var person = await office.HireAsync();
        var device = await office.RegisterLaptopAsync();
        await away;
        await _broker.ResumeAsync();

        await office.CaseAsync(person, c => c.Text("status") == "open");
        // Until every queue is read again an unknown tag is refused at once, as the inventory's news may be late.
        await Eventually.ShouldAsync(async () => (await _fleet.HealthAsync("assignment")).Text("status").ShouldBe("healthy"));
        await office.It.PostAsync("/api/assignment/handovers", new { personId = person.Id(), assetTags = new[] { device.Text("assetTag") } });
        await office.DeviceAsync(device, d => d.Text("status") == "assigned");
        await office.CoverageAsync(Office.Today(), c => c.Number("withLaptop") == 1);
    }

    [Fact]
    public async Task Services_start_in_any_order_and_before_the_broker()
    {
        foreach (var process in Installation.Processes) _fleet.Kill(process);
        await _broker.PauseAsync();
        foreach (var process in new[] { "audit", "portal", "provisioning", "assignment", "gateway", "inventory" }) _fleet.Start(process);

        // Not ready without a broker, but alive and taking commands.
        var hr = await Eventually.ReadAsync(() => _fleet.AsAsync("hr"), _ => true, TimeSpan.FromSeconds(60));
        await Eventually.ShouldAsync(async () => (await hr.GetAsync("/api/assignment/units")).StatusCode.ShouldBe(HttpStatusCode.OK));
        var unit = await hr.PostAsync("/api/assignment/units", new { name = Api.Unique("County"), kind = "county" });
        await _broker.ResumeAsync();

        await _fleet.ReadyAsync();
        var auditor = await _fleet.AsAsync("auditor");
        await Eventually.ShouldAsync(async () => (await auditor.ReadAsync($"/api/audit/log?entity={unit.Id()}"))["items"]!.AsArray().Count.ShouldBe(1));
        await Journey.WalkAsync(await Office.OpenAsync(_fleet), _ => Task.CompletedTask);
    }

    /// <summary>What the services say of a device, each by itself.</summary>
    private sealed record Traces(int HandOvers, string Status, int Entries, int Accesses)
    {
        public static Traces OfOneHandOver { get; } = new(1, "assigned", 1, 1);

        public static Traces OfNone { get; } = new(0, "inStock", 0, 0);
    }

    private static async Task<Traces> TracesAsync(Office office, JsonNode device) => new(
        (await office.It.ReadAsync($"/api/assignment/handovers?deviceId={device.Id()}"))["items"]!.AsArray().Count,
        (await office.It.ReadAsync($"/api/inventory/devices/{device.Id()}")).Text("status"),
        (await office.Auditor.ReadAsync($"/api/audit/log?entity={device.Id()}&type=DeviceIssued"))["items"]!.AsArray().Count,
        (await office.It.ReadAsync($"/api/provisioning/accesses?deviceId={device.Id()}"))["items"]!.AsArray().Count);
}
