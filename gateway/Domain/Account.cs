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
internal sealed record Account
{
    /// <summary>UUIDv7; what paths, tokens and events call the account.</summary>
    public required Guid AccountId { get; init; }

    public required AccountKind Kind { get; init; }

    /// <summary>User name or client id, for people to read and type; folded it is the document's id.</summary>
    public required string Subject { get; init; }

    /// <summary>For people to read.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Of the password or the client's secret.</summary>
    public required string SecretHash { get; init; }

    /// <summary>New with everything that ends sessions and tokens; those made under another stamp are over.</summary>
    public required Guid Stamp { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The password must be changed before anything else.</summary>
    public bool HasOneTimePassword { get; init; }

    /// <summary>The person in Assignment, if it is one of them.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>What is asked for besides the password; null: nothing. People's only.</summary>
    public SecondFactor? SecondFactor { get; init; }

    /// <summary>Who it is at the provider that they sign in at; null: they sign in here. Nobody knows a password of an account that has it.</summary>
    public ExternalLink? External { get; init; }

    /// <summary>Lets nobody in.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>Gone; the document goes right after the event that says so.</summary>
    public bool IsRemoved { get; init; }

    /// <summary>Whether it lets anybody in.</summary>
    public bool IsOpen => !IsDisabled && !IsRemoved;

    /// <summary>The roles it may use now: none until a one-time password is changed.</summary>
    public IReadOnlyList<string> UsableRoles => HasOneTimePassword ? [] : Roles;

    /// <summary>The same account under a secret that its owner knows; everything begun before ends.</summary>
    public Account WithSecret(string hash) => this with { SecretHash = hash, HasOneTimePassword = false, Stamp = Guid.CreateVersion7() };

    /// <summary>The same account under a password that must be changed at once.</summary>
    public Account WithOneTimePassword(string hash) => this with { SecretHash = hash, HasOneTimePassword = true, Stamp = Guid.CreateVersion7() };

    /// <summary>The same account with another second factor, or none; everything begun without it ends.</summary>
    public Account WithFactor(SecondFactor? factor) => this with { SecondFactor = factor, Stamp = Guid.CreateVersion7() };

    /// <summary>The same account with everything ended that it began.</summary>
    public Account WithoutSessions() => this with { Stamp = Guid.CreateVersion7() };

    /// <summary>Whether it has one of the roles that nobody uses with a password alone.</summary>
    public bool NeedsFactor(IReadOnlyCollection<string> requiredFor) => Kind == AccountKind.Person && Roles.Any(requiredFor.Contains);

    /// <summary>Other roles, switched off or on, as far as they are given; and what of it was really a change, in the words of <c>AccountChanged.Change</c>.</summary>
    public (Account After, IReadOnlyList<string> Changes) With(IReadOnlyList<string>? roles, bool? isDisabled)
    {
        var after = this;
        List<string> changes = [];
        if (roles is not null && !roles.ToHashSet().SetEquals(Roles))
        {
            after = after with { Roles = roles };
            changes.Add("rolesChanged");
        }

        if (isDisabled is { } disabled && disabled != IsDisabled)
        {
            after = after with { IsDisabled = disabled };
            changes.Add(disabled ? "disabled" : "enabled");
        }

        return changes.Count == 0 ? (this, changes) : (after.WithoutSessions(), changes);
    }

    /// <summary>The same account as the provider has it now; and what of it others need to know.</summary>
    /// <param name="roles">All that it is to have.</param>
    /// <param name="name">For people to read.</param>
    /// <param name="personId">Who it turns out to be, if that was unknown so far.</param>
    public (Account After, IReadOnlyList<string> Changes) Following(IReadOnlyList<string> roles, string name, Guid? personId)
    {
        var (after, changes) = With(roles, isDisabled: null);
        after = after with { Name = name };
        return PersonId is null && personId is not null ? (after with { PersonId = personId }, [.. changes, "linked"]) : (after, changes);
    }
}
