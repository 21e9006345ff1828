using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace Fleet.Platform.Security;

/// <summary>What callers may be.</summary>
public static class Roles
{
    public const string It = "it";
    public const string Hr = "hr";
    public const string Auditor = "auditor";
    public const string Employee = "employee";
    public const string Manager = "manager";
    public const string Admin = "admin";

    public static IReadOnlyList<string> All { get; } = [It, Hr, Auditor, Employee, Manager, Admin];

    /// <summary>Everyone who works with Fleet for others; employees see only what is their own.</summary>
    public static string[] Staff { get; } = [It, Hr, Auditor, Admin];

    /// <summary>Who also is shown what concerns a unit: its manager, of theirs alone.</summary>
    public static string[] StaffAndManagers { get; } = [.. Staff, Manager];
}

/// <summary>The roles an endpoint was mapped with, most specific first.</summary>
public sealed record RequiredRoles(IReadOnlyList<string> Roles);

/// <summary>How endpoints state who may call them. One that states nothing stops the start.</summary>
public static class RoleRequirement
{
    /// <summary>Only callers who hold one of these roles; others get 403 <c>role-missing</c>.</summary>
    public static TBuilder RequireRole<TBuilder>(this TBuilder builder, params string[] roles) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new RequiredRoles(roles)).RequireAuthorization(new AuthorizeAttribute { Roles = string.Join(',', roles) });
}
