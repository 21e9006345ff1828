using System.ComponentModel;
using Fleet.Assignment.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.Units;

/// <summary>Lists units as they are today, oldest entry first.</summary>
internal static class ListUnits
{
    public static void MapListUnits(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/units", Handle).WithName(nameof(ListUnits)).RequireRole(Roles.Staff);

    private static async Task<Ok<ListView<UnitView>>> Handle(
        [Description("Only units that belong to this one.")] Guid? parent, [Description("Only units of this kind: county, department, office, team.")] string? kind,
        [AsParameters] Paging paging, IDocumentStore store, CancellationToken ct)
    {
        List<Condition<Unit>> where = [];
        if (parent is { } parentId) where.Add(UnitDocument.Parent.Is(parentId));
        if (Choice.Of<UnitKind>(kind, nameof(kind)) is { } wanted) where.Add(UnitDocument.Kind.Is(wanted.ToString()));
        return TypedResults.Ok(ListView<UnitView>.Of(await store.QueryAsync(paging.Of(new Query<Unit> { Where = where }), ct), UnitView.Of));
    }
}
