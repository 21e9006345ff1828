using System.Globalization;

namespace Fleet.Portal.Domain;

/// <summary>Which of the staff: each figure of coverage is one such question, and opens the people it counts. Null: either.</summary>
/// <param name="Laptop">Who hold one, or none.</param>
/// <param name="Vpn">Who have an active access, or none.</param>
/// <param name="NotReady">Who lack one or both.</param>
/// <param name="Eligible">Who may work from home, or may not.</param>
public sealed record PeopleFilter(bool? Laptop = null, bool? Vpn = null, bool NotReady = false, bool? Eligible = null)
{
    private const string LaptopWord = "laptop";
    private const string VpnWord = "vpn";
    private const string ReadyWord = "ready";

    public static PeopleFilter Staff { get; } = new();
    public static PeopleFilter WithLaptop { get; } = new(Laptop: true);
    public static PeopleFilter WithoutLaptop { get; } = new(Laptop: false);
    public static PeopleFilter WithVpn { get; } = new(Vpn: true);
    public static PeopleFilter WithoutVpn { get; } = new(Vpn: false);
    public static PeopleFilter AreReady { get; } = new(Laptop: true, Vpn: true);
    public static PeopleFilter AreNotReady { get; } = new(NotReady: true);
    public static PeopleFilter AreEligible { get; } = new(Eligible: true);
    public static PeopleFilter AreNotEligible { get; } = new(Eligible: false);
    public static PeopleFilter EligibleButNotReady { get; } = new(NotReady: true, Eligible: true);

    /// <summary>The questions that pages ask, with the ends of their texts' keys and, where a figure says it, how many people they find.</summary>
    public static IReadOnlyList<(PeopleFilter Filter, string Key, Func<Figures, int?> Count)> Named { get; } =
    [
        (Staff, "Staff", f => f.Staff),
        (WithLaptop, "WithLaptop", f => f.WithLaptop),
        (WithoutLaptop, "WithoutLaptop", f => f.Staff - f.WithLaptop),
        (WithVpn, "WithVpn", f => f.WithVpn),
        (WithoutVpn, "WithoutVpn", f => f.Staff - f.WithVpn),
        (AreReady, "Ready", f => f.Ready),
        (AreNotReady, "NotReady", f => f.Staff - f.Ready),
        (AreEligible, "Eligible", f => f.Eligible),
        (AreNotEligible, "NotEligible", f => f.Staff - f.Eligible),
        (EligibleButNotReady, "EligibleNotReady", _ => null),
    ];

    /// <summary>The end of its texts' keys; of any other question: Other.</summary>
    public string Key => Named.FirstOrDefault(n => n.Filter == this).Key ?? "Other";

    /// <summary>What they must have, as addresses and the audit service say it.</summary>
    public string? With => Join(Laptop == true ? LaptopWord : null, Vpn == true ? VpnWord : null);

    /// <summary>What they must not have.</summary>
    public string? Without => Join(Laptop == false ? LaptopWord : null, Vpn == false ? VpnWord : null, NotReady ? ReadyWord : null);

    /// <summary>Reads what an address says; null for words that mean nothing, and for what nobody can be.</summary>
    public static PeopleFilter? Read(string? with, string? without, string? eligible)
    {
        var filter = Staff;
        foreach (var word in Split(with))
        {
            switch (word)
            {
                case LaptopWord:
                    filter = filter with { Laptop = true };
                    break;
                case VpnWord:
                    filter = filter with { Vpn = true };
                    break;
                case ReadyWord:
                    filter = filter with { Laptop = true, Vpn = true };
                    break;
                default:
                    return null;
            }
        }

        foreach (var word in Split(without))
        {
            switch (word)
            {
                case LaptopWord when filter.Laptop != true:
                    filter = filter with { Laptop = false };
                    break;
                case VpnWord when filter.Vpn != true:
                    filter = filter with { Vpn = false };
                    break;
                case ReadyWord:
                    filter = filter with { NotReady = true };
                    break;
                default:
                    return null;
            }
        }

        if (string.IsNullOrWhiteSpace(eligible)) return filter;
        return bool.TryParse(eligible, out var may) ? filter with { Eligible = may } : null;
    }

    private static string[] Split(string? text) =>
        (text ?? "").ToLower(CultureInfo.InvariantCulture).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string? Join(params IEnumerable<string?> words) => string.Join(',', words.OfType<string>()) is { Length: > 0 } text ? text : null;
}
