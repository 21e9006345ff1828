using Fleet.Platform.Store;

namespace Fleet.Tests.Unit.Platform;

public sealed class CursorTests
{
    [Theory]
    [InlineData("", "id"), InlineData("Ä b", "0198"), InlineData("2020-02-29", "x")]
    public void A_cursor_reads_back_what_it_wrote(string sortValue, string id)
    {
        Cursor.TryParse(new Cursor(sortValue, id).ToString(), out var read).ShouldBeTrue();
        read.ShouldBe(new Cursor(sortValue, id));
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("not base64!"), InlineData("AAAA"), InlineData("aWQ")]
    public void Anything_else_is_refused(string? text) => Cursor.TryParse(text, out _).ShouldBeFalse();
}
