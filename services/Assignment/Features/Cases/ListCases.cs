using System.ComponentModel;
using Fleet.Assignment.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features;

/// <summary>Lists joiners' cases, oldest first.</summary>
internal static class ListCases
{
    private static readonly string[] Visible = [.. Enum.GetValues<CaseStatus>().Where(s => s != CaseStatus.Idle).Select(s => s.ToString())];

    public static void MapListCases(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/cases", Handle).WithName(nameof(ListCases)).RequireRole(Roles.Staff);

    private static async Task<Ok<ListView<CaseView>>> Handle(
        [Description("Only the case of this person.")] Guid? personId, [Description("Only cases in this state: open, ready, cancelled.")] string? status,
        [AsParameters] Paging paging, IDocumentStore store, CancellationToken ct)
    {
        var ofStatus = Choice.Of<CaseStatus>(status, nameof(status)) is { } wanted ? Visible.Where(s => s == wanted.ToString()).ToArray() : Visible;
        var condition = personId is { } person ? Documents.CasePerson.Is(person) : Documents.CaseStatus.IsOneOf(ofStatus);
        var page = await store.QueryAsync(paging.Of(new Query<JoinerCase> { Where = [condition] }), ct);
        // A person has one case at most, so the page of a person is not cut short by this.
        var items = page.Items.Where(c => ofStatus.Contains(c.State.Status.ToString())).ToList();
        var people = (await store.FindManyAsync<Person>([.. items.Select(c => Key.Of(c.State.PersonId))], ct)).ToDictionary(p => p.State.PersonId, p => p.State);
        return TypedResults.Ok(ListView<CaseView>.Of(page with { Items = items }, c => CaseView.Of(c.State, people[c.State.PersonId])));
    }
}
