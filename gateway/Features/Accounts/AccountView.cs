using Fleet.Gateway.Domain;
using Fleet.Platform.Store;

namespace Fleet.Gateway.Features.Accounts;

/// <summary>A person's account as administrators see it.</summary>
/// <param name="Id">In paths and events.</param>
/// <param name="UserName">To sign in with.</param>
/// <param name="Name">For people to read.</param>
/// <param name="Roles">What it may do.</param>
/// <param name="PersonId">The person in Assignment, if it is one's.</param>
/// <param name="Disabled">Lets nobody in.</param>
/// <param name="HasOneTimePassword">The one-time password has not been changed yet.</param>
/// <param name="SecondFactor">Whether a second factor is set up.</param>
/// <param name="External">It signs in at the identity provider and has no password here.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record AccountView(
    Guid Id, string UserName, string Name, IReadOnlyList<string> Roles, Guid? PersonId, bool Disabled, bool HasOneTimePassword, bool SecondFactor, bool External, DateTimeOffset CreatedAt)
{
    public static AccountView Of(Document<Account> document) => Of(document.State);

    public static AccountView Of(Account a) => new(a.AccountId, a.Subject, a.Name, a.Roles, a.PersonId, a.IsDisabled, a.HasOneTimePassword, a.SecondFactor is not null, a.External is not null, a.CreatedAt);
}
