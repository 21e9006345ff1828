using Fleet.Portal.Domain;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Coverage;

/// <summary>What the coverage pages ask the audit service.</summary>
internal sealed class CoverageQuestions(FleetApi api)
{
    /// <summary>As many people as one page lists.</summary>
    public const int PeoplePerPage = 100;

    /// <summary>The figures of the day. The whole organisation, whichever unit is selected: the page shows where the unit lies in it.</summary>
    public Task<Answer<DayCoverage>> CoverageAsync(Selection selection, CancellationToken ct) =>
        api.GetAsync<DayCoverage>(Links.AuditCoverage(selection, perUnit: true, onlyUnit: false), ct);

    /// <summary>The figures of the selected unit, or of everything, and of each unit below it; or why there are none. For addresses that nobody types.</summary>
    public async Task<(CountedUnits? Counted, ProblemHttpResult? Refusal)> CountAsync(RawSelection raw, DateTimeOffset now, TimeZoneInfo zone, CancellationToken ct)
    {
        var (selection, errors) = Selection.Read(raw, now, zone);
        if (errors.Count > 0) return (null, Refusals.Of(StatusCodes.Status400BadRequest));
        var coverage = await CoverageAsync(selection, ct);
        if (coverage.Value is not { } found) return (null, Refusals.Of(coverage.Status));
        var rows = UnitTree.Rows(found.Units ?? [], selection.Unit, Words.ByName);
        if (rows.Count == 0 && selection.Unit is not null) return (null, Refusals.Of(StatusCodes.Status404NotFound));
        return (new(selection with { AsOf = found.AsOf, KnownAt = found.KnownAt }, found, rows), null);
    }

    /// <summary>The figures of the selected unit alone.</summary>
    public Task<Answer<DayCoverage>> UnitCoverageAsync(Selection selection, CancellationToken ct) =>
        api.GetAsync<DayCoverage>(Links.AuditCoverage(selection, perUnit: false, onlyUnit: true), ct);

    /// <summary>The figures over time.</summary>
    public Task<Answer<CoverageSeries>> SeriesAsync(Selection selection, CancellationToken ct) =>
        api.GetAsync<CoverageSeries>(Links.AuditSeries(selection), ct);

    /// <summary>All people whom a figure counts, as a table that is passed on as it arrives; null: the audit service is away.</summary>
    public Task<HttpResponseMessage?> PeopleCsvAsync(Selection selection, CancellationToken ct) => api.CsvAsync(Links.AuditPeople(selection, null, null), ct);

    /// <summary>One page of the people whom a figure counts.</summary>
    public Task<Answer<PeopleList>> PeopleAsync(Selection selection, string? cursor, int limit, CancellationToken ct) =>
        api.GetAsync<PeopleList>(Links.AuditPeople(selection, cursor, limit), ct);
}

/// <summary>The figures of some units, all counted from one knowledge.</summary>
/// <param name="With">The selection with the day and the knowledge they were counted with.</param>
/// <param name="Coverage">Of everything.</param>
/// <param name="Rows">The units in reading order.</param>
public sealed record CountedUnits(Selection With, DayCoverage Coverage, IReadOnlyList<UnitRow> Rows);
