using System.Net;
using System.Text;
using Fleet.Contracts;
using Fleet.Platform.Work;
using Fleet.Tests.Integration.Inventory;

namespace Fleet.Tests.Integration.Platform;

/// <summary>What the platform promises about messages, seen on one service.</summary>
public sealed class MessagingTests(InventoryFixture inventory) : IClassFixture<InventoryFixture>
{
    private const string Queue = "inventory-follow-custody";

    [Fact]
    public async Task A_message_that_cannot_be_handled_ends_in_the_error_queue_and_blocks_nothing()
    {
        var before = await inventory.Broker.CountAsync($"{Queue}_error");
        await inventory.Broker.PublishRawAsync(Queue, "not even JSON"u8.ToArray());
        await inventory.Broker.PublishRawAsync(Queue, Encoding.UTF8.GetBytes("""{"messageType":["urn:message:fleet.assignment.device-issued.v1"],"message":{"meta":7}}"""));
        // Well formed, but about a device that was never registered.
        await inventory.Broker.PublishAsync(InventoryFixture.Issued(Guid.CreateVersion7(), 1, InventoryFixture.Held(InventoryFixture.Hour(1), Guid.CreateVersion7())));

        var id = await inventory.ADeviceFromAsync(InventoryFixture.Hour(0));
        await inventory.Broker.PublishAsync(InventoryFixture.Issued(id, 2, InventoryFixture.Held(InventoryFixture.Hour(1), Guid.CreateVersion7())));

        await Eventually.ShouldAsync(async () => ((string)(await inventory.DeviceAsync(id))["status"]!).ShouldBe("assigned"));
        await Eventually.ShouldAsync(async () => (await inventory.Broker.CountAsync($"{Queue}_error")).ShouldBe(before + 3));
        (await inventory.Broker.CountAsync(Queue)).ShouldBe(0u);
    }

    [Fact]
    public async Task An_acknowledged_write_is_published_though_the_process_is_killed_right_after_it()
    {
        await using var store = inventory.OpenStore(LeaseState.Documents);
        // As a second replica would hold it: the service takes commands and publishes nothing.
        var lease = new Lease(store, TimeProvider.System, "dispatcher", TimeSpan.FromSeconds(3));
        await Eventually.ShouldAsync(async () => (await lease.TryHoldAsync(CancellationToken.None)).ShouldBeTrue());
        var devices = new List<Guid>();
        await lease.ActAsync(
            async ct =>
            {
                for (var i = 0; i < 20; i++) devices.Add(Guid.Parse((string)(await inventory.RegisterAsync(InventoryFixture.Laptop()))["id"]!));
                inventory.Kill();
            },
            CancellationToken.None);
        var pending = await store.ReadPendingAsync(100, CancellationToken.None);
        devices.Select(d => d.ToString()).ShouldBeSubsetOf(pending.Select(e => e.DocumentId));
        inventory.Broker.Published<DeviceRegistered>().Select(e => e.Device.DeviceId).Intersect(devices).ShouldBeEmpty();

        await lease.ReleaseAsync();
        await inventory.StartAsync();
        await Eventually.ShouldAsync(() =>
        {
            devices.ShouldBeSubsetOf(inventory.Broker.Published<DeviceRegistered>().Select(e => e.Device.DeviceId));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Queues_of_services_that_never_ran_hold_what_was_published_for_them()
    {
        await inventory.RegisterAsync(InventoryFixture.Laptop());
        await Eventually.ShouldAsync(async () => (await inventory.Broker.CountAsync("audit-record-entry")).ShouldBeGreaterThan(0u));
        await Eventually.ShouldAsync(async () => (await inventory.Broker.CountAsync("assignment-follow-devices")).ShouldBeGreaterThan(0u));
    }

    [Fact]
    public async Task A_token_for_another_audience_or_past_its_time_is_refused_by_the_service_itself()
    {
        async Task<string> CodeAsync(string token)
        {
            using var client = new HttpClient { BaseAddress = inventory.Address };
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
            var answer = await client.GetAsync(InventoryFixture.Devices);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            return (string)(await InventoryFixture.BodyAsync(answer))["code"]!;
        }

        (await CodeAsync(inventory.Token("it.weber", ["it"], audience: "fleet"))).ShouldBe("token-invalid");
        (await CodeAsync(inventory.Token("it.weber", ["it"], lifetime: TimeSpan.FromMinutes(-5)))).ShouldBe("token-expired");
    }
}
