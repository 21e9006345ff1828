using Fleet.Platform.Lists;
using Fleet.Platform.Security;
using Fleet.Portal.Domain;
using Fleet.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Coverage;

/// <summary>Shows what share of the staff was equipped on a day, over time and per office.</summary>
internal static class ShowCoverage
{
    private static readonly IReadOnlyList<Column<Line>> Columns =
    [
        Column.Of<Line>("unit", l => l.Unit.Name),
        Column.Of<Line>("kind", l => l.Unit.Kind),
        Column.Of<Line>("level", l => l.Level),
        Column.Of<Line>("staff", l => l.Unit.Staff),
        Column.Of<Line>("eligible", l => l.Unit.Eligible),
        Column.Of<Line>("withLaptop", l => l.Unit.WithLaptop),
        Column.Of<Line>("withVpn", l => l.Unit.WithVpn),
        Column.Of<Line>("ready", l => l.Unit.Ready),
        Column.Of<Line>("eligibleNotReady", l => l.Unit.EligibleNotReady),
        Column.Of<Line>("laptopOfStaff", l => l.Unit.Percentages.LaptopOfStaff),
        Column.Of<Line>("vpnOfStaff", l => l.Unit.Percentages.VpnOfStaff),
        Column.Of<Line>("readyOfStaff", l => l.Unit.Percentages.ReadyOfStaff),
        Column.Of<Line>("readyOfEligible", l => l.Unit.Percentages.ReadyOfEligible),
        Column.Of<Line>("asOf", l => l.Counted.AsOf),
        Column.Of<Line>("knownAt", l => l.Counted.KnownAt),
        Column.Of<Line>("logPosition", l => l.Counted.LogPosition),
        Column.Of<Line>("unitId", l => l.Unit.Id),
        Column.Of<Line>("parentId", l => l.Unit.ParentId),
    ];

    public static void MapShowCoverage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/coverage", Handle).WithName(nameof(ShowCoverage)).RequireRole(Roles.Staff);
        routes.MapGet("/coverage.csv", HandleCsv).WithName($"{nameof(ShowCoverage)}Csv").RequireRole(Roles.Staff);
    }

    private static async Task<Results<RazorComponentResult<CoveragePage>, ProblemHttpResult>> Handle(
        [AsParameters] RawSelection raw, CoverageQuestions audit, TimeZoneInfo zone, TimeProvider time, CancellationToken ct)
    {
        var (selection, errors) = Selection.Read(raw, time.GetUtcNow(), zone);
        var coverage = await audit.CoverageAsync(selection, ct);
        var units = coverage.Value?.Units ?? [];
        if (errors.Count > 0) return Page(new(raw, selection, errors, units));
        errors = [.. Explain(coverage.Problem)];
        if (coverage.Value is null && errors.Count == 0) return Refusals.Of(coverage.Status);
        if (coverage.Value is not null && selection.Unit is { } wanted && units.All(u => u.Id != wanted)) errors = [new("unit", "Error.UnitUnknown")];
        if (coverage.Value is null || errors.Count > 0) return Page(new(raw, selection, errors, units));

        // Everything on the page is counted from one knowledge, and so are the people that its figures open.
        var counted = selection with { AsOf = coverage.Value.AsOf, KnownAt = coverage.Value.KnownAt };
        var series = await audit.SeriesAsync(counted, ct);
        errors = [.. Explain(series.Problem)];
        if (errors.Count > 0) return Page(new(raw, selection, errors, units));
        if (series.Value is null) return Refusals.Of(series.Status);

        Figures figures = selection.Unit is { } unit ? units.First(u => u.Id == unit) : coverage.Value;
        return Page(new(raw, selection, [], units, new(counted, figures, coverage.Value, series.Value)));
    }

    private static async Task<Results<CsvAnswer<Line>, ProblemHttpResult>> HandleCsv(
        [AsParameters] RawSelection raw, CoverageQuestions audit, TimeZoneInfo zone, TimeProvider time, CancellationToken ct)
    {
        var (counted, refusal) = await audit.CountAsync(raw, time.GetUtcNow(), zone, ct);
        if (counted is null) return refusal!;
        return new CsvAnswer<Line>("coverage", Columns, Whole([.. counted.Rows.Select(r => new Line(r.Unit, r.Level, counted.Coverage))]));
    }

    private static async IAsyncEnumerable<IReadOnlyList<Line>> Whole(IReadOnlyList<Line> lines)
    {
        await Task.CompletedTask;
        yield return lines;
    }

    private static RazorComponentResult<CoveragePage> Page(CoverageModel model) =>
        new(new { Model = model }) { StatusCode = model.Errors.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK };

    // The service's sentences are English and for programs; the field is what helps the reader.
    private static IEnumerable<FieldError> Explain(Problem problem) =>
        (problem.Errors?.Keys ?? []).Select(field => new FieldError(field, field == "unit" ? "Error.UnitUnknown" : "Error.Refused"));

    /// <summary>A unit's figures as a line of a table that says by itself of which day and knowledge it is.</summary>
    private sealed record Line(UnitCoverage Unit, int Level, DayCoverage Counted);
}

/// <summary>What the page shows. Without figures it shows the errors.</summary>
/// <param name="Raw">The query as typed.</param>
/// <param name="Selection">The query as understood.</param>
/// <param name="Errors">Fields that could not be used.</param>
/// <param name="Units">The organisation as it was on the day, to choose from.</param>
/// <param name="Counted">The figures; null: there are errors.</param>
public sealed record CoverageModel(
    RawSelection Raw, Selection Selection, IReadOnlyList<FieldError> Errors, IReadOnlyList<UnitCoverage> Units, CountedFigures? Counted = null);

/// <summary>The figures of a page, all counted from one knowledge.</summary>
/// <param name="With">The selection with the day and the knowledge they were counted with: links to the people carry both.</param>
/// <param name="Figures">Of the selected unit, or of everything.</param>
/// <param name="Coverage">All figures of the day.</param>
/// <param name="Series">The figures over time.</param>
public sealed record CountedFigures(Selection With, Figures Figures, DayCoverage Coverage, CoverageSeries Series);
