namespace Fleet.Portal.Domain;

/// <summary>What a part of a bar counts, and how it is told apart where colours cannot be.</summary>
/// <param name="Mark">The pattern: solid, slant, lines, cross or dots.</param>
/// <param name="Name">As the legend and the head of the table's column say it.</param>
public sealed record BarSeries(string Mark, string Name);

/// <summary>One bar and the line of the table beside it.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Cells">One for each series.</param>
public sealed record BarRow(string Name, IReadOnlyList<BarCell> Cells)
{
    public int Total => Cells.Sum(c => c.Count);
}

/// <param name="Count">How many.</param>
/// <param name="Link">Where they are listed.</param>
/// <param name="Note">What they are made up of, where the number alone says too little.</param>
public sealed record BarCell(int Count, string? Link = null, string? Note = null);

/// <summary>A part of a bar.</summary>
/// <param name="Series">Which of the series it counts.</param>
/// <param name="X">Where it begins, in percent of the picture's width.</param>
/// <param name="Width">In percent of the picture's width.</param>
internal sealed record BarPart(int Series, double X, double Width);

/// <summary>Turns counts into bars of several parts. Pure: the same counts draw the same picture.</summary>
internal static class Bars
{
    /// <summary>The parts of one bar from left to right; the longest bar of the picture is as wide as the picture. What counts nobody has no part.</summary>
    public static IReadOnlyList<BarPart> Parts(BarRow row, IReadOnlyList<BarRow> all)
    {
        var longest = Math.Max(1, all.Max(r => r.Total));
        var parts = new List<BarPart>();
        var before = 0;
        foreach (var (series, cell) in row.Cells.Index())
        {
            if (cell.Count > 0) parts.Add(new(series, 100.0 * before / longest, 100.0 * cell.Count / longest));
            before += cell.Count;
        }
        return parts;
    }
}
