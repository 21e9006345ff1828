using System.Security.Claims;
using Fleet.Platform.Security;
using Fleet.Portal.Web;

namespace Fleet.Portal.Parts;

/// <summary>The entries of the frame: which page is for whom. Nobody is led to a page that would refuse them.</summary>
internal static class Navigation
{
    /// <summary>All there are, in their order.</summary>
    private static readonly IReadOnlyList<NavigationEntry> Entries =
    [
        new("Counter", "/counter", [Roles.It, Roles.Admin]),
        new("Devices", "/devices", Roles.Staff),
        new("Handovers", "/handovers", Roles.Staff),
        new("Starters", "/cases", Roles.Staff),
        new("Leavers", "/people/leavers", Roles.Staff),
        new("People", "/people", Roles.Staff),
        new("Units", "/units", Roles.Staff),
        new("Accesses", "/accesses", Roles.Staff),
        new("Gateways", "/vpn-gateways", Roles.Staff),
        new("Coverage", "/coverage", Roles.Staff),
        new("Log", "/log", [Roles.Auditor, Roles.Admin]),
        new("Admin", "/admin", [Roles.Admin]),
        new("Accounts", "/admin/accounts", [Roles.Admin]),
        new("Clients", "/admin/clients", [Roles.Admin]),
        new("Team", "/team", [Roles.Manager]),
        new("Me", "/me", [Roles.Employee]),
    ];

    /// <summary>What each role works with daily, at most seven: these stand in the frame. The rest is a click away, on the start page.</summary>
    private static readonly IReadOnlyDictionary<string, string[]> Daily = new Dictionary<string, string[]>
    {
        [Roles.It] = ["Counter", "Devices", "Handovers", "Starters", "People", "Accesses", "Coverage"],
        [Roles.Hr] = ["Starters", "Leavers", "People", "Units", "Devices", "Coverage"],
        [Roles.Auditor] = ["Coverage", "Log", "People", "Devices", "Handovers"],
        [Roles.Admin] = ["Devices", "Starters", "People", "Coverage", "Log", "Admin", "Accounts"],
        [Roles.Manager] = ["Team"],
        [Roles.Employee] = ["Me"],
    };

    /// <summary>The entries that stand in the frame for this caller.</summary>
    public static IReadOnlyList<NavigationEntry> For(ClaimsPrincipal? user) =>
        user is null ? [] : [.. Entries.Where(e => Daily.Any(d => user.IsInRole(d.Key) && d.Value.Contains(e.Key)))];

    /// <summary>Every entry that this caller may open.</summary>
    public static IReadOnlyList<NavigationEntry> AllFor(ClaimsPrincipal? user) => [.. Entries.Where(e => user.HasAnyOf(e.Roles))];

    /// <summary>The one of these entries that a page belongs to: of several the closest, as leavers lie below people.</summary>
    public static NavigationEntry? Of(PathString page, IReadOnlyList<NavigationEntry> entries) => entries.Where(e => page.StartsWithSegments(e.Path, StringComparison.Ordinal)).MaxBy(e => e.Path.Length);
}

/// <param name="Key">The key of its text.</param>
/// <param name="Path">Its page; all below it belong to it.</param>
/// <param name="Roles">Whom it is for.</param>
public sealed record NavigationEntry(string Key, string Path, IReadOnlyList<string> Roles);
