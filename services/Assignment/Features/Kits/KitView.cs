using Fleet.Assignment.Domain;
using Fleet.Platform.Store;

namespace Fleet.Assignment.Features.Kits;

internal sealed record KitView(Guid Id, string Name, IReadOnlyList<KitItem> Items)
{
    public static KitView Of(Document<Kit> kit) => Of(kit.State);

    public static KitView Of(Kit kit) => new(kit.KitId, kit.Name, kit.Items);
}
