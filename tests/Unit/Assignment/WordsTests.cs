using Fleet.Assignment;
using Fleet.Assignment.Domain;
using Fleet.Contracts;

namespace Fleet.Tests.Unit.Assignment;

/// <summary>The domain's words are those that services share.</summary>
public sealed class WordsTests
{
    [Fact]
    public void The_domain_says_the_shared_words()
    {
        Words<CustodyStatus>().ShouldBe(CustodyStates.All, ignoreOrder: true);
        Words<DeviceStatus>().ShouldBe(DeviceStatuses.All, ignoreOrder: true);
        Words<UnitKind>().ShouldBe(UnitKinds.All, ignoreOrder: true);
        Words<ItemKind>().ShouldBe(ItemKinds.All, ignoreOrder: true);
        Words<CaseStatus>().ShouldBe(CaseStatuses.All, ignoreOrder: true);
    }

    private static IEnumerable<string> Words<T>() where T : struct, Enum => Enum.GetValues<T>().Select(v => v.Wire());
}
