using System.Security.Claims;
using Fleet.Gateway.Domain;
using Fleet.Gateway.Limits;
using Fleet.Gateway.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Fleet.Gateway.Features.Sessions;

/// <summary>
/// The second step of signing in, from the portal's form; and, in a session, the second factor once more (<see cref="RecentFactor"/>). 303 to where they wanted
/// to go, or back with what was wrong: code, locked; expired when the first step is too long ago, or the account has changed since.
/// </summary>
internal static class SignInWithCode
{
    public const string Page = "/sign-in/code";

    public static void MapSignInWithCode(this IEndpointRouteBuilder routes) => routes.MapPost("/sign-in/code", Handle).WithName(nameof(SignInWithCode)).AllowAnonymous()
        .WithMetadata(new RequestSizeLimitAttribute(Form.MaxBytes)).Accepts<Request>(Form.ContentType).ProducesProblem(429).ProducesProblem(503);

    private static async Task<Results<SeeOther, ProblemHttpResult>> Handle(
        HttpContext http, FactorTries tries, SessionStore sessions, FirstStep firstStep, Arrival arrival, CancellationToken ct)
    {
        var form = await Form.ReadAsync(http) ?? FormCollection.Empty;
        string code = form["code"].ToString(), returnUrl = form["returnUrl"].ToString();
        var begun = firstStep.Find(http);
        FactorTry result;
        if (begun is { } first)
            result = await tries.AtSignInAsync(http, first, code, ct);
        else if (Callers.SessionOf(http.User) is { } session && http.User.FindFirstValue("sub") is { } subject)
            result = await tries.InSessionAsync(http, subject, session, code, (_, after) => (after, []), ct);
        else
            return new SeeOther(LocalUrl.PageFor(SignIn.Page, returnUrl, "expired"));

        switch (result.Outcome)
        {
            case Tried.TooMany:
                return RequestLimits.TooMany(http, result.Wait, "Too many wrong codes from this address.");
            case Tried.Wrong or Tried.Locked:
                return new SeeOther(LocalUrl.PageFor(Page, returnUrl, result.Outcome == Tried.Wrong ? "code" : "locked"));
            case Tried.Gone:
                firstStep.Forget(http);
                return new SeeOther(LocalUrl.PageFor(SignIn.Page, returnUrl, "expired"));
            case Tried.Accepted when begun is null:
                await sessions.RenewFactorAsync(Callers.SessionOf(http.User)!.Value, CancellationToken.None);
                return new SeeOther(LocalUrl.Or(returnUrl));
            default:
                return await arrival.LetInAsync(http, result.Account!, withFactor: true, returnUrl, ct);
        }
    }

    /// <param name="Code">Six digits of the app, or a recovery code.</param>
    /// <param name="ReturnUrl">A path of this installation.</param>
    internal sealed record Request(string Code, string? ReturnUrl);
}
