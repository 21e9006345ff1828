using System.Text.Json.Nodes;
using Fleet.Contracts;
using static Fleet.Tests.Integration.Inventory.InventoryFixture;

namespace Fleet.Tests.Integration.Inventory;

public sealed class FollowCustodyTests(InventoryFixture inventory) : IClassFixture<InventoryFixture>
{
    [Fact]
    public async Task A_hand_over_makes_the_device_assigned_and_names_its_holder()
    {
        var id = await RegisterAsync();
        var anna = Person("Anna");
        var issued = Issued(id, 2, anna);

        await inventory.Broker.PublishAsync(issued);

        var device = await DeviceInAsync(id, "assigned");
        device["holder"]!["personId"]!.GetValue<Guid>().ShouldBe(anna.PersonId);
        device["holder"]!["name"]!.GetValue<string>().ShouldBe("Anna");
        var list = await inventory.It.GetAsync($"{Devices}?holder={anna.PersonId}");
        (await BodyAsync(list))["items"]!.AsArray().ShouldHaveSingleItem()!["id"]!.GetValue<Guid>().ShouldBe(id);
        await Eventually.ShouldAsync(() =>
        {
            var changed = StatusChanges(id).ShouldHaveSingleItem();
            changed.Device.Holder.ShouldBe(anna);
            changed.PreviousStatus.ShouldBe("inStock");
            changed.Meta.EffectiveAt.ShouldBe(issued.Meta.EffectiveAt);
            changed.Meta.CorrelationId.ShouldBe(issued.Meta.CorrelationId);
            changed.Meta.Actor.Role.ShouldBe("system");
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task The_same_message_twice_and_two_out_of_order_change_the_device_once_each()
    {
        var id = await RegisterAsync();
        var (anna, ben) = (Person("Anna"), Person("Ben"));
        var first = Issued(id, 2, anna);

        await inventory.Broker.PublishAsync(first);
        await inventory.Broker.PublishAsync(first);
        await DeviceInAsync(id, "assigned");
        await inventory.Broker.PublishAsync(Issued(id, 6, ben));
        await Eventually.ReadAsync(() => inventory.DeviceAsync(id), d => d["holder"]?["name"]?.ToString() == "Ben");
        await inventory.Broker.PublishAsync(Returned(id, 4, anna, "scratched"));
        await inventory.Broker.PublishAsync(first);

        var history = await Eventually.ReadAsync(() => inventory.HistoryAsync(id), h => h.Count == 4);
        history.Select(l => $"{l!["status"]} {l["holder"]?["name"]} {l["note"]}").ShouldBe(
            ["inStock  ", "assigned Anna ", "inStock  scratched", "assigned Ben "]);
        await inventory.Broker.PublishAsync(LossReported(id, 7, "stolen", ben));
        var device = await DeviceInAsync(id, "stolen");
        device["holder"]!["name"]!.ToString().ShouldBe("Ben");
        (await inventory.HistoryAsync(id)).Count.ShouldBe(5);
        await Eventually.ShouldAsync(() =>
        {
            StatusChanges(id).Select(c => $"{c.PreviousStatus} {c.Device.Status} {c.Device.Holder!.Name}").ShouldBe(
                ["inStock assigned Anna", "assigned assigned Ben", "assigned stolen Ben"]);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_message_about_an_unknown_device_ends_in_the_error_queue_and_blocks_nothing()
    {
        await inventory.Broker.PublishAsync(Issued(Guid.CreateVersion7(), 2, Person("Nobody")));
        var id = await RegisterAsync();
        await inventory.Broker.PublishAsync(Issued(id, 2, Person("Anna")));

        await DeviceInAsync(id, "assigned");
        await Eventually.ShouldAsync(async () => (await inventory.Broker.CountAsync("inventory-follow-custody_error")).ShouldBe(1u));
    }

    private async Task<Guid> RegisterAsync() => (await inventory.RegisterAsync(Laptop()))["id"]!.GetValue<Guid>();

    private Task<JsonNode> DeviceInAsync(Guid id, string status) =>
        Eventually.ReadAsync(() => inventory.DeviceAsync(id), d => d["status"]!.ToString() == status);

    private List<DeviceStatusChanged> StatusChanges(Guid id) => [.. inventory.Broker.Published<DeviceStatusChanged>().Where(e => e.Meta.AggregateId == id)];
}
