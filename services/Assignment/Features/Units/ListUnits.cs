using Fleet.Assignment.Domain;
using Fleet.Contracts;
using Fleet.Platform.Lists;
using Fleet.Platform.Security;

namespace Fleet.Assignment.Features.Units;

/// <summary>Lists units as they are today.</summary>
internal static class ListUnits
{
    private static readonly ListOf<Unit, UnitView> List = new(UnitDocument.Type)
    {
        Filters =
        [
            Filter.Id("parentId", UnitDocument.Parent, "Only units that belong to one of these themselves, separated by commas."),
            Filter.Word("kind", UnitDocument.Kind, UnitKinds.All, key: Enums.Name<UnitKind>),
        ],
        Search = UnitDocument.Words,
        SearchedIn = "the name",
        Sorts = [Sort.By("name", UnitDocument.Name)],
        Columns =
        [
            Column.Of<UnitView>("id", v => v.Id), Column.Of<UnitView>("name", v => v.Name), Column.Of<UnitView>("kind", v => v.Kind),
            Column.Of<UnitView>("parentId", v => v.ParentId), Column.Of<UnitView>("begins", v => v.Begins),
        ],
    };

    public static void MapListUnits(this IEndpointRouteBuilder routes) =>
        routes.MapList("/units", List, UnitView.Of).WithName(nameof(ListUnits)).WithSummary("Lists units").RequireRole(Roles.Staff);
}
