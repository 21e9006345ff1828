using Fleet.Contracts;
using Fleet.Gateway.Domain;
using Fleet.Platform.Store;

namespace Fleet.Gateway.Features.Accounts;

/// <summary>What others learn of accounts: everything but secrets.</summary>
internal static class AccountEvents
{
    /// <summary>One event per change; <paramref name="after"/> is what the write of <paramref name="before"/> will store.</summary>
    public static IReadOnlyList<PendingEvent> Changed(Document<Account> before, Account after, IReadOnlyList<string> changes, Cause cause, string? reason = null) =>
    [
        .. changes.Select((change, i) => new AccountChanged
        {
            Meta = cause.Meta(after.AccountId, before.Version + 1, before.Events + 1 + i, cause.RecordedAt, before.ToldAt),
            Account = after.ToState(),
            Change = change,
            Reason = reason,
        }.Pending()),
    ];

    public static PendingEvent Removed(Document<Account> before, Account after, Cause cause) => new AccountRemoved
    {
        Meta = cause.Meta(after.AccountId, before.Version + 1, before.Events + 1, cause.RecordedAt, before.ToldAt),
        Account = after.ToState(),
    }.Pending();

    public static AccountState ToState(this Account account) => new()
    {
        AccountId = account.AccountId,
        Subject = account.Subject,
        Name = account.Name,
        Kind = AccountDocument.WordOf(account.Kind),
        Roles = account.Roles,
        PersonId = account.PersonId,
        Disabled = account.IsDisabled,
    };
}
