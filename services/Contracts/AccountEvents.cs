using MassTransit;

namespace Fleet.Contracts;

/// <summary>An account was made or changed: its roles, password, second factor, secret, whether it is disabled. Aggregate: the account.</summary>
[MessageUrn("fleet.gateway.account-changed.v1")]
[EntityName("fleet.gateway.account-changed.v1")]
public sealed record AccountChanged : IFleetEvent
{
    public EventMeta Meta { get; init; } = new();

    public AccountState Account { get; init; } = new();

    /// <summary>What changed: created, rolesChanged, disabled, enabled, passwordReset, passwordChanged, secondFactorSet, secondFactorRemoved,
    /// recoveryCodesMade, recoveryCodeUsed, secretRotated, sessionsEnded or linked (an account that signs in elsewhere turned out to be a person's).</summary>
    public string Change { get; init; } = "";

    /// <summary>Why, in a few words (the person has left); null: somebody just did it.</summary>
    public string? Reason { get; init; }
}

/// <summary>An account is gone for good. Aggregate: the account.</summary>
[MessageUrn("fleet.gateway.account-removed.v1")]
[EntityName("fleet.gateway.account-removed.v1")]
public sealed record AccountRemoved : IFleetEvent
{
    public EventMeta Meta { get; init; } = new();

    public AccountState Account { get; init; } = new();
}

/// <summary>Somebody signed in; the session's id is the aggregate's.</summary>
[MessageUrn("fleet.gateway.signed-in.v1")]
[EntityName("fleet.gateway.signed-in.v1")]
public sealed record SignedIn : IFleetEvent
{
    public EventMeta Meta { get; init; } = new();

    public Guid AccountId { get; init; }
}

/// <summary>Somebody's session ended before its time. Aggregate: the session.</summary>
[MessageUrn("fleet.gateway.signed-out.v1")]
[EntityName("fleet.gateway.signed-out.v1")]
public sealed record SignedOut : IFleetEvent
{
    public EventMeta Meta { get; init; } = new();

    public Guid AccountId { get; init; }

    /// <summary>signedOut (by themselves), revoked (by somebody else) or accountChanged.</summary>
    public string Reason { get; init; } = "";
}

/// <summary>Somebody was not let in. Aggregate: the refusal itself. What was typed as a name stands here only if there is such an account.</summary>
[MessageUrn("fleet.gateway.sign-in-refused.v1")]
[EntityName("fleet.gateway.sign-in-refused.v1")]
public sealed record SignInRefused : IFleetEvent
{
    public EventMeta Meta { get; init; } = new();

    /// <summary>The account it was tried with; null: there is none of that name.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>credentials, code (after the right password, or in a session), locked or disabled; of somebody whom the identity provider let in: no-user-name,
    /// groups-elsewhere, no-role, no-factor, account-exists-locally or disabled.</summary>
    public string Reason { get; init; } = "";

    /// <summary>How many refusals this one stands for; those of one sender follow each other fast.</summary>
    public int Count { get; init; }
}

/// <summary>An account as the gateway knows it, without secrets.</summary>
public sealed record AccountState
{
    public Guid AccountId { get; init; }

    /// <summary>User name or client id.</summary>
    public string Subject { get; init; } = "";

    /// <summary>For people to read.</summary>
    public string Name { get; init; } = "";

    /// <summary>One of <see cref="AccountKinds"/>.</summary>
    public string Kind { get; init; } = "";

    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The person in Assignment, if the account is one's.</summary>
    public Guid? PersonId { get; init; }

    public bool Disabled { get; init; }
}
