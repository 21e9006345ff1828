using Fleet.Assignment.Domain;
using Fleet.Assignment.Features.Units;
using Fleet.Platform.Http;
using Fleet.Platform.Store;

namespace Fleet.Assignment.Features.People;

/// <summary>Which units a caller sees. Managers: the one they work in themselves, and all below it; whoever is nobody manages none.</summary>
internal static class ManagedUnits
{
    /// <summary>Null: all.</summary>
    public static async ValueTask<IReadOnlyCollection<Guid>?> OfAsync(Caller caller, IDocumentStore store, CancellationToken ct)
    {
        if (!caller.IsOnlyManager) return null;
        if (caller.PersonId is not { } own || await store.FindAsync<Person>(own, ct) is not { } manager) return [];
        return await Subtree.OfAsync([manager.State.Current.UnitId], "unitId", store, ct);
    }

    /// <summary>Whether the caller sees the people of this unit.</summary>
    public static async ValueTask<bool> IncludeAsync(Guid unit, Caller caller, IDocumentStore store, CancellationToken ct) => await OfAsync(caller, store, ct) is not { } units || units.Contains(unit);
}
