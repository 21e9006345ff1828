using Fleet.Platform.Security;
using Fleet.Portal.Domain;
using Fleet.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Coverage;

/// <summary>Lists the people whom a figure counts, a page at a time.</summary>
internal static class ShowPeople
{
    public static void MapShowPeople(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/coverage/people", Handle).WithName(nameof(ShowPeople)).RequireRole(Roles.Staff);
        routes.MapGet("/coverage/people.csv", HandleCsv).WithName($"{nameof(ShowPeople)}Csv").RequireRole(Roles.Staff);
    }

    private static async Task<Results<RazorComponentResult<PeoplePage>, ProblemHttpResult>> Handle(
        [AsParameters] RawSelection raw, string? cursor, CoverageQuestions audit, TimeZoneInfo zone, TimeProvider time, CancellationToken ct)
    {
        // Nobody types this address; a wrong one has no form to be corrected in.
        var (selection, errors) = Selection.Read(raw, time.GetUtcNow(), zone);
        if (errors.Count > 0) return Refusals.Of(StatusCodes.Status400BadRequest);

        var people = await audit.PeopleAsync(selection, cursor, CoverageQuestions.PeoplePerPage, ct);
        if (people.Value is null) return Refusals.Of(people.Status);
        // The figures above the list are counted from the same knowledge as the list, whatever was learned in between.
        var figures = await audit.UnitCoverageAsync(selection with { KnownAt = people.Value.KnownAt }, ct);
        if (figures.Value is null) return Refusals.Of(figures.Status);
        return new RazorComponentResult<PeoplePage>(new { Model = new PeopleModel(selection, figures.Value, people.Value, cursor is not null) });
    }

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> HandleCsv(
        [AsParameters] RawSelection raw, HttpContext http, CoverageQuestions audit, TimeZoneInfo zone, TimeProvider time, CancellationToken ct)
    {
        var (selection, errors) = Selection.Read(raw, time.GetUtcNow(), zone);
        return errors.Count > 0 ? Refusals.Of(StatusCodes.Status400BadRequest) : await CsvDownload.SendAsync(http, await audit.PeopleCsvAsync(selection, ct), ct);
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Selection">Day, unit, and which of the staff.</param>
/// <param name="Coverage">The figures the people stand behind.</param>
/// <param name="People">One page of them.</param>
/// <param name="IsLaterPage">Whether there are people before these.</param>
public sealed record PeopleModel(Selection Selection, DayCoverage Coverage, PeopleList People, bool IsLaterPage);
