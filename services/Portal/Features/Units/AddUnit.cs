using Fleet.Platform.Security;
using Fleet.Portal.Features.People;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Units;

/// <summary>Adds a unit to the organisation, from a day on or as if it had always been there.</summary>
internal static class AddUnit
{
    private const string Path = "/units/add";

    public static void MapAddUnit(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).WithName(nameof(AddUnit)).RequireRole(PersonActs.Roles);
        routes.MapPost(Path, HandleAsync).WithName($"{nameof(AddUnit)}Sent").RequireRole(PersonActs.Roles);
    }

    private static Task<RazorComponentResult<UnitFormPage>> ShowAsync(string? parentId, Organisation organisation, CancellationToken ct) =>
        UnitForm.PageAsync(new UnitForm(null, "", "office", parentId ?? "", "", ActKey.New(), []), StatusCodes.Status200OK, organisation, ct);

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<UnitFormPage>, ProblemHttpResult>> HandleAsync(
        HttpRequest request, FleetApi api, Organisation organisation, Words words, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } sent || ActKey.Of(sent) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var form = UnitForm.Of(null, sent, key);
        if (form.IsDayWrong) return await UnitForm.PageAsync(form with { Errors = [new("from", words["Form.Day.Wrong"])] }, StatusCodes.Status400BadRequest, organisation, ct);
        var body = new NewUnit(Forms.OrNull(form.Name), Forms.OrNull(form.Kind), Forms.IdOrNull(form.ParentId), TypedTime.Day(form.From));
        var answer = await api.PostAsync<NamedUnit>("api/assignment/units", body, key, ct);
        if (answer.Value is not null) return TypedResults.LocalRedirect("/units?done=added");
        if (answer.IsAboutTheCaller) return Refusals.Of(answer.Status);
        return await UnitForm.PageAsync(form with { Key = ActKey.After(answer.Status, key), Errors = UnitForm.ErrorsOf(answer.Status, answer.Problem, words) }, answer.Status, organisation, ct);
    }
}

/// <summary>The body of a new unit.</summary>
public sealed record NewUnit(string? Name, string? Kind, Guid? ParentId, DateOnly? EffectiveFrom);

/// <summary>The body of a change; what is null stays as it is.</summary>
public sealed record UnitChange(string? Name, Guid? ParentId, DateOnly? EffectiveFrom);

/// <summary>The form of a unit as it was typed.</summary>
/// <param name="Id">The unit that is changed; null: a new one.</param>
/// <param name="From">The first day; empty: always, or today for a change.</param>
public sealed record UnitForm(Guid? Id, string Name, string Kind, string ParentId, string From, string Key, IReadOnlyList<FormError> Errors)
{
    private static readonly string[] Fields = ["name", "kind", "parentId", "effectiveFrom"];
    private static readonly Dictionary<string, string> FieldOfCode = new() { ["unit-kind-order"] = "parentId", ["unit-cycle"] = "parentId" };

    public static IReadOnlyList<string> Kinds { get; } = ["county", "department", "office", "team"];

    /// <summary>Of the unit that is changed, as it was shown.</summary>
    public string? Version { get; init; }

    public IReadOnlyList<NamedOption> Units { get; init; } = [];

    /// <summary>Whether something was typed that is no day.</summary>
    public bool IsDayWrong => From is not "" && TypedTime.Day(From) is null;

    public static UnitForm Of(Guid? id, IFormCollection form, string key) => new(id, form.Text("name"), form.Text("kind"), form.Text("parentId"), form.Text("from"), key, []);

    internal static IReadOnlyList<FormError> ErrorsOf(int status, Problem problem, Words words) =>
        [.. FormErrors.Of(status, problem, words, Fields, FieldOfCode).Select(e => e.Field == "effectiveFrom" ? new FormError("from", words["Unit.From.Wrong"]) : e)];

    internal static async Task<RazorComponentResult<UnitFormPage>> PageAsync(UnitForm form, int status, Organisation organisation, CancellationToken ct) =>
        new(new { Form = form with { Units = [.. (await organisation.UnitsAsync(ct)).Where(u => u.Value != $"{form.Id}")] } }) { StatusCode = status };
}
