using Fleet.Portal.Parts;

namespace Fleet.Portal.Features.Clients;

/// <summary>A service account as the gateway shows it to administrators.</summary>
/// <param name="Disabled">Gets no tokens.</param>
public sealed record Client(Guid Id, string ClientId, IReadOnlyList<string> Roles, bool Disabled, DateTimeOffset CreatedAt);

/// <summary>The body of a new service account.</summary>
public sealed record NewClient(string? ClientId, IReadOnlyList<string> Roles);

/// <summary>What is said once: how a program asks for tokens.</summary>
public sealed record OneTimeSecret(Guid Id, string ClientId, string ClientSecret);

/// <summary>An act on a service account, to be confirmed.</summary>
/// <param name="Act">disable, enable, rotate or remove; also the end of its texts' keys.</param>
/// <param name="Version">Of the service account, as it was shown, where the act depends on it.</param>
public sealed record ClientActForm(Guid Id, string ClientId, string Act, string Key, string? Version, IReadOnlyList<FormError> Errors);

/// <summary>What the pages of service accounts have in common.</summary>
internal static class ClientActs
{
    public static readonly Dictionary<string, string> FieldOfCode = new() { ["client-exists"] = "clientId" };

    public static string Ask(Guid id) => $"auth/clients/{id}";
}
