using Fleet.Contracts;
using Fleet.Provisioning;
using Fleet.Provisioning.Domain;

namespace Fleet.Tests.Unit.Provisioning;

public class WordsTests
{
    [Fact]
    public void States_are_spelled_as_on_the_wire()
    {
        Enum.GetValues<AccessState>().Select(Events.Word).ShouldBe(AccessStates.All, ignoreOrder: true);
        Enum.GetValues<Fleet.Provisioning.Domain.CustodyState>().Select(Events.Word).ShouldBe(CustodyStates.All, ignoreOrder: true);
    }
}
