using Fleet.Platform.Security;
using Fleet.Portal.Domain;
using Fleet.Portal.Features.Coverage;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Team;

/// <summary>Shows a manager the people of their unit and of those below it: who is ready, what the others lack, who may work from home.</summary>
internal static class ShowTeam
{
    /// <summary>Who has a team.</summary>
    public static string[] Roles { get; } = [Platform.Security.Roles.Manager];

    public static void MapShowTeam(this IEndpointRouteBuilder routes) => routes.MapGet("/team", Handle).WithName(nameof(ShowTeam)).RequireRole(Roles).IsLive();

    private static async Task<Results<RazorComponentResult<TeamPage>, ProblemHttpResult>> Handle(
        string? cursor, string? show, string? done, CoverageQuestions audit, TypedTime times, CancellationToken ct)
    {
        // The services know the caller's unit: asked for everything, a manager is answered for that.
        var selection = new Selection(times.TodaysDay()) { People = show == "missing" ? PeopleFilter.EligibleButNotReady : PeopleFilter.Staff };
        var people = await audit.PeopleAsync(selection, cursor, CoverageQuestions.PeoplePerPage, ct);
        // An account whose person is nobody's staff has no team.
        if (people.Status == StatusCodes.Status404NotFound) return new RazorComponentResult<TeamPage>(new { Model = new TeamModel(null, null, null, false, null) });
        if (people.Value is null) return Refusals.Of(people.Status);
        var figures = await audit.UnitCoverageAsync(selection with { KnownAt = people.Value.KnownAt }, ct);
        return figures.Value is null
            ? Refusals.Of(figures.Status)
            : new RazorComponentResult<TeamPage>(new
            {
                Model = new TeamModel(figures.Value, people.Value, cursor, show == "missing", Words.Find($"Team.Done.{done}") is null ? null : $"Team.Done.{done}"),
            });
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Figures">Of the manager's unit; null: they have none.</param>
/// <param name="People">One page of them.</param>
/// <param name="Cursor">Which page; null: the first.</param>
/// <param name="OnlyMissing">Whether only those are shown who may work from home and lack something.</param>
/// <param name="Done">The key of the text that says what was done just now.</param>
public sealed record TeamModel(DayCoverage? Figures, PeopleList? People, string? Cursor, bool OnlyMissing, string? Done)
{
    public string Address(string? cursor, bool onlyMissing) => Links.Of("/team", [("show", onlyMissing ? "missing" : null), ("cursor", cursor)]);
}
