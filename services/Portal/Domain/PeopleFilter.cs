namespace Fleet.Portal.Domain;

/// <summary>What people are equipped with; both together make them ready.</summary>
[Flags]
public enum Equipment
{
    None = 0,
    Laptop = 1,
    Vpn = 2,
    Both = Laptop | Vpn,
}

/// <summary>Which of the staff: each figure of coverage is one such question, and opens the people it counts.</summary>
/// <param name="With">Who have all of this.</param>
/// <param name="Without">Who lack at least one of these: everybody but those with all of them.</param>
/// <param name="Eligible">Who may work from home, or may not; null: both.</param>
public sealed record PeopleFilter(Equipment With = Equipment.None, Equipment Without = Equipment.None, bool? Eligible = null)
{
    public static PeopleFilter Staff { get; } = new();
    public static PeopleFilter WithLaptop { get; } = new(With: Equipment.Laptop);
    public static PeopleFilter WithoutLaptop { get; } = new(Without: Equipment.Laptop);
    public static PeopleFilter WithVpn { get; } = new(With: Equipment.Vpn);
    public static PeopleFilter WithoutVpn { get; } = new(Without: Equipment.Vpn);
    public static PeopleFilter AreReady { get; } = new(With: Equipment.Both);
    public static PeopleFilter AreNotReady { get; } = new(Without: Equipment.Both);
    public static PeopleFilter AreEligible { get; } = new(Eligible: true);
    public static PeopleFilter AreNotEligible { get; } = new(Eligible: false);
    public static PeopleFilter EligibleButNotReady { get; } = new(Without: Equipment.Both, Eligible: true);

    /// <summary>The questions that pages ask, with the ends of their texts' keys and how many people they find.</summary>
    public static IReadOnlyList<(PeopleFilter Filter, string Key, Func<Figures, int> Count)> Named { get; } =
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
        (EligibleButNotReady, "EligibleNotReady", f => f.EligibleNotReady),
    ];

    /// <summary>The end of its texts' keys; of any other question: Other.</summary>
    public string Key => Named.FirstOrDefault(n => n.Filter == this).Key ?? "Other";

    /// <summary>Reads what an address says; null when it says what there is not.</summary>
    public static PeopleFilter? Read(string? with, string? without, string? eligible)
    {
        if (Words(with) is not { } has || Words(without) is not { } lacks) return null;
        if (string.IsNullOrWhiteSpace(eligible)) return new PeopleFilter(has, lacks);
        return bool.TryParse(eligible, out var may) ? new PeopleFilter(has, lacks, may) : null;
    }

    /// <summary>Equipment as addresses and the audit service say it: <c>laptop,vpn</c>.</summary>
    public static string? Words(Equipment equipment) => equipment == Equipment.None
        ? null
        : string.Join(',', new[] { Equipment.Laptop, Equipment.Vpn }.Where(e => equipment.HasFlag(e)).Select(e => Links.Name<Equipment>(e)));

    private static Equipment? Words(string? text)
    {
        var equipment = Equipment.None;
        foreach (var word in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Equals(nameof(Equipment.Laptop), StringComparison.OrdinalIgnoreCase)) equipment |= Equipment.Laptop;
            else if (word.Equals(nameof(Equipment.Vpn), StringComparison.OrdinalIgnoreCase)) equipment |= Equipment.Vpn;
            else return null;
        }

        return equipment;
    }
}
