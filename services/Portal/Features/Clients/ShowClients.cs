using Fleet.Platform.Security;
using Fleet.Portal.Features.Accounts;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Clients;

/// <summary>Lists the service accounts, with search and filters.</summary>
internal static class ShowClients
{
    private const string List = "auth/clients";
    private static readonly string[] Filters = ["role", "disabled"];

    public static void MapShowClients(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/admin/clients", Handle).WithName(nameof(ShowClients)).RequireRole(AccountActs.Roles);
        routes.MapGet("/admin/clients.csv", HandleCsv).WithName($"{nameof(ShowClients)}Csv").RequireRole(AccountActs.Roles);
    }

    private static async Task<Results<RazorComponentResult<ClientsPage>, ProblemHttpResult>> Handle(HttpRequest request, string? done, FleetApi api, CancellationToken ct)
    {
        var query = ListQuery.Read(request, "/admin/clients", Filters);
        var answer = await api.GetAsync<Listed<Client>>(query.Ask(List), ct);
        if (answer.Value is { } found) return Page(new(query, found) { Done = Words.Find($"Client.Done.{done}") is null ? null : $"Client.Done.{done}" }, StatusCodes.Status200OK);
        return answer.Problem.Errors?.ContainsKey("search") == true
            ? Page(new(query, new([], null), IsSearchRefused: true), StatusCodes.Status400BadRequest)
            : Refusals.Of(answer.Status);
    }

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> HandleCsv(HttpContext http, FleetApi api, CancellationToken ct) =>
        await CsvDownload.SendAsync(http, await api.CsvAsync(ListQuery.Read(http.Request, "/admin/clients", Filters).AskAll(List), ct), ct);

    private static RazorComponentResult<ClientsPage> Page(ClientsModel model, int status) => new(new { Model = model }) { StatusCode = status };
}

/// <summary>What the page shows.</summary>
/// <param name="IsSearchRefused">Whether nothing can be searched for with what was typed.</param>
public sealed record ClientsModel(ListQuery Query, Listed<Client> Clients, bool IsSearchRefused = false)
{
    /// <summary>The key of the text that says what was done just now.</summary>
    public string? Done { get; init; }
}
