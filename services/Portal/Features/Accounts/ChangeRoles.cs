using Fleet.Platform.Security;
using Fleet.Portal.Features.Clients;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Accounts;

/// <summary>Gives a person's account, or a service account, other roles; its sessions and tokens end with it.</summary>
internal static class ChangeRoles
{
    private static readonly Dictionary<string, string> FieldOfCode = new() { ["person-missing"] = "roles", ["own-account"] = "roles" };

    public static void MapChangeRoles(this IEndpointRouteBuilder routes)
    {
        Map<Account>("accounts", a => (a.UserName, a.Roles));
        Map<Client>("clients", c => (c.ClientId, c.Roles));

        void Map<T>(string kind, Func<T, (string Name, IReadOnlyList<string> Roles)> read) where T : class
        {
            var path = $"/admin/{kind}/{{id:guid}}/roles";
            routes.MapGet(path, (Guid id, FleetApi api, CancellationToken ct) => ShowAsync(kind, id, read, api, ct)).WithName($"ChangeRolesOf{kind}").RequireRole(AccountActs.Roles);
            routes.MapPost(path, (Guid id, HttpRequest request, FleetApi api, Words words, CancellationToken ct) => HandleAsync<T>(kind, id, request, api, words, ct))
                .WithName($"ChangeRolesOf{kind}Sent").RequireRole(AccountActs.Roles);
        }
    }

    private static async Task<Results<RazorComponentResult<RolesPage>, ProblemHttpResult>> ShowAsync<T>(
        string kind, Guid id, Func<T, (string Name, IReadOnlyList<string> Roles)> read, FleetApi api, CancellationToken ct) where T : class
    {
        var account = await api.GetAsync<T>($"auth/{kind}/{id}", ct);
        if (account.Value is null) return Refusals.Of(account.Status);
        var (name, roles) = read(account.Value);
        return Page(new RolesForm(kind, id, name, roles, ActKey.New(), account.ETag ?? "", []), StatusCodes.Status200OK);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<RolesPage>, ProblemHttpResult>> HandleAsync<T>(
        string kind, Guid id, HttpRequest request, FleetApi api, Words words, CancellationToken ct) where T : class
    {
        if (await Forms.ReadAsync(request, ct) is not { } sent || ActKey.Of(sent) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var form = new RolesForm(kind, id, sent.Text("name"), AccountActs.RolesOf(sent), key, sent.Text("version"), []);
        var answer = await api.PatchAsync<T>($"auth/{kind}/{id}", new AccountChange(form.Roles, null), form.Version, ct);
        if (answer.Value is not null) return TypedResults.LocalRedirect($"/admin/{kind}/{id}?done=roles");
        if (answer.IsAboutTheCaller || answer.Status == StatusCodes.Status404NotFound) return Refusals.Of(answer.Status, answer.Problem);
        return Page(form with { Errors = FormErrors.Of(answer.Status, answer.Problem, words, ["roles"], FieldOfCode) }, answer.Status);
    }

    private static RazorComponentResult<RolesPage> Page(RolesForm form, int status) => new(new { Form = form }) { StatusCode = status };
}

/// <summary>The form as it was filled in.</summary>
/// <param name="Kind">accounts or clients, as in addresses.</param>
/// <param name="Name">Whose it is.</param>
/// <param name="Version">Of the account, as it was shown.</param>
public sealed record RolesForm(string Kind, Guid Id, string Name, IReadOnlyList<string> Roles, string Key, string Version, IReadOnlyList<FormError> Errors);
