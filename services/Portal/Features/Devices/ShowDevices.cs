using Fleet.Platform.Security;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Devices;

/// <summary>Lists the devices, with search, filters and sorts, as a page and as a table to take along.</summary>
internal static class ShowDevices
{
    private const string List = "api/inventory/devices";
    private static readonly string[] Filters = ["kind", "status", "holderId", "warrantyEndsFrom", "warrantyEndsTo"];

    public static void MapShowDevices(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/devices", Handle).WithName(nameof(ShowDevices)).RequireRole(Roles.Staff);
        routes.MapGet("/devices.csv", HandleCsv).WithName($"{nameof(ShowDevices)}Csv").RequireRole(Roles.Staff);
    }

    private static async Task<Results<RazorComponentResult<DevicesPage>, ProblemHttpResult>> Handle(HttpRequest request, FleetApi api, CancellationToken ct)
    {
        var query = ListQuery.Read(request, "/devices", Filters);
        var answer = await api.GetAsync<Listed<Device>>(query.Ask(List), ct);
        if (answer.Value is { } found) return Page(new(query, found), StatusCodes.Status200OK);
        return answer.Problem.Errors?.ContainsKey("search") == true
            ? Page(new(query, new([], null), IsSearchRefused: true), StatusCodes.Status400BadRequest)
            : Refusals.Of(answer.Status);
    }

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> HandleCsv(HttpContext http, FleetApi api, CancellationToken ct) =>
        await CsvDownload.SendAsync(http, await api.CsvAsync(ListQuery.Read(http.Request, "/devices", Filters).AskAll(List), ct), ct);

    private static RazorComponentResult<DevicesPage> Page(DevicesModel model, int status) => new(new { Model = model }) { StatusCode = status };
}

/// <summary>What the page shows.</summary>
/// <param name="IsSearchRefused">Whether nothing can be searched for with what was typed.</param>
public sealed record DevicesModel(ListQuery Query, Listed<Device> Devices, bool IsSearchRefused = false);
