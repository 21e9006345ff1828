namespace Fleet.Gateway.Domain;

/// <summary>What ties an account to somebody at a provider, whatever they are called there later.</summary>
/// <param name="Issuer">The provider.</param>
/// <param name="Subject">Its id for the person; up to 255 characters, compared letter by letter. Source: OpenID Connect Core, section 2.</param>
internal sealed record ExternalLink(string Issuer, string Subject);

/// <summary>Whether somebody who comes from a provider is let in.</summary>
internal enum ExternalVerdict
{
    Welcome,

    /// <summary>None of their groups means anything here, and they are none of the county's people.</summary>
    NoRole,

    /// <summary>The account is disabled, or the person has left.</summary>
    Disabled,

    /// <summary>An account of this name, or this person's account, has a password here; it is not taken over.</summary>
    ExistsLocally,

    /// <summary>One of the roles needs a second factor, and the provider did not ask for one.</summary>
    NoFactor,
}

/// <summary>Who somebody is in a provider's words.</summary>
internal sealed record ExternalIdentity
{
    // These see what is their own, and their own people's: without a person nothing is.
    private static readonly string[] OfPeople = [Platform.Security.Roles.Employee, Platform.Security.Roles.Manager];

    public required ExternalLink Link { get; init; }

    public required string UserName { get; init; }

    /// <summary>For people to read.</summary>
    public required string Name { get; init; }

    /// <summary>What their groups make them.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>The provider says that it asked for more than a password.</summary>
    public bool HasFactor { get; init; }

    /// <summary>Whether they are let in, and the roles that their account has from now on.</summary>
    /// <param name="linked">The account that is theirs already.</param>
    /// <param name="isTaken">Somebody else's account has the name, or is the person's.</param>
    /// <param name="person">Who they are among the people.</param>
    /// <param name="today">The day it is.</param>
    /// <param name="factorFor">Roles that need a factor which the provider has to name.</param>
    public (ExternalVerdict Verdict, IReadOnlyList<string> Roles) Judge(Account? linked, bool isTaken, Person? person, DateOnly today, IReadOnlyCollection<string> factorFor)
    {
        IReadOnlyList<string> roles = person is null ? [.. Roles.Except(OfPeople)] : Roles.Count > 0 ? Roles : [Platform.Security.Roles.Employee];
        var verdict = linked is null && isTaken ? ExternalVerdict.ExistsLocally
            : linked is { IsOpen: false } || person?.HasLeft(today) == true ? ExternalVerdict.Disabled
            : roles.Count == 0 ? ExternalVerdict.NoRole
            : !HasFactor && roles.Any(factorFor.Contains) ? ExternalVerdict.NoFactor
            : ExternalVerdict.Welcome;
        return (verdict, roles);
    }
}
