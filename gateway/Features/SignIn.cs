using Fleet.Gateway.Domain;
using Fleet.Gateway.Limits;
using Fleet.Gateway.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Fleet.Gateway.Features;

/// <summary>Begins a person's session, from the portal's sign-in form: 303 to where they wanted to go, to the change of a one-time password, or back with what was wrong.</summary>
internal static class SignIn
{
    public const string Page = "/sign-in";

    public static void MapSignIn(this IEndpointRouteBuilder routes) => routes.MapPost("/sign-in", Handle).WithName(nameof(SignIn)).AllowAnonymous()
        .WithMetadata(new RequestSizeLimitAttribute(Form.MaxBytes)).Accepts<Request>(Form.ContentType).ProducesProblem(429);

    private static async Task<Results<SeeOther, ProblemHttpResult>> Handle(HttpContext http, Accounts accounts, GuessLimits limits)
    {
        var form = await Form.ReadAsync(http) ?? FormCollection.Empty;
        string userName = form["userName"].ToString().Trim(), password = form["password"].ToString(), returnUrl = form["returnUrl"].ToString();

        using var mayTry = limits.MayTry(http);
        if (!mayTry.IsAcquired) return RequestLimits.TooMany(http, mayTry, "Too many wrong passwords from this address.");
        if (!limits.MayTry(userName)) return new SeeOther(LocalUrl.PageFor(Page, returnUrl, "locked"));

        var person = userName.Length is 0 or > 100 ? null : await accounts.FindAsync(userName, http.RequestAborted);
        if (person is { Kind: not AccountKind.Person }) person = null;
        if (!Accounts.Verify(person, password))
        {
            limits.CountWrong(http, userName);
            return new SeeOther(LocalUrl.PageFor(Page, returnUrl, "credentials"));
        }

        await Callers.SignInAsync(http, person!);
        return new SeeOther(person!.HasOneTimePassword ? LocalUrl.PageFor(ChangePassword.Page, returnUrl) : LocalUrl.Or(returnUrl));
    }

    /// <param name="UserName">Without regard to case.</param>
    /// <param name="Password">As chosen.</param>
    /// <param name="ReturnUrl">A path of this installation.</param>
    internal sealed record Request(string UserName, string Password, string? ReturnUrl);
}
