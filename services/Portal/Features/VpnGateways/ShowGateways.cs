using Fleet.Platform.Security;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.VpnGateways;

/// <summary>Lists the VPN gateways, with search and sort, as a page and as a table to take along.</summary>
internal static class ShowGateways
{
    /// <summary>The service's address for all of them: there are few.</summary>
    public const string All = $"{List}?limit=1000";
    private const string List = "api/provisioning/gateways";

    public static void MapShowGateways(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/vpn-gateways", Handle).WithName(nameof(ShowGateways)).RequireRole(Roles.Staff);
        routes.MapGet("/vpn-gateways.csv", HandleCsv).WithName($"{nameof(ShowGateways)}Csv").RequireRole(Roles.Staff);
    }

    private static async Task<Results<RazorComponentResult<GatewaysPage>, ProblemHttpResult>> Handle(HttpRequest request, FleetApi api, CancellationToken ct)
    {
        var query = ListQuery.Read(request, "/vpn-gateways", []);
        var answer = await api.GetAsync<Listed<VpnGateway>>(query.Ask(List), ct);
        if (answer.Value is { } found) return Page(new(query, found), StatusCodes.Status200OK);
        return answer.Problem.Errors?.ContainsKey("search") == true
            ? Page(new(query, new([], null), IsSearchRefused: true), StatusCodes.Status400BadRequest)
            : Refusals.Of(answer.Status);
    }

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> HandleCsv(HttpContext http, FleetApi api, CancellationToken ct) =>
        await CsvDownload.SendAsync(http, await api.CsvAsync(ListQuery.Read(http.Request, "/vpn-gateways", []).AskAll(List), ct), ct);

    private static RazorComponentResult<GatewaysPage> Page(GatewaysModel model, int status) => new(new { Model = model }) { StatusCode = status };
}

/// <summary>What the page shows.</summary>
/// <param name="IsSearchRefused">Whether nothing can be searched for with what was typed.</param>
public sealed record GatewaysModel(ListQuery Query, Listed<VpnGateway> Gateways, bool IsSearchRefused = false);
