using System.ComponentModel.DataAnnotations;
using Fleet.Assignment.Domain;
using Fleet.Contracts;
using Fleet.Platform;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.Units;

/// <summary>Renames or moves a unit from a day on; what was before stays known. 409 <c>unit-cycle</c>, <c>unit-kind-order</c>.</summary>
internal static class ChangeUnit
{
    public static void MapChangeUnit(this IEndpointRouteBuilder routes) =>
        routes.MapPatch("/units/{id:guid}", Handle).WithName(nameof(ChangeUnit)).RequireRole(Roles.Hr, Roles.Admin);

    private static async Task<Results<Resource<UnitView>, ProblemHttpResult>> Handle(
        Guid id, Body<UnitPatch> body, Caller caller, IfMatch ifMatch, IDocumentStore store, FleetCalendar calendar, TimeProvider time, CancellationToken ct)
    {
        var request = body.Value;
        var now = time.GetUtcNow();

        var day = UnitDays.Of(request.EffectiveFrom, request.EffectiveAt, calendar) ?? calendar.DayOf(now);
        while (true)
        {
            if (await store.FindAsync<Unit>(id, ct) is not { } found) return Problems.NotFound("unit");
            if (!ifMatch.Allows(found.Version)) return Problems.VersionMismatch();
            if (day < found.State.Begins) return Problems.TooEarly(calendar.StartOf(found.State.Begins.Value));
            if (request.ParentId is { } parent && await UnitTree.IfMayNotBelongAsync(store, id, found.State.Kind, parent, day, ct) is { } refusal) return refusal;

            var changed = found.State.ChangedFrom(day, request.Name?.Trim(), request.ParentId);
            if (changed == found.State) return new Resource<UnitView>(UnitView.Of(found), found.Version);

            // Today's change holds from now on in the log's eyes; an earlier one from its day on.
            var effectiveAt = request.EffectiveAt ?? (day == calendar.DayOf(now) ? now : calendar.StartOf(day));
            var fact = new UnitChanged { Meta = caller.At(now).MetaOfNext(found, effectiveAt), Unit = changed.ToState() };
            if ((await store.WriteAsync(found.With(changed), [fact.Pending()], ct)).IsWritten)
                return new Resource<UnitView>(UnitView.Of(changed), found.Version + 1);
        }
    }

    /// <param name="Name">The new name; left out: as it is.</param>
    /// <param name="ParentId">The unit it belongs to from then on; left out: as it is.</param>
    /// <param name="EffectiveFrom">The first day of the change, not in the future; left out: today.</param>
    /// <param name="EffectiveAt">The same as an instant; its day counts.</param>
    internal sealed record UnitPatch([property: NotBlank, StringLength(200)] string? Name, Guid? ParentId, [property: NotInFuture] DateOnly? EffectiveFrom, [property: NotInFuture] DateTimeOffset? EffectiveAt);
}
