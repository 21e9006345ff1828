using Fleet.Platform.Security;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.People;

/// <summary>Lists people, with search, filters and sorts, as a page and as a table to take along.</summary>
internal static class FindPeople
{
    private const string List = "api/assignment/people";
    private static readonly string[] Filters = ["status", "unitId", "homeOfficeEligible", "kitId"];

    public static void MapFindPeople(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/people", Handle).WithName(nameof(FindPeople)).RequireRole(Roles.Staff);
        routes.MapGet("/people.csv", HandleCsv).WithName($"{nameof(FindPeople)}Csv").RequireRole(Roles.Staff);
    }

    private static async Task<Results<RazorComponentResult<PeopleListPage>, ProblemHttpResult>> Handle(HttpRequest request, FleetApi api, Organisation organisation, CancellationToken ct)
    {
        var query = ListQuery.Read(request, "/people", Filters);
        var (people, units) = (api.GetAsync<Listed<Person>>(query.Ask(List), ct), organisation.UnitsAsync(ct));
        await Task.WhenAll(people, units);
        var answer = await people;
        if (answer.Value is { } found) return Page(new(query, found, await units), StatusCodes.Status200OK);
        return answer.Problem.Errors?.ContainsKey("search") == true
            ? Page(new(query, new([], null), await units, IsSearchRefused: true), StatusCodes.Status400BadRequest)
            : Refusals.Of(answer.Status);
    }

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> HandleCsv(HttpContext http, FleetApi api, CancellationToken ct) =>
        await CsvDownload.SendAsync(http, await api.CsvAsync(ListQuery.Read(http.Request, "/people", Filters).AskAll(List), ct), ct);

    private static RazorComponentResult<PeopleListPage> Page(PeopleModel model, int status) => new(new { Model = model }) { StatusCode = status };
}

/// <summary>What the page shows.</summary>
/// <param name="Units">All units by their names.</param>
/// <param name="IsSearchRefused">Whether nothing can be searched for with what was typed.</param>
public sealed record PeopleModel(ListQuery Query, Listed<Person> People, IReadOnlyList<NamedOption> Units, bool IsSearchRefused = false);
