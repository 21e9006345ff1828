namespace Fleet.Portal.Domain;

/// <summary>The share of staff that was equipped at the end of a day, as the audit service counts it (blueprint, section 6).</summary>
public abstract record Figures
{
    public int Staff { get; init; }
    public int Eligible { get; init; }
    public int WithLaptop { get; init; }
    public int WithVpn { get; init; }
    public int Ready { get; init; }

    /// <summary>No difference of the others: who is not eligible may be ready too.</summary>
    public int EligibleNotReady { get; init; }

    public Percentages Percentages { get; init; } = new(null, null, null, null);
}

/// <summary>One decimal; null where nobody could be counted.</summary>
public sealed record Percentages(decimal? LaptopOfStaff, decimal? VpnOfStaff, decimal? ReadyOfStaff, decimal? ReadyOfEligible);

/// <summary>All figures of one day.</summary>
public sealed record DayCoverage : Figures
{
    public DateOnly AsOf { get; init; }

    /// <summary>Asked with this again, every figure is the same.</summary>
    public DateTimeOffset KnownAt { get; init; }

    /// <summary>Number of the last entry of the log that counts.</summary>
    public long LogPosition { get; init; }

    public UnitName? Unit { get; init; }

    /// <summary>Only when asked for them.</summary>
    public IReadOnlyList<UnitCoverage>? Units { get; init; }
}

/// <summary>The figures of one unit with everything below it.</summary>
public sealed record UnitCoverage : Figures
{
    public Guid Id { get; init; }
    public string Name { get; init; } = "";
    public string Kind { get; init; } = "";
    public Guid? ParentId { get; init; }
}

/// <summary>The figures of one day in a series.</summary>
public sealed record CoveragePoint : Figures
{
    public DateOnly AsOf { get; init; }
}

/// <summary>Figures over time, oldest first.</summary>
public sealed record CoverageSeries(DateOnly From, DateOnly To, IReadOnlyList<CoveragePoint> Points);

/// <summary>What one person had at the end of a day.</summary>
public sealed record EquippedPerson(
    Guid PersonId, string PersonnelNumber, string Name, UnitName Unit, bool Eligible, bool WithLaptop, IReadOnlyList<string> AssetTags, bool WithVpn, bool Ready);

public sealed record UnitName(Guid Id, string Name);

/// <summary>One page of the people whom a figure counts.</summary>
/// <param name="KnownAt">What was known when they were counted.</param>
/// <param name="Total">How many they are on all pages.</param>
public sealed record PeopleList(DateTimeOffset KnownAt, int Total, IReadOnlyList<EquippedPerson> Items, string? Next);
