using System.Security.Claims;
using Fleet.Gateway.Domain;
using Fleet.Gateway.Features.Sessions;
using Fleet.Gateway.Limits;
using Fleet.Gateway.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Fleet.Gateway.Features.Accounts;

/// <summary>
/// Gives a signed-in person's account the second factor that the portal's page has shown them, against a first code of it; also to one who may do nothing else yet. Their
/// other sessions end. 303 to the page, which shows the recovery codes once, or back with what was wrong: code, locked, expired.
/// </summary>
internal static class SetSecondFactor
{
    public const string Page = "/account/second-factor";

    // Open to anybody for the roles' sake: who needs a factor has none until there is one. The session is asked for below.
    public static void MapSetSecondFactor(this IEndpointRouteBuilder routes) => routes.MapPost("/second-factor", Handle).WithName(nameof(SetSecondFactor)).AllowAnonymous()
        .WithMetadata(new RequestSizeLimitAttribute(Form.MaxBytes)).Accepts<Request>(Form.ContentType).ProducesProblem(409);

    private static async Task<Results<SeeOther, ProblemHttpResult>> Handle(
        HttpContext http, AccountStore accounts, SessionStore sessions, SecondFactors factors, FactorSetUp setUp, GuessLimits limits, TimeProvider time, CancellationToken ct)
    {
        var form = await Form.ReadAsync(http) ?? FormCollection.Empty;
        string code = form["code"].ToString(), returnUrl = form["returnUrl"].ToString();

        if (Callers.SessionOf(http.User) is not { } session || http.User.FindFirstValue("sub") is not { } subject) return new SeeOther(LocalUrl.PageFor(SignIn.Page, Page));
        if (accounts.IsDemo(subject)) return AccountRequests.Demo();

        while (await accounts.FindDocumentAsync(subject, ct) is { State: { Kind: AccountKind.Person, IsOpen: true } person } found)
        {
            if (person.External is not null) return AccountRequests.External();
            if (person.HasOneTimePassword) return new SeeOther(LocalUrl.PageFor(ChangePassword.Page, Page));
            // Sent twice; or another tab was quicker.
            if (person.SecondFactor is not null) return new SeeOther(LocalUrl.PageFor(Page, returnUrl));
            if (setUp.SecretOf(http, session) is not { } secret) return new SeeOther(LocalUrl.PageFor(Page, returnUrl, "expired"));

            using var guess = await limits.BeginAsync(found.Id, "", $"session {session}", ct);
            if (guess.Refusal != Refusal.None) return new SeeOther(LocalUrl.PageFor(Page, returnUrl, "locked"));
            var now = time.GetUtcNow();
            if (secret.StepOf(SecondFactor.Plain(code), now) is not { } step)
            {
                guess.Wrong();
                return new SeeOther(LocalUrl.PageFor(Page, returnUrl, "code"));
            }

            var codes = Secrets.RecoveryCodes();
            var after = person.WithFactor(factors.Make(person, secret, step, codes));
            if (await accounts.ChangeAsync(found, after, ["secondFactorSet"], person.At(http, now), ct, staying: session) is null) continue;
            guess.Right();
            await sessions.RenewFactorAsync(session, CancellationToken.None);
            setUp.Finish(http, session, codes);
            return new SeeOther(LocalUrl.PageFor(Page, returnUrl));
        }

        return new SeeOther(LocalUrl.PageFor(SignIn.Page, Page));
    }

    /// <param name="Code">Six digits that the app shows now.</param>
    /// <param name="ReturnUrl">A path of this installation.</param>
    internal sealed record Request(string Code, string? ReturnUrl);
}
