using System.Security.Claims;
using Fleet.Platform.Security;

namespace Fleet.Portal.Parts;

/// <summary>The entries of the frame: which page is for whom. Nobody is led to a page that would refuse them.</summary>
internal static class Navigation
{
    private static readonly IReadOnlyList<Entry> Entries =
    [
        new("Counter", "/counter", [Roles.It, Roles.Admin]),
        new("Devices", "/devices", Roles.Staff),
        new("Handovers", "/handovers", Roles.Staff),
        new("Starters", "/cases", Roles.Staff),
        new("People", "/people", Roles.Staff),
        new("Units", "/units", Roles.Staff),
        new("Accesses", "/accesses", Roles.Staff),
        new("Coverage", "/coverage", Roles.Staff),
        new("Log", "/log", [Roles.Auditor, Roles.Admin]),
        new("Me", "/me", [Roles.Employee]),
    ];

    /// <summary>What each role begins with; whoever has several, with the first.</summary>
    private static readonly IReadOnlyList<(string Role, string Path)> Starts =
    [
        (Roles.It, "/counter"),
        (Roles.Hr, "/cases"),
        (Roles.Auditor, "/coverage"),
        (Roles.Admin, "/coverage"),
        (Roles.Employee, "/me"),
    ];

    /// <summary>The entries for this caller, in their order.</summary>
    public static IReadOnlyList<Entry> For(ClaimsPrincipal? user) => user is null ? [] : [.. Entries.Where(e => e.Roles.Any(user.IsInRole))];

    /// <summary>Where this caller begins. Null: there is nothing for them.</summary>
    public static string? StartOf(ClaimsPrincipal? user) => user is null ? null : Starts.Where(s => user.IsInRole(s.Role)).Select(s => s.Path).FirstOrDefault();

    /// <param name="Key">The key of its text.</param>
    /// <param name="Path">Its page; all below it belong to it.</param>
    /// <param name="Roles">Whom it is for.</param>
    internal sealed record Entry(string Key, string Path, IReadOnlyList<string> Roles);
}
