namespace Fleet.Inventory.Domain;

/// <summary>Devices that are alike in all that is counted.</summary>
/// <param name="Bought">The day of the purchase; null: not known.</param>
/// <param name="WarrantyEnds">Its last day; null: not known, or there is none.</param>
internal sealed record Alike(DeviceStatus Status, DeviceKind Kind, DateOnly? Bought, DateOnly? WarrantyEnds, long Count);

/// <summary>What there is, counted: all devices by status, and those that are still here by age and warranty.</summary>
internal sealed record Stock(IReadOnlyList<Stock.OfStatus> Statuses, IReadOnlyList<Stock.OfAge> Ages, IReadOnlyList<Stock.OfWarranty> Warranties)
{
    /// <param name="devices">All devices, each in one of these.</param>
    /// <param name="today">Ages and remaining months are counted from.</param>
    public static Stock Of(IReadOnlyCollection<Alike> devices, DateOnly today)
    {
        var here = devices.Where(d => IsHere(d.Status)).ToList();
        return new(
            [.. Sum(devices, d => (d.Kind, d.Status)).Select(s => new OfStatus(s.Key.Kind, s.Key.Status, s.Count))],
            [.. Sum(here, d => (d.Kind, Years: YearsOf(d.Bought, today))).Select(s => new OfAge(s.Key.Kind, s.Key.Years, s.Count))],
            [.. Sum(here, d => (d.Kind, Warranty: WarrantyOf(d.WarrantyEnds, today))).Select(s => new OfWarranty(s.Key.Kind, s.Key.Warranty, s.Count))]);
    }

    /// <summary>Whether its age and warranty still matter: it is neither missing nor taken out of service.</summary>
    private static bool IsHere(DeviceStatus status) => !Transitions.IsMissing(status) && status is not (DeviceStatus.Retired or DeviceStatus.Disposed);

    /// <summary>Full years since the purchase; one that is still to come counts as today's.</summary>
    private static int? YearsOf(DateOnly? bought, DateOnly today)
    {
        if (bought is not { } day) return null;
        var years = today.Year - day.Year;
        return Math.Max(0, day.AddYears(years) > today ? years - 1 : years);
    }

    private static Warranty WarrantyOf(DateOnly? ends, DateOnly today) => ends switch
    {
        null => Warranty.Unknown,
        { } day when day < today => Warranty.Ended,
        { } day when day <= today.AddMonths(3) => Warranty.Within3Months,
        { } day when day <= today.AddMonths(12) => Warranty.Within12Months,
        _ => Warranty.Later,
    };

    private static IEnumerable<(TKey Key, long Count)> Sum<TKey>(IEnumerable<Alike> devices, Func<Alike, TKey> by) =>
        devices.GroupBy(by).Select(g => (g.Key, g.Sum(d => d.Count))).Order();

    internal sealed record OfStatus(DeviceKind Kind, DeviceStatus Status, long Count);

    internal sealed record OfAge(DeviceKind Kind, int? Years, long Count);

    internal sealed record OfWarranty(DeviceKind Kind, Warranty Warranty, long Count);
}

/// <summary>How long a warranty still lasts; its last day belongs to it.</summary>
internal enum Warranty
{
    Ended,
    Within3Months,
    Within12Months,
    Later,
    Unknown,
}
