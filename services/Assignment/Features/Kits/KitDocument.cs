using Fleet.Assignment.Domain;
using Fleet.Platform.Store;

namespace Fleet.Assignment.Features.Kits;

/// <summary>Kits as stored, and by what they are found.</summary>
internal static class KitDocument
{
    public static readonly Field<Kit> Name = new("name", k => Key.Folded(k.Name));

    public static DocumentType<Kit> Type { get; } = new("kits", DocumentIndex<Kit>.OneEach(Name));
}
