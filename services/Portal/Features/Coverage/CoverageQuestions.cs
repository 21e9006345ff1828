using Fleet.Portal.Domain;
using Fleet.Portal.Web;

namespace Fleet.Portal.Features.Coverage;

/// <summary>What the coverage pages ask the audit service.</summary>
internal sealed class CoverageQuestions(FleetApi api)
{
    /// <summary>As many people as one page lists.</summary>
    public const int PeoplePerPage = 100;

    /// <summary>The figures of the day. The whole organisation, whichever unit is selected: the page shows where the unit lies in it.</summary>
    public Task<Answer<DayCoverage>> CoverageAsync(Selection selection, CancellationToken ct) =>
        api.GetAsync<DayCoverage>(Links.AuditCoverage(selection, perUnit: true, onlyUnit: false), ct);

    /// <summary>The figures of the selected unit alone.</summary>
    public Task<Answer<DayCoverage>> UnitCoverageAsync(Selection selection, CancellationToken ct) =>
        api.GetAsync<DayCoverage>(Links.AuditCoverage(selection, perUnit: false, onlyUnit: true), ct);

    /// <summary>The figures over time.</summary>
    public Task<Answer<CoverageSeries>> SeriesAsync(Selection selection, CancellationToken ct) =>
        api.GetAsync<CoverageSeries>(Links.AuditSeries(selection), ct);

    /// <summary>One page of the people whom a figure counts.</summary>
    public Task<Answer<PeopleList>> PeopleAsync(Selection selection, string? cursor, int limit, CancellationToken ct) =>
        api.GetAsync<PeopleList>(Links.AuditPeople(selection, cursor, limit), ct);
}
