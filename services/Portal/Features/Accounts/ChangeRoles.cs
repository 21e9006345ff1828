using Fleet.Platform.Security;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Accounts;

/// <summary>Gives an account other roles; its sessions end with it.</summary>
internal static class ChangeRoles
{
    private const string Path = "/admin/accounts/{id:guid}/roles";

    public static void MapChangeRoles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).WithName(nameof(ChangeRoles)).RequireRole(AccountActs.Roles);
        routes.MapPost(Path, HandleAsync).WithName($"{nameof(ChangeRoles)}Sent").RequireRole(AccountActs.Roles);
    }

    private static async Task<Results<RazorComponentResult<RolesPage>, ProblemHttpResult>> ShowAsync(Guid id, FleetApi api, CancellationToken ct)
    {
        var account = await api.GetAsync<Account>(AccountActs.Ask(id), ct);
        return account.Value is { } found ? Page(new RolesForm(id, found.UserName, found.Roles, ActKey.New(), account.ETag ?? "", []), StatusCodes.Status200OK) : Refusals.Of(account.Status);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<RolesPage>, ProblemHttpResult>> HandleAsync(
        Guid id, HttpRequest request, FleetApi api, Words words, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } sent || ActKey.Of(sent) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var form = new RolesForm(id, sent.Text("userName"), AccountActs.RolesOf(sent), key, sent.Text("version"), []);
        var answer = await api.PatchAsync<Account>(AccountActs.Ask(id), new AccountChange(form.Roles, null), form.Version, ct);
        if (answer.Value is not null) return TypedResults.LocalRedirect($"/admin/accounts/{id}?done=roles");
        if (answer.IsAboutTheCaller || answer.Status == StatusCodes.Status404NotFound) return Refusals.Of(answer.Status, answer.Problem);
        return Page(form with { Errors = FormErrors.Of(answer.Status, answer.Problem, words, ["roles"], RolesForm.FieldOfCode) }, answer.Status);
    }

    private static RazorComponentResult<RolesPage> Page(RolesForm form, int status) => new(new { Form = form }) { StatusCode = status };
}

/// <summary>The form as it was filled in.</summary>
/// <param name="UserName">Whose it is.</param>
/// <param name="Version">Of the account, as it was shown.</param>
public sealed record RolesForm(Guid Id, string UserName, IReadOnlyList<string> Roles, string Key, string Version, IReadOnlyList<FormError> Errors)
{
    internal static readonly Dictionary<string, string> FieldOfCode = new() { ["person-missing"] = "roles", ["own-account"] = "roles" };
}
