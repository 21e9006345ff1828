using System.Security.Claims;
using Fleet.Gateway.Domain;
using Fleet.Gateway.Features.Sessions;
using Fleet.Gateway.Security;
using Microsoft.AspNetCore.Mvc;

namespace Fleet.Gateway.Features.Accounts;

/// <summary>
/// Takes the second factor from a signed-in person's account, against a code; not from one that must have it. Their other sessions end. 303 to the page, which then
/// offers to set one up, or back with what was wrong: code, locked, required.
/// </summary>
internal static class RemoveSecondFactor
{
    public static void MapRemoveSecondFactor(this IEndpointRouteBuilder routes) => routes.MapPost("/second-factor/remove", Handle).WithName(nameof(RemoveSecondFactor)).AllowAnonymous()
        .WithMetadata(new RequestSizeLimitAttribute(Form.MaxBytes)).Accepts<SetSecondFactor.Request>(Form.ContentType);

    private static async Task<SeeOther> Handle(HttpContext http, AccountStore accounts, FactorTries tries, SecondFactors factors, CancellationToken ct)
    {
        var form = await Form.ReadAsync(http) ?? FormCollection.Empty;
        var returnUrl = form["returnUrl"].ToString();
        if (Callers.SessionOf(http.User) is not { } session || http.User.FindFirstValue("sub") is not { } subject) return new SeeOther(LocalUrl.PageFor(SignIn.Page, SetSecondFactor.Page));
        if (await accounts.FindAsync(subject, AccountKind.Person, ct) is { } person && factors.IsRequiredFor(person))
            return new SeeOther(LocalUrl.PageFor(SetSecondFactor.Page, returnUrl, "required"));

        var result = await tries.InSessionAsync(http, subject, session, form["code"].ToString(), (_, after) => (after.WithFactor(null), ["secondFactorRemoved"]), ct);
        return result.Outcome == Tried.Accepted ? new SeeOther(LocalUrl.PageFor(SetSecondFactor.Page, returnUrl, done: "removed")) : MakeRecoveryCodes.SeeWhy(result, returnUrl);
    }
}
