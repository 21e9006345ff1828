using System.Security.Claims;
using Fleet.Gateway.Domain;
using Fleet.Gateway.Features.Sessions;
using Fleet.Gateway.Limits;
using Fleet.Gateway.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Fleet.Gateway.Features.Accounts;

/// <summary>
/// Lets a signed-in person choose a password, from the portal's form; also one who has a one-time password and may do nothing else yet. Their other
/// sessions end. 303 to where they wanted to go, or back with what was wrong: credentials, mismatch, weak, locked.
/// </summary>
internal static class ChangePassword
{
    public const string Page = "/password";

    // Open to anybody for the roles' sake: somebody with a one-time password has none yet. The session is asked for below.
    public static void MapChangePassword(this IEndpointRouteBuilder routes) => routes.MapPost("/password", Handle).WithName(nameof(ChangePassword)).AllowAnonymous()
        .WithMetadata(new RequestSizeLimitAttribute(Form.MaxBytes)).Accepts<Request>(Form.ContentType).ProducesProblem(409);

    private static async Task<Results<SeeOther, ProblemHttpResult>> Handle(
        HttpContext http, AccountStore accounts, GuessLimits limits, KnownDevice devices, RefusalLog refusals, TimeProvider time, CancellationToken ct)
    {
        var form = await Form.ReadAsync(http) ?? FormCollection.Empty;
        string current = form["current"].ToString(), wanted = form["new"].ToString(), returnUrl = form["returnUrl"].ToString();

        if (Callers.SessionOf(http.User) is not { } session || http.User.FindFirstValue("sub") is not { } subject) return new SeeOther(LocalUrl.PageFor(SignIn.Page, Page));
        if (accounts.IsDemo(subject)) return AccountRequests.Demo();

        while (await accounts.FindDocumentAsync(subject, ct) is { State: { Kind: AccountKind.Person, IsOpen: true } person } found)
        {
            if (person.External is not null) return AccountRequests.External();
            // The session, not its sender: nobody outside it uses up its tries.
            using var guess = await limits.BeginAsync(found.Id, "", $"session {session}", ct);
            if (guess.Refusal != Refusal.None)
            {
                refusals.Count(person.AccountId, "locked");
                return new SeeOther(LocalUrl.PageFor(Page, returnUrl, "locked"));
            }

            if (!AccountStore.Verify(person, current))
            {
                guess.Wrong();
                refusals.Count(person.AccountId, "credentials");
                return new SeeOther(LocalUrl.PageFor(Page, returnUrl, "credentials"));
            }

            if (NewPassword.Refuse(person.Subject, current, wanted, form["repeat"].ToString()) is { } error) return new SeeOther(LocalUrl.PageFor(Page, returnUrl, error));
            var after = person.WithSecret(AccountStore.Hash(wanted));
            if (await accounts.ChangeAsync(found, after, ["passwordChanged"], person.At(http, time.GetUtcNow()), ct, staying: session) is null) continue;

            guess.Right();
            devices.Remember(http, after);
            return new SeeOther(LocalUrl.Or(returnUrl));
        }

        return new SeeOther(LocalUrl.PageFor(SignIn.Page, Page));
    }

    /// <param name="Current">The password so far.</param>
    /// <param name="New">12 to 200 characters.</param>
    /// <param name="Repeat">The same again.</param>
    /// <param name="ReturnUrl">A path of this installation.</param>
    internal sealed record Request(string Current, string New, string Repeat, string? ReturnUrl);
}
