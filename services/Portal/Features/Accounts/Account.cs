using Fleet.Portal.Domain;

namespace Fleet.Portal.Features.Accounts;

/// <summary>A person's account as the gateway shows it to administrators.</summary>
/// <param name="PersonId">The person in Assignment, if it is one's.</param>
/// <param name="Disabled">Lets nobody in.</param>
/// <param name="HasOneTimePassword">The one-time password has not been changed yet.</param>
/// <param name="SecondFactor">Whether a second factor is set up.</param>
/// <param name="External">It signs in at the identity provider and has no password here.</param>
public sealed record Account(
    Guid Id, string UserName, string Name, IReadOnlyList<string> Roles, Guid? PersonId, bool Disabled, bool HasOneTimePassword, bool SecondFactor, DateTimeOffset CreatedAt,
    bool External = false);

/// <summary>The body of a new account.</summary>
public sealed record NewAccount(string? UserName, string? Name, IReadOnlyList<string> Roles, Guid? PersonId);

/// <summary>What is said once: how somebody signs in the first time.</summary>
public sealed record FirstPassword(Guid Id, string UserName, string OneTimePassword);

/// <summary>The body of a reset.</summary>
/// <param name="SecondFactor">Whether the second factor goes too.</param>
public sealed record PasswordReset(bool SecondFactor);

/// <summary>The body of a change of an account, or of a service account; what is null stays as it is.</summary>
public sealed record AccountChange(IReadOnlyList<string>? Roles, bool? Disabled);

/// <summary>A session that has not ended.</summary>
/// <param name="Current">Whether it is the reader's own, of this browser.</param>
public sealed record LiveSession(Guid Id, Guid AccountId, DateTimeOffset BegunAt, DateTimeOffset ExpiresAt, bool Current);

/// <summary>What the pages of accounts have in common.</summary>
internal static class AccountActs
{
    /// <summary>Who may act.</summary>
    public static string[] Roles { get; } = [Platform.Security.Roles.Admin];

    /// <summary>The roles there are, in the order in which forms offer them.</summary>
    public static IReadOnlyList<string> All => Platform.Security.Roles.All;

    /// <summary>No field is at fault when an act on an account is refused.</summary>
    public static IReadOnlyDictionary<string, string> FieldOfCode { get; } = new Dictionary<string, string>();

    public static string Ask(Guid id) => $"auth/accounts/{id}";

    public static string AskSessions(Guid id, string? cursor) => Links.Of("auth/sessions", [("accountId", $"{id}"), ("limit", "200"), ("cursor", cursor)]);

    /// <summary>The roles that a form sent, of those there are.</summary>
    public static IReadOnlyList<string> RolesOf(IFormCollection form) => [.. All.Where(r => form["roles"].Contains(r))];
}
