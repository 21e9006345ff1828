using Fleet.Assignment.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.People;

/// <summary>One person with all placements.</summary>
internal static class GetPerson
{
    public static void MapGetPerson(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/people/{id:guid}", Handle).WithName(nameof(GetPerson)).RequireRole(Roles.StaffAndManagers);

    private static async Task<Results<Resource<PersonView>, ProblemHttpResult>> Handle(Guid id, Caller caller, IDocumentStore store, CancellationToken ct) =>
        await store.FindAsync<Person>(id, ct) is { } person && await ManagedUnits.IncludeAsync(person.State.Current.UnitId, caller, store, ct)
            ? new Resource<PersonView>(PersonView.Of(person), person.Version)
            : Problems.NotFound("person");
}
