using Fleet.Platform.Security;
using Fleet.Portal.Features.Accounts;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Clients;

/// <summary>The acts on a service account that are confirmed with their consequences: it is switched off or on, gets another secret, or goes for good.</summary>
internal static class ActOnClient
{
    private const string Path = "/admin/clients/{id:guid}/{act:regex(^(disable|enable|rotate|remove)$)}";

    public static void MapActOnClient(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).WithName(nameof(ActOnClient)).RequireRole(AccountActs.Roles);
        routes.MapPost(Path, HandleAsync).WithName($"{nameof(ActOnClient)}Sent").RequireRole(AccountActs.Roles);
    }

    private static async Task<Results<RazorComponentResult<ClientActPage>, ProblemHttpResult>> ShowAsync(Guid id, string act, FleetApi api, CancellationToken ct)
    {
        var client = await api.GetAsync<Client>(ClientActs.Ask(id), ct);
        return client.Value is { } found ? Page(new(id, found.ClientId, act, ActKey.New(), client.ETag, []), StatusCodes.Status200OK) : Refusals.Of(client.Status);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<OncePage>, RazorComponentResult<ClientActPage>, ProblemHttpResult>> HandleAsync(
        Guid id, string act, HttpRequest request, FleetApi api, Words words, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } sent || ActKey.Of(sent) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var form = new ClientActForm(id, sent.Text("clientId"), act, key, sent.Text("version"), []);
        switch (act)
        {
            case "rotate":
                var rotated = await api.PostAsync<OneTimeSecret>($"{ClientActs.Ask(id)}/rotate", new { }, key, ct);
                if (rotated.Value is { } once) return OncePage.Of(words["Client.Done.rotate"], words["Client.Id"], once.ClientId, words["Client.Secret"], once.ClientSecret, words["Client.Secret.Text"], $"/admin/clients/{id}");
                return Refuse(rotated.Status, rotated.Problem);
            case "remove":
                var removed = await api.DeleteAsync(ClientActs.Ask(id), ct);
                // Gone already is gone.
                return removed.Value is not null || removed.Status == StatusCodes.Status404NotFound ? TypedResults.LocalRedirect("/admin/clients?done=remove") : Refuse(removed.Status, removed.Problem);
            default:
                var changed = await api.PatchAsync<Client>(ClientActs.Ask(id), new AccountChange(null, act == "disable"), form.Version ?? "", ct);
                return changed.Value is not null ? TypedResults.LocalRedirect($"/admin/clients/{id}?done={act}") : Refuse(changed.Status, changed.Problem);
        }

        Results<RedirectHttpResult, RazorComponentResult<OncePage>, RazorComponentResult<ClientActPage>, ProblemHttpResult> Refuse(int status, Problem problem) =>
            status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound
                ? Refusals.Of(status, problem)
                : Page(form with { Key = ActKey.After(status, key), Errors = FormErrors.Of(status, problem, words, [], ClientActs.FieldOfCode) }, status);
    }

    private static RazorComponentResult<ClientActPage> Page(ClientActForm form, int status) => new(new { Form = form }) { StatusCode = status };
}
