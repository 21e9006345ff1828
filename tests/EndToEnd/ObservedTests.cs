namespace Fleet.Tests.EndToEnd;

/// <summary>An installation that sends its telemetry to the test, and every one of whose connections is written down.</summary>
public sealed class ObservedInstallation : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fleet-connections-").FullName;

    public TelemetryReceiver Telemetry { get; } = new();

    public Installation Fleet { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Fleet = await Installation.UpAsync(settings: new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{Telemetry.Port}",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
            ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
            [StartupHook.Folder] = _folder,
        });
        var it = await Fleet.AsAsync("it");
        await it.PostAsync("/api/inventory/devices", new
        {
            assetTag = Api.Unique("LT"),
            serialNumber = Api.Unique("SN"),
            kind = "laptop",
            manufacturer = "Lenovo",
            model = "ThinkPad T14",
        });
    }

    /// <summary>What a process has looked up and connected to since its start.</summary>
    public IReadOnlyList<string> ConnectionsOf(string process) => File.ReadAllLines(Path.Combine(_folder, $"{Fleet.ProcessId(process)}"));

    public async ValueTask DisposeAsync()
    {
        await Fleet.DisposeAsync();
        Telemetry.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>What an operator sees of a running installation, and what nobody else gets to see.</summary>
public sealed class ObservedTests(ObservedInstallation observed) : IClassFixture<ObservedInstallation>
{
    private const int Server = 2, Consumer = 5;

    [Fact]
    public async Task A_request_and_everything_it_causes_are_one_trace_with_the_usual_attributes()
    {
        var trace = await Eventually.ReadAsync(
            () => Task.FromResult(TraceOfTheRegistration()),
            // Each process sends its spans when it likes: complete when all services are there and only one span has its parent elsewhere.
            spans => new[] { "fleet-gateway", "fleet-inventory", "fleet-assignment", "fleet-audit" }.All(s => spans.Any(p => p.Service == s))
                && spans.Count(s => spans.All(p => p.Id != s.Parent)) == 1);

        var ids = trace.Select(s => s.Id).ToHashSet();
        trace.Where(s => !ids.Contains(s.Parent)).Select(s => s.Name).ShouldBe(["POST /api/inventory/{**rest}"]);
        var inventory = trace.Single(s => s is { Service: "fleet-inventory", Kind: Server });
        inventory.Attributes["http.request.method"].ShouldBe("POST");
        inventory.Attributes["http.route"].ShouldContain("/api/inventory/devices");
        inventory.Attributes["http.response.status_code"].ShouldBe("201");
        var dispatch = trace.Single(s => s.Name == "send fleet.inventory.device-registered.v1");
        dispatch.Attributes["messaging.system"].ShouldBe("rabbitmq");
        dispatch.Attributes["messaging.destination.name"].ShouldBe("fleet.inventory.device-registered.v1");
        trace.Where(s => s.Kind == Consumer && s.Parent == dispatch.Id).Select(s => s.Attributes["messaging.destination.name"])
            .ShouldBe(["audit-record-entry", "assignment-follow-devices"], ignoreOrder: true);
    }

    [Fact]
    public async Task Every_span_of_a_request_says_what_was_asked_and_answered_and_no_delivery_stands_alone()
    {
        await Eventually.ShouldAsync(() =>
        {
            observed.Telemetry.Spans.ShouldContain(s => s.Kind == Server);
            observed.Telemetry.Spans.ShouldContain(s => s.Kind == Consumer);
            observed.Telemetry.Paths.ShouldBe(["/v1/traces", "/v1/metrics", "/v1/logs"], ignoreOrder: true);
            return Task.CompletedTask;
        });
        foreach (var request in observed.Telemetry.Spans.Where(s => s.Kind == Server))
        {
            foreach (var name in new[] { "http.request.method", "http.route", "http.response.status_code" }) request.Attributes.Keys.ShouldContain(name, request.ToString());
            request.Attributes["url.path"].ShouldNotStartWith("/health");
        }

        foreach (var delivery in observed.Telemetry.Spans.Where(s => s.Kind == Consumer))
        {
            delivery.Parent.ShouldNotBeEmpty(delivery.ToString());
            delivery.Attributes["messaging.system"].ShouldBe("rabbitmq");
        }
    }

    [Fact]
    public async Task No_process_looks_up_or_connects_to_anything_but_its_configured_peers()
    {
        await Eventually.ShouldAsync(() =>
        {
            TraceOfTheRegistration().ShouldContain(s => s.Service == "fleet-audit");
            return Task.CompletedTask;
        });
        var broker = new Uri(Environment.GetEnvironmentVariable("FLEET_TEST_RABBITMQ") ?? "amqp://guest:guest@127.0.0.1:5672").Port;
        int[] ports = [broker, observed.Telemetry.Port, .. Installation.Processes.Select(p => observed.Fleet.AddressOf(p).Port)];
        string[] peers = [.. ports.SelectMany(p => new[] { $"connect 127.0.0.1:{p}", $"connect [::1]:{p}" }), "resolve 127.0.0.1", "resolve localhost"];
        foreach (var process in Installation.Processes)
        {
            var connections = observed.ConnectionsOf(process);
            connections.Distinct().ShouldBeSubsetOf(peers, process);
            // The observer sees.
            connections.ShouldContain($"connect 127.0.0.1:{observed.Telemetry.Port}", process);
        }

        observed.ConnectionsOf("inventory").ShouldContain($"connect 127.0.0.1:{broker}");
        observed.ConnectionsOf("gateway").ShouldContain($"connect 127.0.0.1:{observed.Fleet.AddressOf("inventory").Port}");
    }

    private List<Span> TraceOfTheRegistration()
    {
        var spans = observed.Telemetry.Spans;
        var start = spans.FirstOrDefault(s => s is { Service: "fleet-gateway", Kind: Server } && s.Attributes.GetValueOrDefault("url.path") == "/api/inventory/devices");
        return [.. spans.Where(s => s.Trace == start?.Trace)];
    }
}
