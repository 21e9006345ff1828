using System.Security.Claims;

namespace Fleet.Portal.Web;

internal static class Users
{
    /// <summary>Whether the reader has one of these roles; others are offered nothing that would refuse them.</summary>
    public static bool HasAnyOf(this ClaimsPrincipal? user, IReadOnlyList<string> roles) => user is not null && roles.Any(user.IsInRole);
}
