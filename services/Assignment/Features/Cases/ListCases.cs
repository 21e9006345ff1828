using Fleet.Assignment.Domain;
using Fleet.Contracts;
using Fleet.Platform.Lists;
using Fleet.Platform.Security;
using Fleet.Platform.Store;

namespace Fleet.Assignment.Features.Cases;

/// <summary>Lists joiners' cases.</summary>
internal static class ListCases
{
    private static readonly ListOf<JoinerCase, CaseView> List = new(CaseDocument.Type)
    {
        Filters =
        [
            Filter.Id("personId", CaseDocument.Person, "Only cases of these people, separated by commas."),
            Filter.Word("status", CaseDocument.Status, CaseStatuses.All, key: Enums.Name<CaseStatus>),
            Filter.Days("startDate", CaseDocument.StartDate),
        ],
        Sorts = [Sort.By("startDate", CaseDocument.StartDate)],
        Columns =
        [
            Column.Of<CaseView>("id", v => v.Id), Column.Of<CaseView>("personId", v => v.PersonId), Column.Of<CaseView>("name", v => v.Person.Name),
            Column.Of<CaseView>("startDate", v => v.Person.StartDate), Column.Of<CaseView>("status", v => v.Status),
            Column.Of<CaseView>("missing", v => v.Missing.Select(m => $"{m.Count} {m.Name ?? m.Kind.Wire()}")),
            Column.Of<CaseView>("openedAt", v => v.OpenedAt), Column.Of<CaseView>("closedAt", v => v.ClosedAt),
        ],
    };

    public static void MapListCases(this IEndpointRouteBuilder routes) =>
        routes.MapList("/cases", List, ViewAsync).WithName(nameof(ListCases)).WithSummary("Lists joiners' cases").RequireRole(Roles.Staff);

    private static async Task<IReadOnlyList<CaseView>> ViewAsync(IReadOnlyList<Document<JoinerCase>> page, HttpContext http, CancellationToken ct)
    {
        var store = http.RequestServices.GetRequiredService<IDocumentStore>();
        var people = (await store.FindManyAsync<Person>([.. page.Select(c => Key.Of(c.State.PersonId)).Distinct()], ct)).ToDictionary(p => p.State.PersonId, p => p.State);
        return [.. page.Select(c => CaseView.Of(c.State, people[c.State.PersonId]))];
    }
}
