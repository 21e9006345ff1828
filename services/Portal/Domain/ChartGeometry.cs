using System.Globalization;
using System.Text;

namespace Fleet.Portal.Domain;

/// <summary>Where the plot lies in its drawing, in the drawing's own units.</summary>
/// <param name="Width">Of the drawing.</param>
/// <param name="Height">Of the drawing.</param>
/// <param name="Left">Room for the percentages.</param>
/// <param name="Right">Room for the lines' labels.</param>
/// <param name="Top">Room for the axis's name.</param>
/// <param name="Bottom">Room for the days.</param>
/// <param name="MaxTicks">As many days as the axis has room for.</param>
public sealed record ChartFrame(double Width, double Height, double Left, double Right, double Top, double Bottom, int MaxTicks)
{
    /// <summary>For screens and paper.</summary>
    public static ChartFrame Wide { get; } = new(1040, 360, 52, 130, 34, 40, 10);

    /// <summary>For a phone held upright; the type keeps its size.</summary>
    public static ChartFrame Narrow { get; } = new(360, 310, 54, 66, 34, 40, 4);

    public double PlotRight => Width - Right;

    public double PlotBottom => Height - Bottom;
}

/// <summary>A day on the axis; <paramref name="Major"/> marks the ones at which a year begins.</summary>
internal sealed record DayTick(DateOnly Day, double X, bool Major);

/// <summary>Turns days and percentages into coordinates. Pure: the same input draws the same picture.</summary>
internal sealed class ChartGeometry(ChartFrame frame, DateOnly from, DateOnly to)
{
    /// <summary>What nobody sees: half of the drawing's unit, of which a percent has some three.</summary>
    private const double Unseen = 0.5;

    public double X(DateOnly day) => from == to
        ? (frame.Left + frame.PlotRight) / 2
        : frame.Left + ((frame.PlotRight - frame.Left) * (day.DayNumber - from.DayNumber) / (to.DayNumber - from.DayNumber));

    public double Y(decimal percent) => frame.PlotBottom - ((frame.PlotBottom - frame.Top) * (double)percent / 100);

    /// <summary>
    /// The d attribute of a line. Days without a percentage leave a gap; a day that lies where the line is anyway is no point of it.
    /// </summary>
    public string Line(IEnumerable<(DateOnly Day, decimal? Percent)> points)
    {
        var path = new StringBuilder();
        var stretch = new List<(double X, double Y)>();
        foreach (var (day, percent) in points)
        {
            if (percent is { } p) stretch.Add((X(day), Y(p)));
            else Draw();
        }
        Draw();
        return path.ToString();

        void Draw()
        {
            foreach (var (index, (x, y)) in Bends(stretch).Index()) path.Append(path.Length > 0 ? " " : "").Append(index == 0 ? 'M' : 'L').Append(Number(x)).Append(' ').Append(Number(y));
            stretch.Clear();
        }
    }

    /// <summary>Between two and the frame's number of days, at equal calendar distances.</summary>
    public IReadOnlyList<DayTick> Ticks()
    {
        foreach (var days in (int[])[1, 2, 7, 14])
        {
            if ((to.DayNumber - from.DayNumber) / days < frame.MaxTicks && to.DayNumber - from.DayNumber < 8 * 7) return Every(from, d => d.AddDays(days));
        }
        foreach (var months in (int[])[1, 2, 3, 6, 12, 24, 60, 120])
        {
            var first = new DateOnly(from.Year, 1, 1);
            while (first < from) first = first.AddMonths(months);
            var ticks = Every(first, d => d.AddMonths(months));
            if (ticks.Count <= frame.MaxTicks) return ticks;
        }
        return [Tick(from), Tick(to)];

        IReadOnlyList<DayTick> Every(DateOnly first, Func<DateOnly, DateOnly> next)
        {
            var ticks = new List<DayTick>();
            for (var day = first; day <= to; day = next(day)) ticks.Add(Tick(day));
            return ticks;
        }

        DayTick Tick(DateOnly day) => new(day, X(day), day.DayOfYear == 1);
    }

    /// <summary>Moves labels apart, down or up as little as possible, so that none covers another or leaves the plot. In the order given.</summary>
    public IReadOnlyList<double> Spread(IReadOnlyList<double> wanted, double gap)
    {
        var order = Enumerable.Range(0, wanted.Count).OrderBy(i => wanted[i]).ToList();
        var placed = wanted.ToArray();
        for (var i = 1; i < order.Count; i++) placed[order[i]] = Math.Max(placed[order[i]], placed[order[i - 1]] + gap);
        var limit = frame.PlotBottom;
        foreach (var i in Enumerable.Reverse(order))
        {
            placed[i] = Math.Min(placed[i], limit);
            limit = placed[i] - gap;
        }
        return placed;
    }

    /// <summary>
    /// The points without which the line would look different: its ends, and of what lies between two of them the one that is farthest off, if that can be seen.
    /// Source: Douglas and Peucker, 1973, https://doi.org/10.3138/FM57-6770-U75U-7727; offsets are measured upright, as people read percentages.
    /// </summary>
    private static IEnumerable<(double X, double Y)> Bends(List<(double X, double Y)> points)
    {
        if (points.Count == 0) return [];
        var kept = new SortedSet<int> { 0, points.Count - 1 };
        var spans = new Stack<(int First, int Last)>([(0, points.Count - 1)]);
        while (spans.TryPop(out var span))
        {
            var (first, last) = (points[span.First], points[span.Last]);
            var (farthest, off) = (0, Unseen);
            for (var i = span.First + 1; i < span.Last; i++)
            {
                var onTheLine = first.Y + ((last.Y - first.Y) * (points[i].X - first.X) / (last.X - first.X));
                if (Math.Abs(points[i].Y - onTheLine) > off) (farthest, off) = (i, Math.Abs(points[i].Y - onTheLine));
            }
            if (farthest == 0) continue;
            kept.Add(farthest);
            spans.Push((span.First, farthest));
            spans.Push((farthest, span.Last));
        }
        return kept.Select(i => points[i]);
    }

    /// <summary>As SVG wants it, whatever the reader's language.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
