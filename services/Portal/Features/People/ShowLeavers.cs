using Fleet.Platform.Security;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.People;

/// <summary>Lists who leaves or has left, and what of it is still to come back.</summary>
internal static class ShowLeavers
{
    public static void MapShowLeavers(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/people/leavers", Handle).WithName(nameof(ShowLeavers)).RequireRole(Roles.Staff).IsLive();

    private static async Task<Results<RazorComponentResult<LeaversPage>, ProblemHttpResult>> Handle(
        string? cursor, Leavers leavers, Organisation organisation, TypedTime times, CancellationToken ct)
    {
        var (found, units) = (leavers.ReadAsync(cursor, ct), organisation.UnitsAsync(ct));
        await Task.WhenAll(found, units);
        return (await found).Value is { } page
            ? new RazorComponentResult<LeaversPage>(new { Model = new LeaversModel(page, cursor, await units, times.TodaysDay()) })
            : Refusals.Of((await found).Status);
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Cursor">Which page; null: the first.</param>
/// <param name="Units">All units by their names.</param>
public sealed record LeaversModel(LeaverList Page, string? Cursor, IReadOnlyList<NamedOption> Units, DateOnly Today)
{
    public string UnitOf(Guid id) => Units.FirstOrDefault(u => u.Value == $"{id}")?.Text ?? "–";
}
