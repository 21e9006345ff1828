using Fleet.Platform.Security;
using Fleet.Portal.Features.VpnGateways;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Accesses;

/// <summary>Lists the VPN accesses, with filters, as a page and as a table to take along.</summary>
internal static class ShowAccesses
{
    private const string List = "api/provisioning/accesses";
    private static readonly string[] Filters = ["state", "expiresOnFrom", "expiresOnTo", "personId", "deviceId", "gatewayId"];

    public static void MapShowAccesses(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/accesses", Handle).WithName(nameof(ShowAccesses)).RequireRole(Roles.Staff);
        routes.MapGet("/accesses.csv", HandleCsv).WithName($"{nameof(ShowAccesses)}Csv").RequireRole(Roles.Staff);
    }

    private static async Task<Results<RazorComponentResult<AccessesPage>, ProblemHttpResult>> Handle(HttpRequest request, FleetApi api, CancellationToken ct)
    {
        var query = ListQuery.Read(request, "/accesses", Filters);
        var accesses = await api.GetAsync<Listed<Access>>(query.Ask(List), ct);
        if (accesses.Value is null) return Refusals.Of(accesses.Status);
        var gateways = await api.GetAsync<Listed<VpnGateway>>(ShowGateways.All, ct);
        if (gateways.Value is null) return Refusals.Of(gateways.Status);
        return new RazorComponentResult<AccessesPage>(new { Model = new AccessesModel(query, accesses.Value, gateways.Value.Items.ToDictionary(g => g.Id, g => g.Name)) });
    }

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> HandleCsv(HttpContext http, FleetApi api, CancellationToken ct) =>
        await CsvDownload.SendAsync(http, await api.CsvAsync(ListQuery.Read(http.Request, "/accesses", Filters).AskAll(List), ct), ct);
}

/// <summary>What the page shows.</summary>
/// <param name="Gateways">Names of the VPN gateways.</param>
public sealed record AccessesModel(ListQuery Query, Listed<Access> Accesses, IReadOnlyDictionary<Guid, string> Gateways);
