using Fleet.Platform.Security;
using Fleet.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Devices;

/// <summary>Shows what there is in pictures: by kind and status, by age, by warranty.</summary>
internal static class ShowStock
{
    public static void MapShowStock(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/devices/stock", Handle).WithName(nameof(ShowStock)).RequireRole(Roles.Staff);

    private static async Task<Results<RazorComponentResult<StockPage>, ProblemHttpResult>> Handle(FleetApi api, CancellationToken ct)
    {
        var stock = await api.GetAsync<StockSummary>("api/inventory/devices/summary", ct);
        return stock.Value is { } counted ? new RazorComponentResult<StockPage>(new { Stock = counted }) : Refusals.Of(stock.Status);
    }
}
