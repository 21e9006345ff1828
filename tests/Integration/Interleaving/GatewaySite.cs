using Fleet.Gateway.Domain;
using Fleet.Gateway.Features.People;
using Fleet.Platform.Store;

namespace Fleet.Tests.Integration.Interleaving;

/// <summary>What the gateway hears of people.</summary>
internal sealed class GatewaySite(Databases.Shelf shelf)
{
    public Site Site { get; } = Open(shelf);

    /// <summary>Every person, as accounts are bound to them.</summary>
    public async IAsyncEnumerable<string> ReadAsync()
    {
        await foreach (var person in Site.Store.AllAsync(new Query<Person>(), CancellationToken.None)) yield return $"{person.State}";
    }

    private static Site Open(Databases.Shelf shelf)
    {
        var site = new Site("gateway", shelf, Schema.First, PersonDocument.Type);
        return site.With(new FollowPeople(site.Store));
    }
}
