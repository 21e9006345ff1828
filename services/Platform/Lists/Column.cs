using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace Fleet.Platform.Lists;

/// <summary>One column of a list as CSV.</summary>
/// <param name="Name">Stands in the header row; named after the field.</param>
/// <param name="Value">Text, number, day, instant, id, enum, flag, several of these, or nothing.</param>
public sealed record Column<TView>(string Name, Func<TView, object?> Value)
{
    internal string TextOf(TView view) => Column.Text(Value(view));
}

/// <summary>The usual columns.</summary>
public static class Column
{
    public static Column<TView> Of<TView>(string name, Func<TView, object?> value) => new(name, value);

    /// <summary>The value as JSON would spell it, without quotes; several are separated by semicolons.</summary>
    internal static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        Enum word => JsonNamingPolicy.CamelCase.ConvertName(word.ToString()),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable several => string.Join("; ", several.Cast<object?>().Select(Text)),
        _ => value.ToString() ?? "",
    };
}
