using Fleet.Contracts;
using Fleet.Inventory;
using Fleet.Inventory.Domain;

namespace Fleet.Tests.Unit.Inventory;

public sealed class WordsTests
{
    [Fact]
    public void The_inventory_says_kinds_and_statuses_in_the_words_that_all_services_share()
    {
        Words<DeviceKind>().ShouldBe(DeviceKinds.All);
        Words<DeviceStatus>().ShouldBe(DeviceStatuses.All);
        Words<Fleet.Inventory.Domain.CustodyState>().ShouldBe(CustodyStates.All);
    }

    private static IEnumerable<string> Words<TEnum>() where TEnum : struct, Enum => Enum.GetValues<TEnum>().Select(Events.Word);
}
