using Fleet.Assignment.Domain;
using Fleet.Platform.Lists;
using Fleet.Platform.Security;

namespace Fleet.Assignment.Features.Kits;

/// <summary>Lists kits.</summary>
internal static class ListKits
{
    private static readonly ListOf<Kit, KitView> List = new(KitDocument.Type)
    {
        Filters = [Filter.Text("name", KitDocument.Name)],
        Search = KitDocument.Words,
        SearchedIn = "the name",
        Sorts = [Sort.By("name", KitDocument.Name)],
        Columns =
        [
            Column.Of<KitView>("id", v => v.Id), Column.Of<KitView>("name", v => v.Name),
            Column.Of<KitView>("items", v => v.Items.Select(i => $"{i.Count} {i.Name ?? i.Kind.Wire()}")),
        ],
    };

    public static void MapListKits(this IEndpointRouteBuilder routes) =>
        routes.MapList("/kits", List, KitView.Of).WithName(nameof(ListKits)).WithSummary("Lists kits").RequireRole(Roles.Staff);
}
