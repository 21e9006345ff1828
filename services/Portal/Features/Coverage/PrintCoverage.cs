using Fleet.Platform.Security;
using Fleet.Portal.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Coverage;

/// <summary>
/// The figures of a day for paper, a sheet per department with its offices. Each sheet says by itself what is counted, as known when, and by which address
/// the same figures are called up again.
/// </summary>
internal static class PrintCoverage
{
    public static void MapPrintCoverage(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/coverage/print", Handle).WithName(nameof(PrintCoverage)).RequireRole(Roles.Staff);

    private static async Task<Results<RazorComponentResult<SheetsPage>, ProblemHttpResult>> Handle(
        [AsParameters] RawSelection raw, CoverageQuestions audit, TimeZoneInfo zone, TimeProvider time, CancellationToken ct)
    {
        var (counted, refusal) = await audit.CountAsync(raw, time.GetUtcNow(), zone, ct);
        return counted is null ? refusal! : new RazorComponentResult<SheetsPage>(new { Counted = counted });
    }
}
