using Fleet.Audit.Features.Log;
using Fleet.Contracts;

namespace Fleet.Tests.Integration.Interleaving;

/// <summary>
/// No fact may depend on the order of arrival, in any service. A life is lived as it happened, every news at once, and again with the news of some queues
/// late, in every order that there is, and then twice: what the services show, and what they said last of each thing, has to be the same.
/// </summary>
public static class EveryOrder
{
    /// <summary>How the names begin of queues that are late together.</summary>
    public static TheoryData<string> Queues => ["inventory-", "assignment-follow-devices", "assignment-advance-case", "provisioning-", "audit-", "gateway-"];

    /// <summary>Everything ends as if all news had come at once, whenever those of the queues come; returns how it ends.</summary>
    internal static async Task<IReadOnlyList<string>> ShouldEndAlikeAsync(Databases databases, string queues, Life life)
    {
        var expected = await County.LiveAsync(databases, life);
        var orders = await Post.EveryAsync(queues, IsLate, post => County.ShouldEndAsync(databases, life, post, expected));
        TestContext.Current.SendDiagnosticMessage("{0} orders of what comes to {1}", orders, queues);
        return expected;

        // The log takes everything; only what figures depend on can make a difference there, and all of it in every order is too much.
        bool IsLate(IFleetEvent fact) => queues != "audit-" || EventTypes.IsCoverageFact(fact.GetType().Name);
    }
}
