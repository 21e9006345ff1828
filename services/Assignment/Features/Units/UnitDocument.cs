using Fleet.Assignment.Domain;
using Fleet.Platform.Store;

namespace Fleet.Assignment.Features.Units;

/// <summary>Units as stored, and by what they are found.</summary>
internal static class UnitDocument
{
    public static readonly Field<Unit> Parent = new("parent", u => u.Current.ParentId is { } parent ? Key.Of(parent) : null);
    public static readonly Field<Unit> Kind = new("kind", u => u.Kind.ToString());

    public static DocumentType<Unit> Type { get; } = new("units",
        DocumentIndex<Unit>.On(Parent, Kind), DocumentIndex<Unit>.On(Kind), DocumentIndex<Unit>.On(Parent));
}
