using Fleet.Gateway.Domain;
using Fleet.Gateway.Features.Accounts;
using Fleet.Gateway.Features.Sessions;

namespace Fleet.Gateway.Security;

/// <summary>Lets somebody in who has given all that was asked for: the session, its cookie, the browser that is known from now on.</summary>
internal sealed class Arrival(SessionStore sessions, KnownDevice devices, FirstStep firstStep, SecondFactors factors, TimeProvider time)
{
    /// <summary>Where they go now: what their account still lacks, or where they wanted to.</summary>
    /// <param name="http">The request.</param>
    /// <param name="person">Whose account it is.</param>
    /// <param name="withFactor">Whether the second factor was given.</param>
    /// <param name="returnUrl">Where they wanted to go.</param>
    /// <param name="sealedIdToken">What a provider said of them, which then answers for their second factor; null: they came with a password.</param>
    public async Task<SeeOther> LetInAsync(HttpContext http, Account person, bool withFactor, string? returnUrl, CancellationToken ct, string? sealedIdToken = null)
    {
        var now = time.GetUtcNow();
        var session = await sessions.BeginAsync(person, withFactor ? now : null, person.At(http, now), ct, sealedIdToken);
        await Callers.SignInAsync(http, person, session);
        firstStep.Forget(http);
        devices.Remember(http, person);
        return new SeeOther(
            person.HasOneTimePassword ? LocalUrl.PageFor(ChangePassword.Page, returnUrl)
            : !session.IsExternal && factors.IsMissing(person) ? LocalUrl.PageFor(SetSecondFactor.Page, returnUrl)
            : LocalUrl.Or(returnUrl));
    }
}
