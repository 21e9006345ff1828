using Fleet.Platform.Security;
using Fleet.Portal.Features.Accounts;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Clients;

/// <summary>Makes a service account and shows its secret once, on the answer to the form itself: nothing keeps it that a redirect could read it from.</summary>
internal static class AddClient
{
    private const string Path = "/admin/clients/new";

    public static void MapAddClient(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Show).WithName(nameof(AddClient)).RequireRole(AccountActs.Roles);
        routes.MapPost(Path, HandleAsync).WithName($"{nameof(AddClient)}Sent").RequireRole(AccountActs.Roles);
    }

    private static RazorComponentResult<AddClientPage> Show() => Page(new ClientForm("", [], ActKey.New(), []), StatusCodes.Status200OK);

    private static async Task<Results<RazorComponentResult<AddClientPage>, RazorComponentResult<OncePage>, ProblemHttpResult>> HandleAsync(
        HttpRequest request, FleetApi api, Words words, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } sent || ActKey.Of(sent) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var form = new ClientForm(sent.Text("clientId"), AccountActs.RolesOf(sent), key, []);
        var answer = await api.PostAsync<OneTimeSecret>("auth/clients", new NewClient(Forms.OrNull(form.ClientId), form.Roles), key, ct);
        if (answer.Value is { } made) return OncePage.Of(words["Client.Added", made.ClientId], words["Client.Id"], made.ClientId, words["Client.Secret"], made.ClientSecret, words["Client.Secret.Text"], $"/admin/clients/{made.Id}");
        if (answer.IsAboutTheCaller) return Refusals.Of(answer.Status, answer.Problem);
        return Page(form with { Key = ActKey.After(answer.Status, key), Errors = FormErrors.Of(answer.Status, answer.Problem, words, ["clientId", "roles"], ClientActs.FieldOfCode) }, answer.Status);
    }

    private static RazorComponentResult<AddClientPage> Page(ClientForm form, int status) => new(new { Form = form }) { StatusCode = status };
}

/// <summary>The form as it was typed.</summary>
public sealed record ClientForm(string ClientId, IReadOnlyList<string> Roles, string Key, IReadOnlyList<FormError> Errors);
