using Fleet.Platform.Security;
using Fleet.Portal.Domain;
using Fleet.Portal.Pages;
using Fleet.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features;

/// <summary>Shows what share of the staff was equipped on a day, over time and per office.</summary>
internal static class ShowCoverage
{
    public static void MapShowCoverage(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/coverage", Handle).WithName(nameof(ShowCoverage)).RequireRole(Roles.Auditor, Roles.It, Roles.Hr, Roles.Admin);

    private static async Task<Results<RazorComponentResult<CoveragePage>, ProblemHttpResult>> Handle(
        [AsParameters] RawSelection raw, AuditClient audit, TimeZoneInfo zone, TimeProvider time, CancellationToken ct)
    {
        var (selection, errors) = Selection.Read(raw, time.GetUtcNow(), zone);
        var coverageAnswer = audit.CoverageAsync(selection, ct);
        if (errors.Count > 0) return Page(new(raw, selection, errors, null, null, null, (await coverageAnswer).Value?.Units ?? []));

        var seriesAnswer = audit.SeriesAsync(selection, ct);
        var coverage = await coverageAnswer;
        var series = await seriesAnswer;

        errors = [.. Explain(coverage.Errors), .. Explain(series.Errors)];
        if (selection.Unit is not null && (coverage.Value is { } c ? c.Units.All(u => u.Id != selection.Unit) : coverage.Status == StatusCodes.Status404NotFound))
            errors = [new("unit", "Error.UnitUnknown")];
        if (errors.Count > 0) return Page(new(raw, selection, errors.DistinctBy(e => e.Field).ToList(), null, null, null, coverage.Value?.Units ?? []));
        if (coverage.Value is null) return Refusals.Of(coverage.Status);
        if (series.Value is null) return Refusals.Of(series.Status);

        Figures figures = selection.Unit is { } unit ? coverage.Value.Units.First(u => u.Id == unit) : coverage.Value;
        return Page(new(raw, selection, [], figures, coverage.Value, series.Value, coverage.Value.Units));
    }

    private static RazorComponentResult<CoveragePage> Page(CoverageModel model) =>
        new(new { Model = model }) { StatusCode = model.Errors.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK };

    // The service's sentences are English and for programs; the field is what helps the reader.
    private static IEnumerable<FieldError> Explain(IReadOnlyDictionary<string, string[]> errors) =>
        errors.Keys.Select(field => new FieldError(field, field == "unit" ? "Error.UnitUnknown" : "Error.Refused"));
}

/// <summary>What the page shows. Without figures it shows the errors.</summary>
/// <param name="Raw">The query as typed.</param>
/// <param name="Selection">The query as understood.</param>
/// <param name="Errors">Fields that could not be used.</param>
/// <param name="Figures">Of the selected unit, or of everything.</param>
/// <param name="Coverage">All figures of the day.</param>
/// <param name="Series">The figures over time.</param>
/// <param name="Units">The organisation as it was on the day, to choose from.</param>
public sealed record CoverageModel(
    RawSelection Raw, Selection Selection, IReadOnlyList<FieldError> Errors,
    Figures? Figures, Coverage? Coverage, CoverageSeries? Series, IReadOnlyList<UnitCoverage> Units);
