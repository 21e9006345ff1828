using Fleet.Platform.Security;
using Fleet.Portal.Features.People;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Units;

/// <summary>Renames or moves a unit from a day on; what was before stays known.</summary>
internal static class ChangeUnit
{
    private const string Path = "/units/{id:guid}/change";

    public static void MapChangeUnit(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).WithName(nameof(ChangeUnit)).RequireRole(PersonActs.Roles);
        routes.MapPost(Path, HandleAsync).WithName($"{nameof(ChangeUnit)}Sent").RequireRole(PersonActs.Roles);
    }

    private static async Task<Results<RazorComponentResult<UnitFormPage>, ProblemHttpResult>> ShowAsync(Guid id, FleetApi api, Organisation organisation, TypedTime times, CancellationToken ct)
    {
        var unit = await api.GetAsync<NamedUnit>($"api/assignment/units/{id}", ct);
        return unit.Value is { } u
            ? await UnitForm.PageAsync(new UnitForm(id, u.Name, u.Kind, $"{u.ParentId}", times.Today(), ActKey.New(), []) { Version = unit.ETag }, StatusCodes.Status200OK, organisation, ct)
            : Refusals.Of(unit.Status);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<UnitFormPage>, ProblemHttpResult>> HandleAsync(
        Guid id, HttpRequest request, FleetApi api, Organisation organisation, Words words, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } sent || ActKey.Of(sent) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var form = UnitForm.Of(id, sent, key) with { Version = sent.Text("version") };
        if (form.IsDayWrong) return await UnitForm.PageAsync(form with { Errors = [new("from", words["Form.Day.Wrong"])] }, StatusCodes.Status400BadRequest, organisation, ct);
        // An empty name is said as it is: assignment says that it must not be.
        var answer = await api.PatchAsync<NamedUnit>($"api/assignment/units/{id}", new UnitChange(form.Name, Forms.IdOrNull(form.ParentId), TypedTime.Day(form.From)), form.Version, ct);
        if (answer.Value is not null) return TypedResults.LocalRedirect("/units?done=changed");
        if (answer.IsAboutTheCaller || answer.Status == StatusCodes.Status404NotFound) return Refusals.Of(answer.Status);
        return await UnitForm.PageAsync(form with { Errors = UnitForm.ErrorsOf(answer.Status, answer.Problem, words) }, answer.Status, organisation, ct);
    }
}
