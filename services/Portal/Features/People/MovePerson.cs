using Fleet.Platform.Security;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.People;

/// <summary>Moves a person to another unit, or changes whether they may work from home, from a day on that is not ahead.</summary>
internal static class MovePerson
{
    private const string Path = "/people/{id:guid}/move";

    public static void MapMovePerson(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).WithName(nameof(MovePerson)).RequireRole(PersonActs.Roles);
        routes.MapPost(Path, HandleAsync).WithName($"{nameof(MovePerson)}Sent").RequireRole(PersonActs.Roles);
    }

    private static async Task<Results<RazorComponentResult<MovePage>, ProblemHttpResult>> ShowAsync(Guid id, FleetApi api, Organisation organisation, TypedTime times, CancellationToken ct)
    {
        var person = await PersonActs.ReadAsync(api, id, ct);
        return person.Value is { } p
            ? await PageAsync(new MoveForm(id, p.Name(), $"{p.UnitId}", p.HomeOfficeEligible, times.Today(), ActKey.New(), person.ETag ?? "", []), StatusCodes.Status200OK, organisation, ct)
            : Refusals.Of(person.Status);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<MovePage>, ProblemHttpResult>> HandleAsync(
        Guid id, HttpRequest request, FleetApi api, Organisation organisation, Words words, TypedTime times, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } sent || ActKey.Of(sent) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var form = new MoveForm(id, sent.Text("name"), sent.Text("unitId"), sent.Text("homeOfficeEligible") == "true", sent.Text("from"), key, sent.Text("version"), []);
        if (TypedTime.Day(form.From) is not { } from) return await PageAsync(form with { Errors = [new("from", words["Form.Day.Wrong"])] }, StatusCodes.Status400BadRequest, organisation, ct);

        // Today means now: the day has begun already.
        var change = new PersonChange { UnitId = Forms.IdOrNull(form.UnitId), HomeOfficeEligible = form.IsEligible, EffectiveAt = times.IsToday(from) ? null : times.StartOf(from) };
        var answer = await api.PatchAsync<Person>(PersonActs.Ask(id), change, form.Version, ct);
        if (answer.Value is not null) return TypedResults.LocalRedirect(PersonActs.Done(id, "moved"));
        if (answer.IsAboutTheCaller || answer.Status == StatusCodes.Status404NotFound) return Refusals.Of(answer.Status);
        var errors = FormErrors.Of(answer.Status, answer.Problem, words, ["unitId", "effectiveAt"], PersonActs.FieldOfCode).Select(e => e.Field == "effectiveAt" ? e with { Field = "from", Text = words["Person.From.Wrong"] } : e);
        return await PageAsync(form with { Errors = [.. errors] }, answer.Status, organisation, ct);
    }

    private static async Task<RazorComponentResult<MovePage>> PageAsync(MoveForm form, int status, Organisation organisation, CancellationToken ct) =>
        new(new { Form = form with { Units = await organisation.UnitsAsync(ct) } }) { StatusCode = status };
}

/// <summary>The form as it was typed.</summary>
/// <param name="Name">Who it is about.</param>
/// <param name="From">The first day of the new placement.</param>
/// <param name="Version">Of the person, as it was shown.</param>
public sealed record MoveForm(Guid Id, string Name, string UnitId, bool IsEligible, string From, string Key, string Version, IReadOnlyList<FormError> Errors)
{
    public IReadOnlyList<NamedOption> Units { get; init; } = [];
}
