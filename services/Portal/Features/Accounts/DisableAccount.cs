using Fleet.Platform.Security;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Accounts;

/// <summary>Lets nobody in with an account any more, or somebody again.</summary>
internal static class DisableAccount
{
    public static void MapDisableAccount(this IEndpointRouteBuilder routes)
    {
        foreach (var act in (string[])["disable", "enable"])
        {
            routes.MapGet($"/admin/accounts/{{id:guid}}/{act}", (Guid id, FleetApi api, CancellationToken ct) => ShowAsync(id, act, api, ct))
                .WithName($"{act}Account").RequireRole(AccountActs.Roles);
            routes.MapPost($"/admin/accounts/{{id:guid}}/{act}", (Guid id, HttpRequest request, FleetApi api, Words words, CancellationToken ct) => HandleAsync(id, act, request, api, words, ct))
                .WithName($"{act}AccountSent").RequireRole(AccountActs.Roles);
        }
    }

    private static async Task<Results<RazorComponentResult<AccountActPage>, ProblemHttpResult>> ShowAsync(Guid id, string act, FleetApi api, CancellationToken ct)
    {
        var account = await api.GetAsync<Account>(AccountActs.Ask(id), ct);
        return account.Value is { } found ? AccountActPage.Of(new(id, found.UserName, act, ActKey.New(), account.ETag, []), StatusCodes.Status200OK) : Refusals.Of(account.Status);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<AccountActPage>, ProblemHttpResult>> HandleAsync(
        Guid id, string act, HttpRequest request, FleetApi api, Words words, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } sent || ActKey.Of(sent) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var form = new AccountActForm(id, sent.Text("userName"), act, key, sent.Text("version"), []);
        var answer = await api.PatchAsync<Account>(AccountActs.Ask(id), new AccountChange(null, act == "disable"), form.Version ?? "", ct);
        if (answer.Value is not null) return TypedResults.LocalRedirect($"/admin/accounts/{id}?done={act}");
        if (answer.IsAboutTheCaller || answer.Status == StatusCodes.Status404NotFound) return Refusals.Of(answer.Status, answer.Problem);
        return AccountActPage.Of(form with { Errors = FormErrors.Of(answer.Status, answer.Problem, words, [], AccountActs.FieldOfCode) }, answer.Status);
    }
}
