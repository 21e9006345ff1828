using Fleet.Platform.Security;
using Fleet.Portal.Features.Handovers;
using Fleet.Portal.Features.People;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Accounts;

/// <summary>
/// Makes an account for a person found by search, or for somebody who is none of the county's people, and shows the one-time password once: on the answer to
/// the form itself, because nothing keeps it that a redirect could read it from.
/// </summary>
internal static class AddAccount
{
    private const string Path = "/admin/accounts/new";
    private static readonly string[] Fields = ["userName", "name", "roles", "personId"];
    private static readonly Dictionary<string, string> FieldOfCode = new() { ["account-exists"] = "userName", ["person-missing"] = "roles" };

    public static void MapAddAccount(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).WithName(nameof(AddAccount)).RequireRole(AccountActs.Roles);
        routes.MapPost(Path, HandleAsync).WithName($"{nameof(AddAccount)}Sent").RequireRole(AccountActs.Roles);
    }

    private static async Task<Results<RazorComponentResult<AddAccountPage>, ProblemHttpResult>> ShowAsync(string? search, Guid? personId, bool? nobody, FleetApi api, CancellationToken ct)
    {
        var form = new AccountForm(ActKey.New()) { Search = search?.Trim() ?? "", IsChosen = nobody == true };
        if (personId is { } id)
        {
            var person = await PersonActs.ReadAsync(api, id, ct);
            if (person.Value is not { } p) return Refusals.Of(person.Status);
            form = form with { IsChosen = true, PersonId = $"{id}", UserName = p.UserName, Name = p.Name(), Roles = [Roles.Employee] };
        }

        var (found, status) = await Candidates.FindAsync(api, form.IsChosen ? "" : form.Search, ct);
        return status == StatusCodes.Status200OK ? Page(form with { Found = found.Items, AreMore = found.Next is not null }, status) : Refusals.Of(status);
    }

    private static async Task<Results<RazorComponentResult<AddAccountPage>, RazorComponentResult<OncePage>, ProblemHttpResult>> HandleAsync(
        HttpRequest request, FleetApi api, Words words, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } sent || ActKey.Of(sent) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var form = new AccountForm(key)
        {
            IsChosen = true,
            PersonId = sent.Text("personId"),
            UserName = sent.Text("userName"),
            Name = sent.Text("name"),
            Roles = AccountActs.RolesOf(sent),
        };
        var answer = await api.PostAsync<FirstPassword>("auth/accounts", new NewAccount(Forms.OrNull(form.UserName), Forms.OrNull(form.Name), form.Roles, Forms.IdOrNull(form.PersonId)), key, ct);
        if (answer.Value is { } made) return OncePage.Of(words["Account.Added", made.UserName], words["SignIn.UserName"], made.UserName, words["Account.OneTime"], made.OneTimePassword, words["Account.OneTime.Text"], $"/admin/accounts/{made.Id}");
        if (answer.IsAboutTheCaller) return Refusals.Of(answer.Status, answer.Problem);
        return Page(form with { Key = ActKey.After(answer.Status, key), Errors = FormErrors.Of(answer.Status, answer.Problem, words, Fields, FieldOfCode) }, answer.Status);
    }

    private static RazorComponentResult<AddAccountPage> Page(AccountForm form, int status) => new(new { Form = form }) { StatusCode = status };
}

/// <summary>The form as it was typed.</summary>
public sealed record AccountForm(string Key)
{
    /// <summary>Whose it is to be, as searched for.</summary>
    public string Search { get; init; } = "";
    public IReadOnlyList<Candidate> Found { get; init; } = [];
    public bool AreMore { get; init; }

    /// <summary>Whether it is said whose it is to be.</summary>
    public bool IsChosen { get; init; }

    /// <summary>The person; empty: none of the county's.</summary>
    public string PersonId { get; init; } = "";
    public string UserName { get; init; } = "";
    public string Name { get; init; } = "";
    public IReadOnlyList<string> Roles { get; init; } = [];
    public IReadOnlyList<FormError> Errors { get; init; } = [];
}
