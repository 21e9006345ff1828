using System.ComponentModel;
using Fleet.Assignment.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.Cases;

/// <summary>Lists joiners' cases, oldest first.</summary>
internal static class ListCases
{
    public static void MapListCases(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/cases", Handle).WithName(nameof(ListCases)).RequireRole(Roles.Staff);

    private static async Task<Ok<ListView<CaseView>>> Handle(
        [Description("Only cases of this person.")] Guid? personId, [Description("Only cases in this state: open, ready, cancelled.")] string? status,
        [AsParameters] Paging paging, IDocumentStore store, CancellationToken ct)
    {
        List<Condition<JoinerCase>> where = [];
        if (personId is { } person) where.Add(CaseDocument.Person.Is(person));
        if (Choice.Of<CaseStatus>(status, nameof(status)) is { } wanted) where.Add(CaseDocument.Status.Is(wanted.ToString()));
        var page = await store.QueryAsync(paging.Of(new Query<JoinerCase> { Where = where }), ct);
        var people = (await store.FindManyAsync<Person>([.. page.Items.Select(c => Key.Of(c.State.PersonId))], ct)).ToDictionary(p => p.State.PersonId, p => p.State);
        return TypedResults.Ok(ListView<CaseView>.Of(page, c => CaseView.Of(c.State, people[c.State.PersonId])));
    }
}
