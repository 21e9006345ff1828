namespace Fleet.Gateway.Domain;

/// <summary>Who an account is for.</summary>
internal enum AccountKind
{
    /// <summary>Signs in with a password.</summary>
    Person,

    /// <summary>A program that asks for tokens with its secret: a service account.</summary>
    Client,
}

/// <summary>Somebody, or some program, that the gateway lets in.</summary>
/// <param name="Kind">Person or client.</param>
/// <param name="Subject">User name or client id; what tokens and the audit log call the account.</param>
/// <param name="Name">For people to read.</param>
/// <param name="Roles">What it may do.</param>
/// <param name="SecretHash">Of the password or the client's secret.</param>
/// <param name="HasOneTimePassword">The password must be changed before anything else.</param>
/// <param name="Stamp">New with every password; sessions begun under another stamp are over.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="PersonId">The person in Assignment, if it is one of them.</param>
internal sealed record Account(
    AccountKind Kind, string Subject, string Name, IReadOnlyList<string> Roles, string SecretHash, bool HasOneTimePassword, Guid Stamp, DateTimeOffset CreatedAt, Guid? PersonId = null)
{
    /// <summary>The roles it may use now: none until a one-time password is changed.</summary>
    public IReadOnlyList<string> UsableRoles => HasOneTimePassword ? [] : Roles;

    /// <summary>The same account under a password its owner chose; other sessions end.</summary>
    public Account WithPassword(string hash, Guid stamp) => this with { SecretHash = hash, HasOneTimePassword = false, Stamp = stamp };
}
