using Fleet.Gateway.Domain;
using Fleet.Platform.Store;

namespace Fleet.Gateway.Features.Clients;

/// <summary>A service account as administrators see it.</summary>
/// <param name="Id">In paths and events.</param>
/// <param name="ClientId">For /auth/token.</param>
/// <param name="Roles">What it may do.</param>
/// <param name="Disabled">Gets no tokens.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record ClientView(Guid Id, string ClientId, IReadOnlyList<string> Roles, bool Disabled, DateTimeOffset CreatedAt)
{
    public static ClientView Of(Document<Account> document) => Of(document.State);

    public static ClientView Of(Account a) => new(a.AccountId, a.Subject, a.Roles, a.IsDisabled, a.CreatedAt);
}
