using Fleet.Gateway.Domain;
using Fleet.Gateway.Features.Accounts;
using Fleet.Gateway.Limits;
using Fleet.Gateway.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Fleet.Gateway.Features.Sessions;

/// <summary>
/// Begins a person's session, from the portal's sign-in form: 303 to where they wanted to go, to what their account still lacks, to the question for their second
/// factor if they have one, or back with what was wrong: credentials, locked, or, with the right password, disabled.
/// </summary>
internal static class SignIn
{
    public const string Page = "/sign-in";

    public static void MapSignIn(this IEndpointRouteBuilder routes) => routes.MapPost("/sign-in", Handle).WithName(nameof(SignIn)).AllowAnonymous()
        .WithMetadata(new RequestSizeLimitAttribute(Form.MaxBytes)).Accepts<Request>(Form.ContentType).ProducesProblem(429).ProducesProblem(503);

    private static async Task<Results<SeeOther, ProblemHttpResult>> Handle(
        HttpContext http, AccountStore accounts, GuessLimits limits, KnownDevice devices, RefusalLog refusals, FirstStep firstStep, Arrival arrival, CancellationToken ct)
    {
        var form = await Form.ReadAsync(http) ?? FormCollection.Empty;
        string userName = form["userName"].ToString().Trim(), password = form["password"].ToString(), returnUrl = form["returnUrl"].ToString();
        if (userName.Length is 0 or > 100) userName = "?";

        // Read first, whether or not there is room to try: both take the same time for names that exist and others.
        var person = await accounts.FindAsync(userName, AccountKind.Person, ct);
        var id = AccountDocument.IdOf(userName);
        using var guess = await limits.BeginAsync(id, ClientNetwork.Of(http.Connection.RemoteIpAddress), devices.IdFor(http, id), ct);
        if (guess.Refusal != Refusal.None)
        {
            refusals.Count(person?.AccountId, "locked");
            return guess.Refusal == Refusal.TooMany
                ? RequestLimits.TooMany(http, guess.Wait, "Too many wrong passwords from this address.")
                : new SeeOther(LocalUrl.PageFor(Page, returnUrl, "locked"));
        }

        if (!AccountStore.Verify(person, password))
        {
            guess.Wrong();
            refusals.Count(person?.AccountId, "credentials");
            return new SeeOther(LocalUrl.PageFor(Page, returnUrl, "credentials"));
        }

        if (!person!.IsOpen)
        {
            refusals.Count(person.AccountId, "disabled");
            return new SeeOther(LocalUrl.PageFor(Page, returnUrl, "disabled"));
        }

        if (person.SecondFactor is not null)
        {
            firstStep.Remember(http, person);
            return new SeeOther(LocalUrl.PageFor(SignInWithCode.Page, returnUrl));
        }

        guess.Right();
        return await arrival.LetInAsync(http, person, withFactor: false, returnUrl, ct);
    }

    /// <param name="UserName">Without regard to case.</param>
    /// <param name="Password">As chosen.</param>
    /// <param name="ReturnUrl">A path of this installation.</param>
    internal sealed record Request(string UserName, string Password, string? ReturnUrl);
}
