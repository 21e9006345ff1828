using Fleet.Assignment.Domain;
using Fleet.Assignment.Features.People;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.Units;

/// <summary>One unit with its history.</summary>
internal static class GetUnit
{
    public static void MapGetUnit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/units/{id:guid}", Handle).WithName(nameof(GetUnit)).RequireRole(Roles.StaffAndManagers);

    private static async Task<Results<Resource<UnitView>, ProblemHttpResult>> Handle(Guid id, Caller caller, IDocumentStore store, CancellationToken ct) =>
        await store.FindAsync<Unit>(id, ct) is { } unit && await ManagedUnits.IncludeAsync(id, caller, store, ct)
            ? new Resource<UnitView>(UnitView.Of(unit), unit.Version)
            : Problems.NotFound("unit");
}
