using System.ComponentModel.DataAnnotations;
using Fleet.Assignment.Domain;
using Fleet.Contracts;
using Fleet.Platform;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.Units;

/// <summary>Adds a unit to the organisation. 409 <c>unit-kind-order</c> when its parent is not of a higher kind.</summary>
internal static class CreateUnit
{
    public static void MapCreateUnit(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/units", Handle).WithName(nameof(CreateUnit)).RequireRole(Roles.Hr, Roles.Admin).Idempotent<Unit>();

    private static async Task<Results<CreatedResource<UnitView>, ProblemHttpResult>> Handle(
        Body<NewUnit> body, Caller caller, RequestOrigin origin, IDocumentStore store, FleetCalendar calendar, TimeProvider time, CancellationToken ct)
    {
        var request = body.Value;
        var now = time.GetUtcNow();

        var from = UnitDays.Of(request.EffectiveFrom, request.EffectiveAt, calendar);
        var unit = new Unit(Guid.CreateVersion7(now), request.Kind!.Value, [new Domain.UnitPeriod(from, request.Name!.Trim(), request.ParentId)]);
        if (request.ParentId is { } parent && await UnitTree.IfMayNotBelongAsync(store, unit.UnitId, unit.Kind, parent, from, ct) is { } refusal) return refusal;

        var created = new UnitChanged
        {
            Meta = caller.At(now).Meta(unit.UnitId, 1, 1, request.EffectiveAt ?? (from is { } day ? calendar.StartOf(day) : now), null),
            Unit = unit.ToState(),
        };
        var answer = new CreatedResource<UnitView>($"/api/assignment/units/{unit.UnitId}", UnitView.Of(unit));
        await store.WriteAsync(Document<Unit>.New(unit.UnitId, unit), [created.Pending()], origin.For(answer), ct);
        return answer;
    }

    /// <param name="Name">What it is called.</param>
    /// <param name="Kind">Its level.</param>
    /// <param name="ParentId">The unit it belongs to, of a higher kind.</param>
    /// <param name="EffectiveFrom">Its first day, not in the future; left out: it has always been there.</param>
    /// <param name="EffectiveAt">The same as an instant; its day counts.</param>
    internal sealed record NewUnit(
        [property: Required, StringLength(200)] string? Name, [property: Required] UnitKind? Kind, Guid? ParentId, [property: NotInFuture] DateOnly? EffectiveFrom, [property: NotInFuture] DateTimeOffset? EffectiveAt);
}
