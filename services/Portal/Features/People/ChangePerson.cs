using Fleet.Platform.Security;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.People;

/// <summary>Changes a person's names and numbers, or what they get; it counts at once.</summary>
internal static class ChangePerson
{
    private const string Path = "/people/{id:guid}/change";
    private static readonly string[] Fields = ["givenName", "familyName", "email", "userName", "personnelNumber", "kitId"];

    public static void MapChangePerson(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).WithName(nameof(ChangePerson)).RequireRole(PersonActs.Roles);
        routes.MapPost(Path, HandleAsync).WithName($"{nameof(ChangePerson)}Sent").RequireRole(PersonActs.Roles);
    }

    private static async Task<Results<RazorComponentResult<ChangePersonPage>, ProblemHttpResult>> ShowAsync(Guid id, FleetApi api, Organisation organisation, CancellationToken ct)
    {
        var person = await PersonActs.ReadAsync(api, id, ct);
        if (person.Value is not { } p) return Refusals.Of(person.Status);
        var form = new HireForm
        {
            Key = ActKey.New(),
            Version = person.ETag ?? "",
            GivenName = p.GivenName,
            FamilyName = p.FamilyName,
            Email = p.Email,
            UserName = p.UserName,
            PersonnelNumber = p.PersonnelNumber,
            KitId = $"{p.KitId}",
        };
        return await PageAsync(id, form, StatusCodes.Status200OK, organisation, ct);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<ChangePersonPage>, ProblemHttpResult>> HandleAsync(
        Guid id, HttpRequest request, FleetApi api, Organisation organisation, Words words, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } sent || ActKey.Of(sent) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var form = HireForm.Of(sent) with { Key = key, Version = sent.Text("version") };
        // Empty is said as it is: assignment says that it must not be.
        var change = new PersonChange
        {
            GivenName = form.GivenName,
            FamilyName = form.FamilyName,
            Email = form.Email,
            UserName = form.UserName,
            PersonnelNumber = form.PersonnelNumber,
            KitId = Forms.IdOrNull(form.KitId),
        };
        var answer = await api.PatchAsync<Person>(PersonActs.Ask(id), change, form.Version, ct);
        if (answer.Value is not null) return TypedResults.LocalRedirect(PersonActs.Done(id, "changed"));
        if (answer.IsAboutTheCaller || answer.Status == StatusCodes.Status404NotFound) return Refusals.Of(answer.Status);
        return await PageAsync(id, form with { Errors = FormErrors.Of(answer.Status, answer.Problem, words, Fields, PersonActs.FieldOfCode) }, answer.Status, organisation, ct);
    }

    private static async Task<RazorComponentResult<ChangePersonPage>> PageAsync(Guid id, HireForm form, int status, Organisation organisation, CancellationToken ct) =>
        new(new { Id = id, Form = form with { Kits = await organisation.KitsAsync(ct) } }) { StatusCode = status };
}
