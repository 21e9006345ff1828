using System.Security.Claims;
using Fleet.Gateway.Domain;
using Fleet.Gateway.Features.Sessions;
using Fleet.Gateway.Security;
using Microsoft.AspNetCore.Mvc;

namespace Fleet.Gateway.Features.Accounts;

/// <summary>Makes ten new recovery codes for a signed-in person, against a code; those so far are over. 303 to the page that shows them once, or back with what was wrong: code, locked.</summary>
internal static class MakeRecoveryCodes
{
    public static void MapMakeRecoveryCodes(this IEndpointRouteBuilder routes) => routes.MapPost("/second-factor/recovery-codes", Handle).WithName(nameof(MakeRecoveryCodes)).AllowAnonymous()
        .WithMetadata(new RequestSizeLimitAttribute(Form.MaxBytes)).Accepts<SetSecondFactor.Request>(Form.ContentType);

    private static async Task<SeeOther> Handle(HttpContext http, FactorTries tries, SessionStore sessions, FactorSetUp setUp, CancellationToken ct)
    {
        var form = await Form.ReadAsync(http) ?? FormCollection.Empty;
        var returnUrl = form["returnUrl"].ToString();
        if (Callers.SessionOf(http.User) is not { } session || http.User.FindFirstValue("sub") is not { } subject) return new SeeOther(LocalUrl.PageFor(SignIn.Page, SetSecondFactor.Page));

        var codes = Secrets.RecoveryCodes();
        var result = await tries.InSessionAsync(
            http, subject, session, form["code"].ToString(), (secret, after) => (after with { SecondFactor = after.SecondFactor!.With(codes, secret) }, ["recoveryCodesMade"]), ct);
        if (result.Outcome != Tried.Accepted) return SeeWhy(result, returnUrl);
        await sessions.RenewFactorAsync(session, CancellationToken.None);
        setUp.Finish(http, session, codes);
        return new SeeOther(LocalUrl.PageFor(SetSecondFactor.Page, returnUrl));
    }

    /// <summary>Back to the page, which says what was wrong, or shows that there is no factor any more.</summary>
    public static SeeOther SeeWhy(FactorTry refused, string returnUrl) => new(LocalUrl.PageFor(SetSecondFactor.Page, returnUrl, refused.Outcome switch
    {
        Tried.Wrong => "code",
        Tried.Gone => null,
        _ => "locked",
    }));
}
