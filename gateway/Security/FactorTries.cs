using Fleet.Contracts;
using Fleet.Gateway.Domain;
using Fleet.Gateway.Features.Sessions;
using Fleet.Gateway.Limits;
using Fleet.Platform.Store;

namespace Fleet.Gateway.Security;

/// <summary>What became of a try at a code.</summary>
internal enum Tried
{
    Accepted,
    Wrong,

    /// <summary>Too many wrong ones for this account.</summary>
    Locked,

    /// <summary>Too many wrong ones from this sender.</summary>
    TooMany,

    /// <summary>There is no such account any more, it has changed, or it has no second factor.</summary>
    Gone,
}

/// <param name="Outcome">What became of it.</param>
/// <param name="Account">As it is after it was accepted.</param>
/// <param name="Wait">When there were too many: after how long to come back.</param>
internal sealed record FactorTry(Tried Outcome, Account? Account = null, TimeSpan Wait = default);

/// <summary>
/// Takes codes of a second factor: counted as passwords are, and each used up in the same conditional write as what it is for, so that of two gateways that are sent
/// the same one only the first accepts it.
/// </summary>
internal sealed class FactorTries(AccountStore accounts, GuessLimits limits, KnownDevice devices, RefusalLog refusals, SecondFactors factors, TimeProvider time)
{
    /// <summary>A code of somebody who has given the right password.</summary>
    public Task<FactorTry> AtSignInAsync(HttpContext http, (string Subject, Guid Stamp) firstStep, string typed, CancellationToken ct) => TryAsync(
        http, firstStep.Subject, typed, new(
            a => a.Stamp == firstStep.Stamp,
            id => limits.BeginAsync(id, ClientNetwork.Of(http.Connection.RemoteIpAddress), devices.IdFor(http, id), ct),
            (_, after) => (after, []),
            Staying: null), ct);

    /// <summary>A code of somebody who is signed in, for something that they do to their own account.</summary>
    /// <param name="http">The request.</param>
    /// <param name="subject">Who.</param>
    /// <param name="session">Not its sender is counted: nobody outside the session uses up its tries.</param>
    /// <param name="typed">The code, or a recovery code.</param>
    /// <param name="act">What the account is after it, given the opened secret and the account after the code is used up; and its words in events.</param>
    public Task<FactorTry> InSessionAsync(
        HttpContext http, string subject, Guid session, string typed, Func<FactorSecret, Account, (Account After, IReadOnlyList<string> Changes)> act, CancellationToken ct) =>
        TryAsync(http, subject, typed, new(_ => true, id => limits.BeginAsync(id, "", $"session {session}", ct), act, session), ct);

    private async Task<FactorTry> TryAsync(HttpContext http, string subject, string typed, Plan plan, CancellationToken ct)
    {
        while (await accounts.FindDocumentAsync(subject, ct) is { State: { Kind: AccountKind.Person, IsOpen: true, SecondFactor: { } factor } person } found && plan.Holds(person))
        {
            using var guess = await plan.BeginAsync(found.Id);
            if (guess.Refusal != Refusal.None)
            {
                refusals.Count(person.AccountId, "locked");
                return new FactorTry(guess.Refusal == Refusal.TooMany ? Tried.TooMany : Tried.Locked, Wait: guess.Wait);
            }

            var now = time.GetUtcNow();
            var secret = factors.SecretOf(person);
            if (secret is null || factor.Use(typed, secret, now) is not { } used)
            {
                guess.Wrong();
                refusals.Count(person.AccountId, "code");
                return new FactorTry(Tried.Wrong);
            }

            var (after, changes) = plan.Act(secret, person with { SecondFactor = used.After });
            if (used.IsRecovery) changes = ["recoveryCodeUsed", .. changes];
            if (!await WriteAsync(found, after, changes, person.At(http, now), plan.Staying, ct)) continue;
            guess.Right();
            return new FactorTry(Tried.Accepted, after);
        }

        return new FactorTry(Tried.Gone);
    }

    private async Task<bool> WriteAsync(Document<Account> found, Account after, IReadOnlyList<string> changes, Cause cause, Guid? staying, CancellationToken ct) =>
        changes.Count == 0 ? await accounts.KeepAsync(found, after, ct) : await accounts.ChangeAsync(found, after, changes, cause, ct, staying: staying) is not null;

    /// <param name="Holds">Whether the account is still the one it was.</param>
    /// <param name="BeginAsync">Whose tries it takes from, by the account's document.</param>
    /// <param name="Act">What happens with the code.</param>
    /// <param name="Staying">The session that goes on.</param>
    private sealed record Plan(
        Func<Account, bool> Holds, Func<string, Task<Guess>> BeginAsync, Func<FactorSecret, Account, (Account After, IReadOnlyList<string> Changes)> Act, Guid? Staying);
}
