using System.Text.Json;
using Fleet.Contracts;
using Fleet.Gateway.Domain;
using Fleet.Gateway.Features.Accounts;
using Fleet.Gateway.Features.People;
using Fleet.Gateway.Features.Sessions;
using Fleet.Platform;
using Fleet.Platform.Store;
using Microsoft.Extensions.Options;

namespace Fleet.Gateway.Security;

/// <summary>
/// Lets somebody in whom the provider knows: their account is found by issuer and subject, or made at the first time; its roles follow the provider with each sign-in.
/// An account that has a password here is never taken over.
/// </summary>
internal sealed class ExternalArrival(
    AccountStore accounts, IDocumentStore store, Arrival arrival, Provider provider, RefusalLog refusals, FleetCalendar calendar, IOptions<GatewayOptions> options, TimeProvider time)
{
    /// <summary>303 to where they wanted to go, or to the sign-in page with the reason: no-user-name, groups-elsewhere, no-role, no-factor, account-exists-locally, disabled.</summary>
    /// <param name="http">The request with which they came back.</param>
    /// <param name="claims">The ID token's, validated.</param>
    /// <param name="userInfo">What the provider says besides.</param>
    /// <param name="idToken">The ID token itself.</param>
    /// <param name="returnUrl">Where they wanted to go.</param>
    public async Task<SeeOther> LetInAsync(HttpContext http, JsonElement claims, JsonElement? userInfo, string idToken, string? returnUrl, CancellationToken ct)
    {
        var (reading, identity) = options.Value.OpenIdConnect!.ToMap().Read(claims, userInfo);
        if (identity is null) return Refuse(null, reading == ClaimsVerdict.NoUserName ? "no-user-name" : "groups-elsewhere", returnUrl);

        while (true)
        {
            var found = await accounts.FindDocumentAsync(identity.Link, ct);
            var person = await FindPersonAsync(found?.State, identity, ct);
            var owner = person is null ? null : await store.FindByAsync(AccountDocument.PersonId.Is(person.PersonId), ct);
            // Somebody else's account is theirs: whoever has the name at the provider is not that person here.
            if (found is not null && owner is not null && owner.Id != found.Id) person = null;
            var isTaken = found is null && (owner is not null || accounts.IsDemo(identity.UserName) || await accounts.FindDocumentAsync(identity.UserName, ct) is not null);
            var (verdict, roles) = identity.Judge(found?.State, isTaken, person, calendar.DayOf(time.GetUtcNow()), FactorFor());

            // Also of those who are not let in: who has lost their groups has lost their roles.
            if (found is { State.IsOpen: true })
            {
                var (after, changes) = found.State.Following(roles, identity.Name, person?.PersonId);
                if (await KeepAsync(found, after, changes, after.At(http, time.GetUtcNow()), ct) is not { } kept) continue;
                found = kept;
            }

            if (verdict != ExternalVerdict.Welcome) return Refuse(found?.State, WordOf(verdict), returnUrl);
            if (found is null)
            {
                var account = Make(identity, roles, person);
                if (await accounts.AddAsync(account, account.At(http, account.CreatedAt), ct) != Added.Stored) continue;
                return await arrival.LetInAsync(http, account, withFactor: false, returnUrl, ct, provider.Seal(idToken));
            }

            return await arrival.LetInAsync(http, found.State, withFactor: false, returnUrl, ct, provider.Seal(idToken));
        }
    }

    private async Task<Person?> FindPersonAsync(Account? account, ExternalIdentity identity, CancellationToken ct) => account?.PersonId is { } id
        ? (await store.FindAsync<Person>(id, ct))?.State
        : (await store.FindByAsync(PersonDocument.UserName.Is(Key.Folded(identity.UserName)), ct))?.State;

    /// <summary>Null: somebody else wrote first.</summary>
    private async Task<Document<Account>?> KeepAsync(Document<Account> found, Account after, IReadOnlyList<string> changes, Cause cause, CancellationToken ct)
    {
        if (changes.Count > 0) return await accounts.ChangeAsync(found, after, changes, cause, ct);
        return after == found.State || await accounts.KeepAsync(found, after, ct) ? found.With(after) : null;
    }

    private static string WordOf(ExternalVerdict verdict) => verdict switch
    {
        ExternalVerdict.NoRole => "no-role",
        ExternalVerdict.NoFactor => "no-factor",
        ExternalVerdict.ExistsLocally => "account-exists-locally",
        _ => "disabled",
    };

    private IReadOnlyList<string> FactorFor() => options.Value.OpenIdConnect!.TrustProvidersFactor ? [] : options.Value.SecondFactor.Roles;

    private Account Make(ExternalIdentity identity, IReadOnlyList<string> roles, Person? person) => new()
    {
        AccountId = Guid.CreateVersion7(),
        Kind = AccountKind.Person,
        Subject = identity.UserName,
        Name = identity.Name,
        Roles = roles,
        // Of what nobody knows.
        SecretHash = AccountStore.Hash(Secrets.ForClient()),
        Stamp = Guid.CreateVersion7(),
        CreatedAt = time.GetUtcNow(),
        PersonId = person?.PersonId,
        External = identity.Link,
    };

    private SeeOther Refuse(Account? account, string reason, string? returnUrl)
    {
        refusals.Count(account?.AccountId, reason);
        return new SeeOther(LocalUrl.PageFor(SignIn.Page, returnUrl, reason));
    }
}
