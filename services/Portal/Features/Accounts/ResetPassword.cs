using Fleet.Platform.Security;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Accounts;

/// <summary>Gives an account a new one-time password and shows it once; its sessions end.</summary>
internal static class ResetPassword
{
    private const string Path = "/admin/accounts/{id:guid}/reset";
    private const string Act = "reset";

    public static void MapResetPassword(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).WithName(nameof(ResetPassword)).RequireRole(AccountActs.Roles);
        routes.MapPost(Path, HandleAsync).WithName($"{nameof(ResetPassword)}Sent").RequireRole(AccountActs.Roles);
    }

    private static async Task<Results<RazorComponentResult<AccountActPage>, ProblemHttpResult>> ShowAsync(Guid id, FleetApi api, CancellationToken ct)
    {
        var account = await api.GetAsync<Account>(AccountActs.Ask(id), ct);
        return account.Value is { } found ? AccountActPage.Of(new(id, found.UserName, Act, ActKey.New(), null, []) { HasFactor = found.SecondFactor }, StatusCodes.Status200OK) : Refusals.Of(account.Status);
    }

    private static async Task<Results<RazorComponentResult<OncePage>, RazorComponentResult<AccountActPage>, ProblemHttpResult>> HandleAsync(
        Guid id, HttpRequest request, FleetApi api, Words words, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } sent || ActKey.Of(sent) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var withFactor = sent.Text("secondFactor") == "true";
        var answer = await api.PostAsync<FirstPassword>($"{AccountActs.Ask(id)}/reset", new PasswordReset(withFactor), key, ct);
        if (answer.Value is { } once) return OncePage.Of(words["Account.Done.reset", once.UserName], words["SignIn.UserName"], once.UserName, words["Account.OneTime"], once.OneTimePassword, words["Account.OneTime.Text"], $"/admin/accounts/{id}");
        if (answer.IsAboutTheCaller || answer.Status == StatusCodes.Status404NotFound) return Refusals.Of(answer.Status, answer.Problem);
        return AccountActPage.Of(
            new(id, sent.Text("userName"), Act, ActKey.After(answer.Status, key), null, FormErrors.Of(answer.Status, answer.Problem, words, [], AccountActs.FieldOfCode)) { HasFactor = true, GoesWithFactor = withFactor }, answer.Status);
    }
}
