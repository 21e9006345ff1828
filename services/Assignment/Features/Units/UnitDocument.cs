using Fleet.Assignment.Domain;
using Fleet.Platform.Store;

namespace Fleet.Assignment.Features.Units;

/// <summary>Units as stored, and by what they are found.</summary>
internal static class UnitDocument
{
    public static readonly Field<Unit> Parent = new("parent", u => u.Current.ParentId is { } parent ? Key.Of(parent) : null);
    public static readonly Field<Unit> Kind = new("kind", u => u.Kind.ToString());

    /// <summary>For sorting: the name without regard to case and accents.</summary>
    public static readonly Field<Unit> Name = new("name", u => string.Join(' ', Key.Words(u.Current.Name)));
    public static readonly Field<Unit> Words = Field<Unit>.Many("words", u => Key.Words(u.Current.Name));

    public static DocumentType<Unit> Type { get; } = new("units",
        DocumentIndex<Unit>.On(Parent, Kind), DocumentIndex<Unit>.On(Kind), DocumentIndex<Unit>.On(Parent), DocumentIndex<Unit>.On(Name), DocumentIndex<Unit>.On(Words));
}
