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
        var anna = await inventory.AnEmployeeAsync("Anna", "Huber");
        var issued = Issued(id, 2, Held(Hour(1), anna.PersonId));

        await inventory.Broker.PublishAsync(issued);

        var device = await DeviceInAsync(id, "assigned");
        device["holder"]!["personId"]!.GetValue<Guid>().ShouldBe(anna.PersonId);
        device["since"]!.GetValue<DateTimeOffset>().ShouldBe(Hour(1));
        device["begins"]!.GetValue<DateTimeOffset>().ShouldBe(Hour(0));
        await Eventually.ShouldAsync(async () => (await inventory.DeviceAsync(id))["holder"]!["name"]!.GetValue<string>().ShouldBe("Anna Huber"));
        var list = await inventory.It.GetAsync($"{Devices}?holderId={anna.PersonId}");
        (await BodyAsync(list))["items"]!.AsArray().ShouldHaveSingleItem()!["id"]!.GetValue<Guid>().ShouldBe(id);
        await Eventually.ShouldAsync(() =>
        {
            var changed = StatusChanges(id).ShouldHaveSingleItem();
            changed.Device.HolderId.ShouldBe(anna.PersonId);
            changed.Device.StatusSince.ShouldBe(Hour(1));
            changed.PreviousStatus.ShouldBe("inStock");
            changed.Meta.EffectiveAt.ShouldBe(Hour(1));
            changed.Meta.StreamNumber.ShouldBe(2);
            changed.Meta.CausedBy.ShouldBe(issued.Meta.EventId);
            changed.Meta.CorrelationId.ShouldBe(issued.Meta.CorrelationId);
            changed.Meta.Actor.ShouldBe(Actor.System("inventory"));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task The_same_message_twice_and_two_out_of_order_come_to_the_newest_custody()
    {
        var id = await RegisterAsync();
        var (anna, ben) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        CustodySpell[] spells = [Held(Hour(1), anna), Free(Hour(2)), Held(Hour(3), ben), Stolen(Hour(4), ben)];
        var first = Issued(id, 2, spells[..1]);
        var stolen = LossReported(id, 7, spells);

        await inventory.Broker.PublishAsync(stolen);
        await inventory.Broker.PublishAsync(stolen);
        (await DeviceInAsync(id, "stolen"))["holder"]!["personId"]!.GetValue<Guid>().ShouldBe(ben);
        await inventory.Broker.PublishAsync(first);
        await inventory.Broker.PublishAsync(Issued(id, 6, spells[..3]));
        await inventory.Broker.PublishAsync(Returned(id, 4, "scratched", spells[..2]));
        await inventory.Broker.PublishAsync(first);

        var history = await Eventually.ReadAsync(() => inventory.HistoryAsync(id), h => h.Any(l => l!["note"]?.ToString() == "scratched"));
        history.Select(l => $"{l!["status"]} {l["holder"]?["personId"]} {(l["at"]!.GetValue<DateTimeOffset>() - Hour(0)).TotalHours} {l["note"]}").ShouldBe(
            ["inStock  0 ", $"assigned {anna} 1 ", "inStock  2 scratched", $"assigned {ben} 3 ", $"stolen {ben} 4 "]);
        await Eventually.ShouldAsync(() =>
        {
            StatusChanges(id).Select(c => $"{c.PreviousStatus} {c.Device.Status} {c.Device.HolderId}").ShouldBe([$"inStock stolen {ben}"]);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_find_and_a_correction_are_followed_like_everything_else()
    {
        var id = await RegisterAsync();
        var (anna, ben) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await inventory.Broker.PublishAsync(LossReported(id, 3, Held(Hour(1), anna), Stolen(Hour(2), anna)));
        await DeviceInAsync(id, "stolen");

        await inventory.Broker.PublishAsync(Found(id, 4, Held(Hour(1), anna), Stolen(Hour(2), anna), Free(Hour(3))));
        (await DeviceInAsync(id, "inStock"))["holder"].ShouldBeNull();

        await inventory.Broker.PublishAsync(Corrected(id, 5, "It was Ben all the time", Held(Hour(1), ben)));
        (await DeviceInAsync(id, "assigned"))["holder"]!["personId"]!.GetValue<Guid>().ShouldBe(ben);
        (await inventory.HistoryAsync(id)).Select(l => $"{l!["status"]} {l["note"]}").ShouldBe(["inStock ", "assigned It was Ben all the time"]);
    }

    [Fact]
    public async Task Disposing_of_a_stolen_device_is_no_return()
    {
        var id = await RegisterAsync();
        var anna = Guid.CreateVersion7();
        await inventory.Broker.PublishAsync(LossReported(id, 3, Held(Hour(1), anna), Stolen(Hour(2), anna)));
        await DeviceInAsync(id, "stolen");

        await inventory.SetStatusAsync(id, "disposed", Hour(3));

        (await inventory.HistoryAsync(id)).Select(l => l!["status"]!.ToString()).ShouldBe(["inStock", "assigned", "stolen", "disposed"]);
        (await inventory.DeviceAsync(id))["holder"].ShouldBeNull();
        await Eventually.ShouldAsync(() =>
        {
            var disposed = StatusChanges(id)[^1];
            disposed.Device.Status.ShouldBe("disposed");
            disposed.Device.Decisions.Select(d => d.Status).ShouldBe(["inStock", "disposed"]);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task What_custody_echoes_of_a_decision_made_here_is_published_once()
    {
        var id = await RegisterAsync();
        var anna = Guid.CreateVersion7();
        await inventory.Broker.PublishAsync(Issued(id, 2, Held(Hour(1), anna)));
        await DeviceInAsync(id, "assigned");
        await inventory.SetStatusAsync(id, "stolen", Hour(2));
        var decided = await Eventually.ReadAsync(() => Task.FromResult(StatusChanges(id).LastOrDefault()), c => c?.Device.Status == "stolen");

        var echo = LossReported(id, 3, Held(Hour(1), anna), Stolen(Hour(2), anna));
        await inventory.Broker.PublishAsync(echo with { Meta = echo.Meta with { Actor = Actor.System("assignment"), CausedBy = decided!.Meta.EventId } });
        await inventory.Broker.PublishAsync(Found(id, 4, Held(Hour(1), anna), Stolen(Hour(2), anna), Free(Hour(3))));

        await DeviceInAsync(id, "inStock");
        (await inventory.HistoryAsync(id)).Select(l => $"{l!["status"]} {l["actor"]!["subject"]}").ShouldBe(
            ["inStock it.weber", "assigned it.weber", "stolen it.weber", "inStock it.weber"]);
        await Eventually.ShouldAsync(() =>
        {
            StatusChanges(id).Select(c => c.Device.Status).ShouldBe(["assigned", "stolen", "inStock"]);
            StatusChanges(id).Select(c => c.Meta.StreamNumber).ShouldBe([2, 3, 4]);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_message_about_an_unknown_device_ends_in_the_error_queue_and_blocks_nothing()
    {
        await inventory.Broker.PublishAsync(Issued(Guid.CreateVersion7(), 2, Held(Hour(1), Guid.CreateVersion7())));
        var id = await RegisterAsync();
        await inventory.Broker.PublishAsync(Issued(id, 2, Held(Hour(1), Guid.CreateVersion7())));

        await DeviceInAsync(id, "assigned");
        await Eventually.ShouldAsync(async () => (await inventory.Broker.CountAsync("inventory-follow-custody_error")).ShouldBe(1u));
    }

    private async Task<Guid> RegisterAsync() => await inventory.ADeviceFromAsync(Hour(0));

    private Task<JsonNode> DeviceInAsync(Guid id, string status) =>
        Eventually.ReadAsync(() => inventory.DeviceAsync(id), d => d["status"]!.ToString() == status);

    private List<DeviceStatusChanged> StatusChanges(Guid id) => [.. inventory.Broker.Published<DeviceStatusChanged>().Where(e => e.Meta.AggregateId == id)];
}
