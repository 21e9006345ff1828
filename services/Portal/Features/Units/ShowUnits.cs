using Fleet.Platform.Security;
using Fleet.Portal.Domain;
using Fleet.Portal.Features.Coverage;
using Fleet.Portal.Features.People;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Units;

/// <summary>The organisation as a tree, with the people of each unit as the audit service counts them today; without the counts while that is away.</summary>
internal static class ShowUnits
{
    public static void MapShowUnits(this IEndpointRouteBuilder routes) => routes.MapGet("/units", Handle).WithName(nameof(ShowUnits)).RequireRole(Roles.Staff);

    private static async Task<Results<RazorComponentResult<UnitsPage>, ProblemHttpResult>> Handle(
        string? done, Organisation organisation, CoverageQuestions questions, TypedTime times, CancellationToken ct)
    {
        var (units, coverage) = (organisation.AllUnitsAsync(ct), questions.CoverageAsync(new Selection(times.TodaysDay()), ct));
        await Task.WhenAll(units, coverage);
        if (await units is not { } all) return Refusals.Of(StatusCodes.Status503ServiceUnavailable);
        var staff = (await coverage).Value?.Units?.ToDictionary(u => u.Id, u => u.Staff);
        var tree = UnitTree.Rows([.. all.Select(u => new UnitCoverage { Id = u.Id, Name = u.Name, Kind = u.Kind, ParentId = u.ParentId, Staff = staff?.GetValueOrDefault(u.Id) ?? 0 })], null, Words.ByName);
        return new RazorComponentResult<UnitsPage>(new
        {
            Model = new UnitsModel([.. tree.Select(r => new UnitLine(r.Unit.Id, r.Unit.Name, r.Unit.Kind, r.Level, staff is null ? null : r.Unit.Staff))], done is "added" or "changed" ? $"Unit.Done.{done}" : null),
        });
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Units">In reading order.</param>
/// <param name="Done">The key of the text that says what was done just now.</param>
public sealed record UnitsModel(IReadOnlyList<UnitLine> Units, string? Done);

/// <param name="Level">0 is the outermost.</param>
/// <param name="Staff">People of it and of all below it; null: they cannot be counted right now.</param>
public sealed record UnitLine(Guid Id, string Name, string Kind, int Level, int? Staff);
