using Fleet.Platform.Security;
using Fleet.Portal.Features.Accounts;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Clients;

/// <summary>Gives a service account other roles; its tokens end with it.</summary>
internal static class ChangeClientRoles
{
    private const string Path = "/admin/clients/{id:guid}/roles";

    public static void MapChangeClientRoles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).WithName(nameof(ChangeClientRoles)).RequireRole(AccountActs.Roles);
        routes.MapPost(Path, HandleAsync).WithName($"{nameof(ChangeClientRoles)}Sent").RequireRole(AccountActs.Roles);
    }

    private static async Task<Results<RazorComponentResult<ClientRolesPage>, ProblemHttpResult>> ShowAsync(Guid id, FleetApi api, CancellationToken ct)
    {
        var client = await api.GetAsync<Client>(ClientActs.Ask(id), ct);
        return client.Value is { } found ? Page(new RolesForm(id, found.ClientId, found.Roles, ActKey.New(), client.ETag ?? "", []), StatusCodes.Status200OK) : Refusals.Of(client.Status);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<ClientRolesPage>, ProblemHttpResult>> HandleAsync(
        Guid id, HttpRequest request, FleetApi api, Words words, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } sent || ActKey.Of(sent) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var form = new RolesForm(id, sent.Text("userName"), AccountActs.RolesOf(sent), key, sent.Text("version"), []);
        var answer = await api.PatchAsync<Client>(ClientActs.Ask(id), new AccountChange(form.Roles, null), form.Version, ct);
        if (answer.Value is not null) return TypedResults.LocalRedirect($"/admin/clients/{id}?done=roles");
        if (answer.IsAboutTheCaller || answer.Status == StatusCodes.Status404NotFound) return Refusals.Of(answer.Status, answer.Problem);
        return Page(form with { Errors = FormErrors.Of(answer.Status, answer.Problem, words, ["roles"], ClientActs.FieldOfCode) }, answer.Status);
    }

    private static RazorComponentResult<ClientRolesPage> Page(RolesForm form, int status) => new(new { Form = form }) { StatusCode = status };
}
