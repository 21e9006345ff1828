using Fleet.Contracts;
using static Fleet.Tests.Integration.Inventory.InventoryFixture;

namespace Fleet.Tests.Integration.Inventory;

public sealed class FollowPeopleTests(InventoryFixture inventory) : IClassFixture<InventoryFixture>
{
    [Fact]
    public async Task A_new_name_shows_wherever_the_person_is_named_and_an_older_one_that_comes_late_does_not()
    {
        var anna = await inventory.AnEmployeeAsync("Anna", "Huber");
        var id = await inventory.ADeviceFromAsync(Hour(0));
        await inventory.Broker.PublishAsync(LossReported(id, 2, Held(Hour(1), anna.PersonId), Stolen(Hour(2), anna.PersonId)));
        await NamesAsync(id, "Anna Huber");

        await inventory.Broker.PublishAsync(new PersonLeft { Meta = Meta(anna.PersonId, 4, Hour(4)), Person = anna with { FamilyName = "Maier" } });
        await NamesAsync(id, "Anna Maier");
        await inventory.Broker.PublishAsync(new PersonChanged { Meta = Meta(anna.PersonId, 3, Hour(3)), Person = anna with { FamilyName = "Schulz" } });
        await inventory.Broker.PublishAsync(new PersonChanged { Meta = Meta(anna.PersonId, 5, Hour(5)), Person = anna with { GivenName = "Anna-Lena", FamilyName = "Maier" } });

        await NamesAsync(id, "Anna-Lena Maier");
        inventory.Broker.Published<DeviceStatusChanged>().Count(e => e.Meta.AggregateId == id).ShouldBe(1);
    }

    [Fact]
    public async Task A_holder_of_whom_nothing_is_told_yet_is_shown_without_a_name()
    {
        var id = await inventory.ADeviceFromAsync(Hour(0));
        var somebody = Guid.CreateVersion7();
        await inventory.Broker.PublishAsync(Issued(id, 2, Held(Hour(1), somebody)));

        var device = await Eventually.ReadAsync(() => inventory.DeviceAsync(id), d => d["holder"] is not null);

        device["holder"]!.AsObject().Select(m => $"{m.Key} {m.Value}").ShouldBe([$"personId {somebody}"]);
    }

    private Task NamesAsync(Guid id, string name) => Eventually.ShouldAsync(async () =>
    {
        var device = await inventory.DeviceAsync(id);
        device["holder"]!["name"]!.ToString().ShouldBe(name);
        var listed = await BodyAsync(await inventory.It.GetAsync($"{Devices}?holderId={device["holder"]!["personId"]}"));
        listed["items"]!.AsArray().ShouldHaveSingleItem()!["holder"]!["name"]!.ToString().ShouldBe(name);
        (await inventory.HistoryAsync(id)).Where(l => l!["holder"] is not null).ShouldAllBe(l => l!["holder"]!["name"]!.ToString() == name);
    });
}
