using Fleet.Portal.Domain;
using Fleet.Portal.Wording;

namespace Fleet.Portal.Features.Devices;

/// <summary>The devices as the inventory counts them.</summary>
/// <param name="AsOf">The day from which ages and months are counted.</param>
/// <param name="Total">All devices, whatever became of them.</param>
/// <param name="Ages">Of those that are still here, by full years since the purchase.</param>
/// <param name="Warranties">Of those that are still here, by the time until the warranty ends.</param>
public sealed record StockSummary(DateOnly AsOf, int Total, IReadOnlyList<StockOfStatus> Statuses, IReadOnlyList<StockOfAge> Ages, IReadOnlyList<StockOfWarranty> Warranties);

public sealed record StockOfStatus(string Kind, string Status, int Count);

/// <param name="Years">Null: nobody knows when it was bought.</param>
public sealed record StockOfAge(string Kind, int? Years, int Count);

public sealed record StockOfWarranty(string Kind, string Warranty, int Count);

/// <summary>How the page groups what was counted, each kind of device a row. Each group's key is the end of its text's.</summary>
internal static class StockGroups
{
    /// <summary>Which statuses belong together, and how they are drawn.</summary>
    public static IReadOnlyList<(string Key, string Mark, IReadOnlyList<string> Statuses)> Statuses { get; } =
    [
        ("inUse", "solid", ["assigned"]), ("free", "slant", ["inStock"]), ("inRepair", "lines", ["inRepair"]), ("ordered", "dots", ["ordered"]),
        ("gone", "cross", ["lost", "stolen", "retired", "disposed"]),
    ];

    /// <summary>From so many full years to so many; of nobody knows how many.</summary>
    public static IReadOnlyList<(string Key, string Mark, int? From, int? To)> Ages { get; } =
        [("under1", "solid", 0, 0), ("1to2", "slant", 1, 2), ("3to4", "lines", 3, 4), ("from5", "cross", 5, int.MaxValue), ("unknown", "dots", null, null)];

    /// <summary>The inventory's words, the longest first.</summary>
    public static IReadOnlyList<(string Key, string Mark)> Warranties { get; } =
        [("later", "solid"), ("within12Months", "slant"), ("within3Months", "lines"), ("ended", "cross"), ("unknown", "dots")];

    /// <summary>Statuses of devices whose age and warranty are counted.</summary>
    private static readonly string Here = string.Join(',', DeviceWords.Statuses.Except(Statuses[^1].Statuses));

    public static IReadOnlyList<BarRow> ByStatus(StockSummary stock) => Rows(stock.Statuses, s => s.Kind, (kind, ofKind) => Statuses.Select(group =>
    {
        var counted = ofKind.Where(s => group.Statuses.Contains(s.Status)).ToList();
        return new BarCell(
            counted.Sum(s => s.Count), Links.Of("/devices", [("kind", kind), ("status", string.Join(',', group.Statuses))]),
            group.Statuses.Count > 1 && counted.Count > 0 ? string.Join(", ", counted.Select(s => $"{Words.Of("DeviceStatus", s.Status)}: {Words.Count(s.Count)}")) : null);
    }));

    public static IReadOnlyList<BarRow> ByAge(StockSummary stock) => Rows(stock.Ages, a => a.Kind, (_, ofKind) => Ages.Select(group =>
        new BarCell(ofKind.Where(a => a.Years is { } years ? years >= group.From && years <= group.To : group.From is null).Sum(a => a.Count))));

    public static IReadOnlyList<BarRow> ByWarranty(StockSummary stock) => Rows(stock.Warranties, w => w.Kind, (kind, ofKind) => Warranties.Select(group =>
        new BarCell(ofKind.Where(w => w.Warranty == group.Key).Sum(w => w.Count), Days(group.Key, stock.AsOf) is var (from, to)
            ? Links.Of("/devices", [("kind", kind), ("status", Here), ("warrantyEndsFrom", Links.Text(from)), ("warrantyEndsTo", Links.Text(to))])
            : null)));

    /// <summary>The ends of the warranties of a group; null: they have none that is known.</summary>
    private static (DateOnly? From, DateOnly? To)? Days(string key, DateOnly today) => key switch
    {
        "ended" => (null, today.AddDays(-1)),
        "within3Months" => (today, today.AddMonths(3)),
        "within12Months" => (today.AddMonths(3).AddDays(1), today.AddMonths(12)),
        "later" => (today.AddMonths(12).AddDays(1), null),
        _ => null,
    };

    private static IReadOnlyList<BarRow> Rows<T>(IReadOnlyList<T> counted, Func<T, string> kindOf, Func<string, List<T>, IEnumerable<BarCell>> cells) =>
    [
        .. counted.Select(kindOf).Distinct().OrderBy(kind => DeviceWords.Kinds.Contains(kind) ? DeviceWords.Kinds.ToList().IndexOf(kind) : int.MaxValue)
            .Select(kind => new BarRow(Words.Of("DeviceKind", kind), [.. cells(kind, [.. counted.Where(c => kindOf(c) == kind)])])),
    ];
}
