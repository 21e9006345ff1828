using Fleet.Assignment.Domain;
using Fleet.Platform;
using Fleet.Platform.Http;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.Units;

/// <summary>What creating and changing units share: the way up the tree.</summary>
internal static class UnitTree
{
    /// <summary>
    /// 400 naming <c>parentId</c> when there is no such unit or it begins later, 409 <c>unit-cycle</c> or <c>unit-kind-order</c> when it must not be the
    /// parent; otherwise null.
    /// </summary>
    /// <param name="store">Where units are.</param>
    /// <param name="unitId">The unit; for a new one its new id.</param>
    /// <param name="kind">The unit's kind.</param>
    /// <param name="parentId">The wanted parent.</param>
    /// <param name="from">From when on it is to be the parent; null: always.</param>
    /// <param name="ct">Ends the call.</param>
    public static async Task<ProblemHttpResult?> IfMayNotBelongAsync(
        IDocumentStore store, Guid unitId, UnitKind kind, Guid parentId, DateOnly? from, CancellationToken ct)
    {
        var pathUp = new List<Unit>();
        for (Guid? next = parentId; next is { } id; next = pathUp[^1].Current.ParentId)
        {
            if (await store.FindAsync<Unit>(id, ct) is not { } found) return Problems.Invalid("parentId", "There is no such unit.");
            pathUp.Add(found.State);
        }

        if (pathUp[0].BeginsAfter(from)) return Problems.Invalid("parentId", $"This unit begins on {pathUp[0].Begins:yyyy-MM-dd}; nothing belongs to it before.");
        return Unit.MayBelong(unitId, kind, pathUp) switch
        {
            BelongingVerdict.Cycle => Problems.Conflict("unit-cycle", "A unit cannot belong to itself or to a unit below it."),
            BelongingVerdict.KindOrder => Problems.Conflict("unit-kind-order", $"A unit of kind {kind.Wire()} cannot belong to one of kind {pathUp[0].Kind.Wire()}."),
            _ => null,
        };
    }
}

/// <summary>The way down the tree.</summary>
internal static class Subtree
{
    /// <summary>The units and all below them, as the tree is today. Throws <see cref="BadRequestException"/> naming the parameter for a unit that is not there.</summary>
    public static async ValueTask<IReadOnlyCollection<Guid>> OfAsync(IReadOnlyList<Guid> unitIds, string parameter, IDocumentStore store, CancellationToken ct)
    {
        var found = (await store.FindManyAsync<Unit>([.. unitIds.Distinct().Select(Key.Of)], ct)).Select(u => u.State.UnitId).ToHashSet();
        if (unitIds.FirstOrDefault(id => !found.Contains(id)) is var unknown && unknown != Guid.Empty)
            throw new BadRequestException(parameter, $"There is no unit {unknown}.");

        // A parent is always of a higher kind, so this ends after as many steps as there are kinds.
        for (var level = found.ToList(); level.Count > 0;)
        {
            var below = new List<Guid>();
            await foreach (var unit in store.AllAsync(new Query<Unit> { Where = [UnitDocument.Parent.IsOneOf([.. level.Select(Key.Of)])], Limit = Query<Unit>.MaxLimit }, ct))
                if (found.Add(unit.State.UnitId)) below.Add(unit.State.UnitId);
            level = below;
        }

        return found;
    }
}

/// <summary>The day from which a unit's change holds: given as a day, or as an instant whose day counts.</summary>
internal static class UnitDays
{
    public static DateOnly? Of(DateOnly? effectiveFrom, DateTimeOffset? effectiveAt, FleetCalendar calendar) =>
        effectiveFrom ?? (effectiveAt is { } instant ? calendar.DayOf(instant) : null);
}
