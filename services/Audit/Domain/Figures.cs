namespace Fleet.Audit.Domain;

/// <summary>How many people are there and how many of them are equipped.</summary>
/// <param name="EligibleNotReady">No difference of the others: also people who are not eligible may be ready.</param>
internal readonly record struct Figures(int Staff, int Eligible, int WithLaptop, int WithVpn, int Ready, int EligibleNotReady)
{
    public static Figures operator +(Figures a, Figures b) =>
        new(
            a.Staff + b.Staff, a.Eligible + b.Eligible, a.WithLaptop + b.WithLaptop, a.WithVpn + b.WithVpn, a.Ready + b.Ready,
            a.EligibleNotReady + b.EligibleNotReady);

    /// <summary>In percent with one decimal, half away from zero; null of nobody.</summary>
    public static decimal? Percent(int part, int whole) => whole == 0 ? null : Math.Round(100m * part / whole, 1, MidpointRounding.AwayFromZero);
}
