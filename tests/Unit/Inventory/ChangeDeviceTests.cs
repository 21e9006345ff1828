using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Inventory.Domain;
using Fleet.Inventory.Features.Devices;
using Fleet.Platform;

namespace Fleet.Tests.Unit.Inventory;

public sealed class ChangeDeviceTests
{
    private static readonly Description Everything = new(
        "LRA-1", "PF-1", DeviceKind.Laptop, "Lenovo", "T14", new Purchase("B-77", "Haus GmbH", new DateOnly(2019, 11, 20), new Money(1249.90m, "EUR"), new DateOnly(2022, 11, 20)), "Room 12");

    [Fact]
    public void The_example_has_every_member_of_a_description()
    {
        Members<Description>().ShouldAllBe(m => m.GetValue(Everything) != null);
        Members<Purchase>().ShouldAllBe(m => m.GetValue(Everything.Purchase) != null);
    }

    [Fact]
    public void What_a_change_does_not_name_stays_as_it_is()
    {
        foreach (var named in Members<ChangeDevice.Request>())
        {
            // The example's own value: whatever differs afterwards was touched without being named.
            var body = new JsonObject { [Name(named)] = JsonSerializer.SerializeToNode(Member<Description>(named.Name).GetValue(Everything), FleetJson.Options) };

            var after = Read(body).Over(Everything);

            foreach (var member in Members<Description>()) member.GetValue(after).ShouldBe(member.GetValue(Everything), $"{member.Name} after naming {named.Name}");
        }
    }

    [Fact]
    public void What_a_change_of_a_purchase_does_not_name_stays_as_it_is()
    {
        foreach (var named in Members<ChangeDevice.PurchaseChange>())
        {
            var body = new JsonObject { ["purchase"] = new JsonObject { [Name(named)] = null } };

            var after = Read(body).Over(Everything).Purchase;

            foreach (var member in Members<Purchase>())
                member.GetValue(after).ShouldBe(member.Name == named.Name ? null : member.GetValue(Everything.Purchase), $"{member.Name} after taking away {named.Name}");
        }
    }

    [Fact]
    public void Null_takes_away_what_a_device_may_lack()
    {
        var after = Read(new JsonObject { ["purchase"] = null, ["location"] = null }).Over(Everything);

        after.ShouldBe(Everything with { Purchase = null, Location = null });
    }

    [Fact]
    public void A_device_without_papers_gets_what_a_change_names() =>
        Read(new JsonObject { ["purchase"] = new JsonObject { ["supplier"] = " Haus GmbH " } }).Over(Everything with { Purchase = null })
            .Purchase.ShouldBe(new Purchase(Supplier: "Haus GmbH"));

    private static IReadOnlyList<PropertyInfo> Members<T>() => [.. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)];

    private static PropertyInfo Member<T>(string name) => Members<T>().Single(m => m.Name == name);

    private static string Name(PropertyInfo member) => JsonNamingPolicy.CamelCase.ConvertName(member.Name);

    private static ChangeDevice.Request Read(JsonObject body) => body.Deserialize<ChangeDevice.Request>(FleetJson.Options)!;
}
