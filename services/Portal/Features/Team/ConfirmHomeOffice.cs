using Fleet.Platform.Security;
using Fleet.Portal.Features.People;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Team;

/// <summary>A manager says whether somebody of their unit may work from home, from a day on that is not ahead.</summary>
internal static class ConfirmHomeOffice
{
    private const string Path = "/team/{id:guid}/home-office";

    public static void MapConfirmHomeOffice(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).WithName(nameof(ConfirmHomeOffice)).RequireRole(ShowTeam.Roles);
        routes.MapPost(Path, HandleAsync).WithName($"{nameof(ConfirmHomeOffice)}Sent").RequireRole(ShowTeam.Roles);
    }

    private static async Task<Results<RazorComponentResult<HomeOfficePage>, ProblemHttpResult>> ShowAsync(Guid id, FleetApi api, TypedTime times, CancellationToken ct)
    {
        var person = await PersonActs.ReadAsync(api, id, ct);
        return person.Value is { } p ? Page(new HomeOfficeForm(id, p.Name(), p.HomeOfficeEligible, times.Today(), ActKey.New(), person.ETag ?? "", []), StatusCodes.Status200OK) : Refusals.Of(person.Status);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<HomeOfficePage>, ProblemHttpResult>> HandleAsync(
        Guid id, HttpRequest request, FleetApi api, Words words, TypedTime times, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } sent || ActKey.Of(sent) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var form = new HomeOfficeForm(id, sent.Text("name"), sent.Text("homeOfficeEligible") == "true", sent.Text("from"), key, sent.Text("version"), []);
        if (TypedTime.Day(form.From) is not { } from) return Page(form with { Errors = [new("from", words["Form.Day.Wrong"])] }, StatusCodes.Status400BadRequest);

        // Today means now: the day has begun already.
        var change = new PersonChange { HomeOfficeEligible = form.IsEligible, EffectiveAt = times.IsToday(from) ? null : times.StartOf(from) };
        var answer = await api.PatchAsync<Person>(PersonActs.Ask(id), change, form.Version, ct);
        if (answer.Value is not null) return TypedResults.LocalRedirect("/team?done=homeOffice");
        if (answer.IsAboutTheCaller || answer.Status == StatusCodes.Status404NotFound) return Refusals.Of(answer.Status);
        var errors = FormErrors.Of(answer.Status, answer.Problem, words, ["effectiveAt"], PersonActs.FieldOfCode).Select(e => e.Field == "effectiveAt" ? e with { Field = "from", Text = words["Person.From.Wrong"] } : e);
        return Page(form with { Errors = [.. errors] }, answer.Status);
    }

    private static RazorComponentResult<HomeOfficePage> Page(HomeOfficeForm form, int status) => new(new { Form = form }) { StatusCode = status };
}

/// <summary>The form as it was filled in.</summary>
/// <param name="Name">Who it is about.</param>
/// <param name="From">The first day.</param>
/// <param name="Version">Of the person, as it was shown.</param>
public sealed record HomeOfficeForm(Guid Id, string Name, bool IsEligible, string From, string Key, string Version, IReadOnlyList<FormError> Errors);
