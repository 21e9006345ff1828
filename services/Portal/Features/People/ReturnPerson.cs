using Fleet.Platform.Security;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.People;

/// <summary>Hires somebody again who has left, under the same names and numbers.</summary>
internal static class ReturnPerson
{
    private const string Path = "/people/{id:guid}/return";

    public static void MapReturnPerson(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).WithName(nameof(ReturnPerson)).RequireRole(PersonActs.Roles);
        routes.MapPost(Path, HandleAsync).WithName($"{nameof(ReturnPerson)}Sent").RequireRole(PersonActs.Roles);
    }

    private static async Task<Results<RazorComponentResult<ReturnPage>, ProblemHttpResult>> ShowAsync(Guid id, FleetApi api, Organisation organisation, CancellationToken ct)
    {
        var person = await PersonActs.ReadAsync(api, id, ct);
        return person.Value is { } p
            ? await PageAsync(new ReturnForm(id, p.Name(), "", $"{p.UnitId}", $"{p.KitId}", ActKey.New(), []), StatusCodes.Status200OK, organisation, ct)
            : Refusals.Of(person.Status);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<ReturnPage>, ProblemHttpResult>> HandleAsync(
        Guid id, HttpRequest request, FleetApi api, Organisation organisation, Words words, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } sent || ActKey.Of(sent) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var form = new ReturnForm(id, sent.Text("name"), sent.Text("startDate"), sent.Text("unitId"), sent.Text("kitId"), key, []);
        if (TypedTime.Day(form.StartDate) is not { } day) return await PageAsync(form with { Errors = [new("startDate", words["Form.Day.Wrong"])] }, StatusCodes.Status400BadRequest, organisation, ct);
        var answer = await api.PostAsync<Person>($"{PersonActs.Ask(id)}/return", new Returning(day, Forms.IdOrNull(form.UnitId), Forms.IdOrNull(form.KitId)), key, ct);
        if (answer.Value is not null) return TypedResults.LocalRedirect(PersonActs.Done(id, "returns"));
        if (answer.IsAboutTheCaller || answer.Status == StatusCodes.Status404NotFound) return Refusals.Of(answer.Status);
        return await PageAsync(
            form with { Key = ActKey.After(answer.Status, key), Errors = FormErrors.Of(answer.Status, answer.Problem, words, ["startDate", "unitId", "kitId"], PersonActs.FieldOfCode) },
            answer.Status, organisation, ct);
    }

    private static async Task<RazorComponentResult<ReturnPage>> PageAsync(ReturnForm form, int status, Organisation organisation, CancellationToken ct)
    {
        var (units, kits) = (organisation.UnitsAsync(ct), organisation.KitsAsync(ct));
        return new RazorComponentResult<ReturnPage>(new { Form = form with { Units = await units, Kits = await kits } }) { StatusCode = status };
    }
}

/// <summary>The form as it was typed.</summary>
/// <param name="Name">Who it is about.</param>
public sealed record ReturnForm(Guid Id, string Name, string StartDate, string UnitId, string KitId, string Key, IReadOnlyList<FormError> Errors)
{
    public IReadOnlyList<NamedOption> Units { get; init; } = [];
    public IReadOnlyList<NamedOption> Kits { get; init; } = [];
}
