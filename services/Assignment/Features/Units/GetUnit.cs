using Fleet.Assignment.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.Units;

/// <summary>One unit with its history.</summary>
internal static class GetUnit
{
    public static void MapGetUnit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/units/{id:guid}", Handle).WithName(nameof(GetUnit)).RequireRole(Roles.Staff);

    private static async Task<Results<Resource<UnitView>, ProblemHttpResult>> Handle(Guid id, IDocumentStore store, CancellationToken ct) =>
        await store.FindAsync<Unit>(id, ct) is { } unit ? new Resource<UnitView>(UnitView.Of(unit), unit.Version) : Problems.NotFound("unit");
}
