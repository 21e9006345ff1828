using System.Security.Claims;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;

namespace Fleet.Portal.Features.Accesses;

/// <summary>What the acts on a VPN access have in common.</summary>
internal static class AccessActs
{
    /// <summary>Who may act.</summary>
    public static string[] Roles { get; } = [Platform.Security.Roles.It, Platform.Security.Roles.Admin];

    /// <summary>Whether they may act; others are offered nothing.</summary>
    public static bool AreFor(ClaimsPrincipal? user) => user.HasAnyOf(Roles);

    /// <summary>The access's page with a message.</summary>
    public static string Done(Guid id, string what) => $"/accesses/{id}?done={what}";

    /// <summary>The key of a message, or null when the address names none.</summary>
    public static string? Message(string? what) => what is not null && Words.Find($"Access.Done.{what}") is not null ? $"Access.Done.{what}" : null;

    public static Task<Answer<Access>> ReadAsync(FleetApi api, Guid id, CancellationToken ct) => api.GetAsync<Access>($"api/provisioning/accesses/{id}", ct);
}
