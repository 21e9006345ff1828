using Fleet.Contracts;
using Fleet.Portal.Features.Accesses;
using Fleet.Portal.Wording;

namespace Fleet.Tests.Unit.Portal;

public sealed class AccessWordsTests
{
    [Fact]
    public void The_portal_offers_the_states_that_provisioning_knows_and_has_a_word_for_each()
    {
        AccessWords.States.Order().ShouldBe(AccessStates.All.Order());
        foreach (var culture in Words.Cultures)
        {
            AccessWords.States.ShouldAllBe(state => Words.Texts(culture).ContainsKey($"AccessState.{state}"));
        }
    }
}
