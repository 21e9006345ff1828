using Fleet.Platform.Security;
using Fleet.Portal.Domain;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Log;

/// <summary>Lists the audit log, newest first, as a page and as a table to take along; and says whether its chain holds.</summary>
internal static class ShowLog
{
    private const string List = "api/audit/log";
    private static readonly string[] Filters = ["type", "actor", "from", "to", "entity", "person"];

    /// <summary>Who may read the log.</summary>
    public static string[] Readers { get; } = [Roles.Auditor, Roles.Admin];

    public static void MapShowLog(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/log", Handle).WithName(nameof(ShowLog)).RequireRole(Readers);
        routes.MapGet("/log.csv", HandleCsv).WithName($"{nameof(ShowLog)}Csv").RequireRole(Readers);
        routes.MapGet("/log/chain", HandleChain).WithName("ShowChain").RequireRole(Readers);
    }

    private static async Task<Results<RazorComponentResult<LogPage>, ProblemHttpResult>> Handle(HttpRequest request, FleetApi api, CancellationToken ct)
    {
        var query = Query(request);
        var answer = await api.GetAsync<Listed<LogEntry>>(query.Ask(List), ct);
        if (answer.Value is { } found) return Page(new(query, found, []), StatusCodes.Status200OK);
        return answer.Problem.Errors is { Count: > 0 } wrong && wrong.Keys.All(k => k is "from" or "to")
            ? Page(new(query, new([], null), [.. wrong.Keys]), StatusCodes.Status400BadRequest)
            : Refusals.Of(answer.Status);
    }

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> HandleCsv(HttpContext http, FleetApi api, CancellationToken ct) =>
        await CsvDownload.SendAsync(http, await api.CsvAsync(Query(http.Request).AskAll(List), ct), ct);

    /// <summary>Its cost grows with the log, so it has a page of its own.</summary>
    private static async Task<Results<RazorComponentResult<ChainPage>, ProblemHttpResult>> HandleChain(FleetApi api, CancellationToken ct)
    {
        var chain = await api.GetAsync<ChainState>("api/audit/log/verify", ct);
        return chain.Value is { } found ? new RazorComponentResult<ChainPage>(new { Chain = found }) : Refusals.Of(chain.Status);
    }

    /// <summary>What was chosen, days as the service writes them.</summary>
    private static ListQuery Query(HttpRequest request)
    {
        var query = ListQuery.Read(request, "/log", Filters) with { Search = null };
        return query with { Filters = query.Filters.ToDictionary(f => f.Key, f => f.Key is "from" or "to" && TypedTime.Day(f.Value) is { } day ? Links.Text(day)! : f.Value) };
    }

    private static RazorComponentResult<LogPage> Page(LogModel model, int status) => new(new { Model = model }) { StatusCode = status };
}

/// <summary>What the page shows.</summary>
/// <param name="Wrong">The fields that hold no day.</param>
public sealed record LogModel(ListQuery Query, Listed<LogEntry> Entries, IReadOnlyList<string> Wrong);
