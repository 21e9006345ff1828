using System.Security.Claims;
using Fleet.Gateway.Domain;
using Fleet.Gateway.Features.Sessions;
using Fleet.Gateway.Security;
using Microsoft.AspNetCore.Mvc;

namespace Fleet.Gateway.Features.Accounts;

/// <summary>
/// Puts the second factor of a signed-in person on another phone: against a code of the new app and one of the app so far, or a recovery code. In one write, so that an account
/// that must have one is never without. Other sessions end. 303 to the page that shows new recovery codes once, or back with what was wrong: code, current, locked, expired.
/// </summary>
internal static class ReplaceSecondFactor
{
    public const string Page = "/account/second-factor/replace";

    public static void MapReplaceSecondFactor(this IEndpointRouteBuilder routes) => routes.MapPost("/second-factor/replace", Handle).WithName(nameof(ReplaceSecondFactor)).AllowAnonymous()
        .WithMetadata(new RequestSizeLimitAttribute(Form.MaxBytes)).Accepts<Request>(Form.ContentType);

    private static async Task<SeeOther> Handle(HttpContext http, FactorTries tries, SessionStore sessions, SecondFactors factors, FactorSetUp setUp, TimeProvider time, CancellationToken ct)
    {
        var form = await Form.ReadAsync(http) ?? FormCollection.Empty;
        var returnUrl = form["returnUrl"].ToString();
        if (Callers.SessionOf(http.User) is not { } session || http.User.FindFirstValue("sub") is not { } subject) return new SeeOther(LocalUrl.PageFor(SignIn.Page, Page));
        if (setUp.SecretOf(http, session) is not { } secret) return new SeeOther(LocalUrl.PageFor(Page, returnUrl, "expired"));
        // First, because it uses nothing up.
        if (secret.StepOf(SecondFactor.Plain(form["code"].ToString()), time.GetUtcNow()) is not { } step) return new SeeOther(LocalUrl.PageFor(Page, returnUrl, "code"));

        var codes = Secrets.RecoveryCodes();
        var result = await tries.InSessionAsync(
            http, subject, session, form["current"].ToString(), (_, after) => (after.WithFactor(factors.Make(after, secret, step, codes)), ["secondFactorSet"]), ct);
        switch (result.Outcome)
        {
            case Tried.Accepted:
                await sessions.RenewFactorAsync(session, CancellationToken.None);
                setUp.Finish(http, session, codes);
                return new SeeOther(LocalUrl.PageFor(SetSecondFactor.Page, returnUrl));
            case Tried.Gone:
                return new SeeOther(LocalUrl.PageFor(SetSecondFactor.Page, returnUrl));
            default:
                return new SeeOther(LocalUrl.PageFor(Page, returnUrl, result.Outcome == Tried.Wrong ? "current" : "locked"));
        }
    }

    /// <param name="Current">A code of the app so far, or a recovery code.</param>
    /// <param name="Code">Six digits that the new app shows now.</param>
    /// <param name="ReturnUrl">A path of this installation.</param>
    internal sealed record Request(string Current, string Code, string? ReturnUrl);
}
