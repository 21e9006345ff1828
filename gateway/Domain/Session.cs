namespace Fleet.Gateway.Domain;

/// <summary>A person who signed in, in one browser. It holds as long as its account keeps the stamp it began under.</summary>
internal sealed record Session
{
    /// <summary>UUIDv7, sealed in the browser's cookie; the document's id.</summary>
    public required Guid SessionId { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>The account's, by which it is read.</summary>
    public required string Subject { get; init; }

    /// <summary>The account's when it began.</summary>
    public required Guid Stamp { get; init; }

    public required DateTimeOffset BegunAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When the second factor was last given in it.</summary>
    public DateTimeOffset? FactorAt { get; init; }

    /// <summary>Its owner came from a provider: the ID token it said so with, sealed, until the session ends; null: it began with a password here.</summary>
    public string? SealedIdToken { get; init; }

    /// <summary>When it was ended before its time.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>So long ago the factor may have been given for what only its owner may do.</summary>
    public static readonly TimeSpan FactorAge = TimeSpan.FromMinutes(15);

    /// <summary>The provider answers for what its owner had to prove.</summary>
    public bool IsExternal => SealedIdToken is not null;

    /// <summary>The same session, over; what only a living one needs is gone.</summary>
    public Session Ended(DateTimeOffset now) => this with { EndedAt = now, SealedIdToken = null };

    public bool HasRecentFactor(DateTimeOffset now) => FactorAt is { } at && now - at < FactorAge;

    public bool IsLive(DateTimeOffset now) => EndedAt is null && now < ExpiresAt;

    /// <summary>Whether the account still lets this session in.</summary>
    public bool Holds(Account account, DateTimeOffset now) => IsLive(now) && account.IsOpen && account.AccountId == AccountId && account.Stamp == Stamp;
}
