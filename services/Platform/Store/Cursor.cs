using System.Buffers.Text;
using System.Text;

namespace Fleet.Platform.Store;

/// <summary>Where a page ended: the last document's sort value and id. Opaque outside.</summary>
/// <param name="SortValue">Empty when the query sorts by id alone.</param>
/// <param name="Id">The last document's id.</param>
public sealed record Cursor(string SortValue, string Id)
{
    private const char Separator = '\u001f';

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{SortValue}{Separator}{Id}"));

    /// <summary>Reads what <see cref="ToString"/> wrote; false for anything else.</summary>
    public static bool TryParse(string? text, out Cursor? cursor)
    {
        cursor = null;
        if (text is null or { Length: > 2000 } || !Base64Url.IsValid(text)) return false;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(Separator);
        if (parts is not [var sortValue, { Length: > 0 } id]) return false;
        cursor = new Cursor(sortValue, id);
        return true;
    }
}
