using Fleet.Platform.Security;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.People;

/// <summary>Hires a person on one screen.</summary>
internal static class HirePerson
{
    private static readonly string[] Fields = ["givenName", "familyName", "email", "userName", "personnelNumber", "unitId", "kitId", "startDate"];

    public static void MapHirePerson(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/people/new", ShowAsync).WithName(nameof(HirePerson)).RequireRole(PersonActs.Roles);
        routes.MapPost("/people/new", HandleAsync).WithName($"{nameof(HirePerson)}Sent").RequireRole(PersonActs.Roles);
    }

    private static Task<RazorComponentResult<HirePage>> ShowAsync(string? unitId, Organisation organisation, CancellationToken ct) =>
        PageAsync(new HireForm { Key = ActKey.New(), UnitId = unitId ?? "" }, StatusCodes.Status200OK, organisation, ct);

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<HirePage>, ProblemHttpResult>> HandleAsync(
        HttpRequest request, FleetApi api, Organisation organisation, Words words, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } sent || ActKey.Of(sent) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var form = HireForm.Of(sent) with { Key = key };
        var day = TypedTime.Day(form.StartDate);
        if (day is null && form.StartDate is not "")
            return await PageAsync(form with { Errors = [new("startDate", words["Form.Day.Wrong"])] }, StatusCodes.Status400BadRequest, organisation, ct);

        var answer = await api.PostAsync<Person>("api/assignment/people", form.Body(day), key, ct);
        if (answer.Value is { } person) return TypedResults.LocalRedirect(PersonActs.Done(person.Id, person.KitId is null ? "hired" : "hiredWithKit"));
        if (answer.IsAboutTheCaller) return Refusals.Of(answer.Status);
        return await PageAsync(
            form with { Key = ActKey.After(answer.Status, key), Errors = FormErrors.Of(answer.Status, answer.Problem, words, Fields, PersonActs.FieldOfCode) }, answer.Status, organisation, ct);
    }

    private static async Task<RazorComponentResult<HirePage>> PageAsync(HireForm form, int status, Organisation organisation, CancellationToken ct)
    {
        var (units, kits) = (organisation.UnitsAsync(ct), organisation.KitsAsync(ct));
        return new RazorComponentResult<HirePage>(new { Form = form with { Units = await units, Kits = await kits } }) { StatusCode = status };
    }
}

/// <summary>The form as it was typed.</summary>
public sealed record HireForm
{
    public string Key { get; init; } = "";

    /// <summary>Of the person, as it was shown; empty: they are new.</summary>
    public string Version { get; init; } = "";
    public string GivenName { get; init; } = "";
    public string FamilyName { get; init; } = "";
    public string Email { get; init; } = "";
    public string UserName { get; init; } = "";
    public string PersonnelNumber { get; init; } = "";
    public string UnitId { get; init; } = "";
    public string KitId { get; init; } = "";
    public string StartDate { get; init; } = "";
    public bool IsEligible { get; init; } = true;
    public IReadOnlyList<NamedOption> Units { get; init; } = [];
    public IReadOnlyList<NamedOption> Kits { get; init; } = [];
    public IReadOnlyList<FormError> Errors { get; init; } = [];

    public static HireForm Of(IFormCollection form) => new()
    {
        GivenName = form.Text("givenName"),
        FamilyName = form.Text("familyName"),
        Email = form.Text("email"),
        UserName = form.Text("userName"),
        PersonnelNumber = form.Text("personnelNumber"),
        UnitId = form.Text("unitId"),
        KitId = form.Text("kitId"),
        StartDate = form.Text("startDate"),
        IsEligible = form.Text("homeOfficeEligible") == "true",
    };

    /// <summary>What assignment is sent. What was left empty is left out, so that it is assignment that says what is missing.</summary>
    public NewPerson Body(DateOnly? startDate) => new(
        Forms.OrNull(PersonnelNumber), Forms.OrNull(UserName), Forms.OrNull(GivenName), Forms.OrNull(FamilyName), Forms.OrNull(Email), Forms.IdOrNull(UnitId), startDate, IsEligible,
        Forms.IdOrNull(KitId));
}
