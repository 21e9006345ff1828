using Fleet.Portal.Parts;

namespace Fleet.Portal.Features.Accounts;

/// <summary>An act on an account, to be confirmed.</summary>
/// <param name="Act">disable, enable or reset; also the end of its texts' keys.</param>
/// <param name="Version">Of the account, as it was shown, where the act depends on it.</param>
public sealed record AccountActForm(Guid Id, string UserName, string Act, string Key, string? Version, IReadOnlyList<FormError> Errors)
{
    /// <summary>Whether there is a second factor that could go with it.</summary>
    public bool HasFactor { get; init; }

    /// <summary>Whether it is to go.</summary>
    public bool GoesWithFactor { get; init; }
}
