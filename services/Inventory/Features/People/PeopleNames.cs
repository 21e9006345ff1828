using Fleet.Inventory.Domain;
using Fleet.Platform.Store;

namespace Fleet.Inventory.Features.People;

/// <summary>What people are called now. Everything else keeps their ids, so that a new name shows everywhere at once.</summary>
internal sealed class PeopleNames
{
    private readonly Dictionary<Guid, string> _names;

    private PeopleNames(Dictionary<Guid, string> names) => _names = names;

    /// <summary>The name, or null when the inventory was not told of the person yet.</summary>
    public string? Of(Guid personId) => _names.GetValueOrDefault(personId);

    /// <summary>Reads the names of these people.</summary>
    public static async Task<PeopleNames> OfAsync(IDocumentStore store, IEnumerable<Guid?> personIds, CancellationToken ct)
    {
        var names = new Dictionary<Guid, string>();
        foreach (var ids in personIds.OfType<Guid>().Distinct().Select(Key.Of).Chunk(Query<Person>.MaxLimit))
        {
            foreach (var person in await store.FindManyAsync<Person>(ids, ct))
                names[person.State.PersonId] = $"{person.State.GivenName} {person.State.FamilyName}".Trim();
        }

        return new PeopleNames(names);
    }
}
