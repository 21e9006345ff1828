using System.Security.Claims;
using Fleet.Gateway.Domain;
using Fleet.Gateway.Limits;
using Fleet.Gateway.Security;
using Fleet.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Fleet.Gateway.Features;

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

    private static async Task<Results<SeeOther, ProblemHttpResult>> Handle(HttpContext http, Accounts accounts, GuessLimits limits)
    {
        var form = await Form.ReadAsync(http) ?? FormCollection.Empty;
        string current = form["current"].ToString(), wanted = form["new"].ToString(), returnUrl = form["returnUrl"].ToString();

        if (!Callers.IsPerson(http.User) || await accounts.FindAsync(http.User.FindFirstValue("sub")!, http.RequestAborted) is not { } person)
            return new SeeOther(LocalUrl.PageFor(SignIn.Page, Page));
        if (accounts.IsDemo(person.Subject)) return Problems.Conflict("demo-account", "The demo's accounts keep their password.");

        var error = Refuse(http, limits, person, current) ?? NewPassword.Refuse(person.Subject, current, wanted, form["repeat"].ToString());
        if (error is not null) return new SeeOther(LocalUrl.PageFor(Page, returnUrl, error));

        var changed = await accounts.ChangePasswordAsync(person, wanted, http.RequestAborted);
        if (changed is null) return new SeeOther(LocalUrl.PageFor(Page, returnUrl, "credentials"));

        await Callers.SignInAsync(http, changed);
        return new SeeOther(LocalUrl.Or(returnUrl));
    }

    private static string? Refuse(HttpContext http, GuessLimits limits, Account person, string current)
    {
        using var mayTry = limits.MayTry(http);
        if (!mayTry.IsAcquired || !limits.MayTry(person.Subject)) return "locked";
        if (Accounts.Verify(person, current)) return null;
        limits.CountWrong(http, person.Subject);
        return "credentials";
    }

    /// <param name="Current">The password so far.</param>
    /// <param name="New">12 to 200 characters.</param>
    /// <param name="Repeat">The same again.</param>
    /// <param name="ReturnUrl">A path of this installation.</param>
    internal sealed record Request(string Current, string New, string Repeat, string? ReturnUrl);
}
