using Fleet.Platform.Security;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Handovers;

/// <summary>Lists hand-overs, the newest first unless another order was chosen, as a page and as a table to take along.</summary>
internal static class ShowHandovers
{
    private const string List = "api/assignment/handovers";
    private const string NewestFirst = "-effectiveAt";
    private static readonly string[] Filters = ["assetTag", "accepted", "personId", "deviceId"];

    public static void MapShowHandovers(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/handovers", Handle).WithName(nameof(ShowHandovers)).RequireRole(Roles.Staff);
        routes.MapGet("/handovers.csv", HandleCsv).WithName($"{nameof(ShowHandovers)}Csv").RequireRole(Roles.Staff);
    }

    private static async Task<Results<RazorComponentResult<HandoversPage>, ProblemHttpResult>> Handle(HttpRequest request, FleetApi api, CancellationToken ct)
    {
        var query = Query(request);
        var answer = await api.GetAsync<Listed<Handover>>(query.Ask(List), ct);
        return answer.Value is { } found ? new RazorComponentResult<HandoversPage>(new { Query = query, Handovers = found }) : Refusals.Of(answer.Status);
    }

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> HandleCsv(HttpContext http, FleetApi api, CancellationToken ct) =>
        await CsvDownload.SendAsync(http, await api.CsvAsync(Query(http.Request).AskAll(List), ct), ct);

    private static ListQuery Query(HttpRequest request)
    {
        var query = ListQuery.Read(request, "/handovers", Filters);
        return query with { Search = null, Sort = query.Sort ?? NewestFirst };
    }
}
