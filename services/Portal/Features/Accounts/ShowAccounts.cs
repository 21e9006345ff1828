using Fleet.Platform.Security;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Accounts;

/// <summary>Lists who can sign in, with search and filters.</summary>
internal static class ShowAccounts
{
    private const string List = "auth/accounts";
    private static readonly string[] Filters = ["role", "disabled", "personId"];

    public static void MapShowAccounts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/admin/accounts", Handle).WithName(nameof(ShowAccounts)).RequireRole(AccountActs.Roles);
        routes.MapGet("/admin/accounts.csv", HandleCsv).WithName($"{nameof(ShowAccounts)}Csv").RequireRole(AccountActs.Roles);
    }

    private static async Task<Results<RazorComponentResult<AccountsPage>, ProblemHttpResult>> Handle(HttpRequest request, FleetApi api, CancellationToken ct)
    {
        var query = ListQuery.Read(request, "/admin/accounts", Filters);
        var answer = await api.GetAsync<Listed<Account>>(query.Ask(List), ct);
        if (answer.Value is { } found) return Page(new(query, found), StatusCodes.Status200OK);
        return answer.Problem.Errors?.ContainsKey("search") == true
            ? Page(new(query, new([], null), IsSearchRefused: true), StatusCodes.Status400BadRequest)
            : Refusals.Of(answer.Status);
    }

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> HandleCsv(HttpContext http, FleetApi api, CancellationToken ct) =>
        await CsvDownload.SendAsync(http, await api.CsvAsync(ListQuery.Read(http.Request, "/admin/accounts", Filters).AskAll(List), ct), ct);

    private static RazorComponentResult<AccountsPage> Page(AccountsModel model, int status) => new(new { Model = model }) { StatusCode = status };
}

/// <summary>What the page shows.</summary>
/// <param name="IsSearchRefused">Whether nothing can be searched for with what was typed.</param>
public sealed record AccountsModel(ListQuery Query, Listed<Account> Accounts, bool IsSearchRefused = false);
