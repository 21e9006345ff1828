using Fleet.Assignment.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.Cases;

/// <summary>One joiner's case: what there is and what is missing.</summary>
internal static class GetCase
{
    public static void MapGetCase(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/cases/{id:guid}", Handle).WithName(nameof(GetCase)).RequireRole(Roles.Staff);

    private static async Task<Results<Resource<CaseView>, ProblemHttpResult>> Handle(Guid id, IDocumentStore store, CancellationToken ct) =>
        await store.FindAsync<JoinerCase>(id, ct) is { } found
            && await store.FindAsync<Person>(found.State.PersonId, ct) is { } person
            ? new Resource<CaseView>(CaseView.Of(found.State, person.State), found.Version)
            : Problems.NotFound("case");
}
