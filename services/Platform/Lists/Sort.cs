using Fleet.Platform.Store;

namespace Fleet.Platform.Lists;

/// <summary>One order of a list: <c>sort={name}</c>, or <c>sort=-{name}</c> for the reverse.</summary>
/// <param name="Name">Named after the field.</param>
/// <param name="Field">Should have a value in every document: those without are left out. Null: by id, which is the order of creation.</param>
public sealed record Sort<T>(string Name, Field<T>? Field) where T : class;

/// <summary>The usual orders.</summary>
public static class Sort
{
    /// <summary>By a declared field.</summary>
    public static Sort<T> By<T>(string name, Field<T> field) where T : class => new(name, field);
}
