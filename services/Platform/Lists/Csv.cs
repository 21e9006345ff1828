using System.Buffers;
using System.Text;
using Fleet.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Fleet.Platform.Lists;

/// <summary>
/// Tables as CSV (RFC 4180), comma-separated, in UTF-8 with a byte order mark, without which Excel takes umlauts for something else. Written by hand:
/// a row is a few lines, and only so is a cell's text, and nothing else, kept from being read as a formula.
/// </summary>
public static class Csv
{
    public const string MediaType = "text/csv";

    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create("\",\r\n");

    /// <summary>Whether the client would rather have a table than JSON.</summary>
    public static bool IsWanted(HttpContext http)
    {
        http.Response.Headers.Append("Vary", "Accept");
        var accepted = http.Request.GetTypedHeaders().Accept.Where(a => a.Quality is not 0).OrderByDescending(a => a.Quality ?? 1);
        return accepted.FirstOrDefault(a => a.MatchesAllTypes || a.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase)
            || a.MediaType.StartsWith("application/", StringComparison.OrdinalIgnoreCase)) is { MatchesAllTypes: false } first
            && first.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>One cell. Text that a spreadsheet would take for a formula gets an apostrophe before it. Source: OWASP, CSV injection.</summary>
    internal static string Cell(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r') text = "'" + text;
        return text.AsSpan().ContainsAny(NeedsQuotes) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    internal static string Row(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";
}

/// <summary>A table as CSV, page by page, so that its length costs no memory.</summary>
/// <param name="Name">Names the file.</param>
/// <param name="Columns">The header row's names and the cells.</param>
/// <param name="Pages">The lines. The first page is read before the answer begins, so that what is wrong then is still a problem with a status.</param>
public sealed record CsvAnswer<TView>(string Name, IReadOnlyList<Column<TView>> Columns, IAsyncEnumerable<IReadOnlyList<TView>> Pages) : IResult
{
    private static readonly UTF8Encoding Utf8WithMark = new(encoderShouldEmitUTF8Identifier: true);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        foreach (var name in (string[])["limit", "cursor"])
        {
            if (httpContext.Request.Query.ContainsKey(name)) throw new BadRequestException(name, "A table (Accept: text/csv) always holds all lines; leave this out.");
        }

        var ct = httpContext.RequestAborted;
        await using var pages = Pages.GetAsyncEnumerator(ct);
        var more = await pages.MoveNextAsync();

        httpContext.Response.ContentType = $"{Csv.MediaType}; charset=utf-8; header=present";
        httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"{Name}.csv\"";
        // The headers are all that a HEAD asks for; the table may be long.
        if (HttpMethods.IsHead(httpContext.Request.Method)) return;

        await using var writer = new StreamWriter(httpContext.Response.Body, Utf8WithMark, leaveOpen: true);
        await writer.WriteAsync(Csv.Row(Columns.Select(c => c.Name)));
        while (more)
        {
            foreach (var line in pages.Current) await writer.WriteAsync(Csv.Row(Columns.Select(c => c.TextOf(line))));
            await writer.FlushAsync(ct);
            more = await pages.MoveNextAsync();
        }
    }
}
