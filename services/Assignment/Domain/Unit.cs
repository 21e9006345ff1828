using System.Text.Json.Serialization;

namespace Fleet.Assignment.Domain;

/// <summary>Levels of the organisation, highest first.</summary>
internal enum UnitKind
{
    County,
    Department,
    Office,
    Team,
}

/// <summary>What a unit was called and whom it belonged to from a day on; no day: always.</summary>
internal sealed record UnitPeriod(DateOnly? From, string Name, Guid? ParentId) : IPeriod<UnitPeriod>
{
    DateOnly? IPeriod<UnitPeriod>.Start => From;

    UnitPeriod IPeriod<UnitPeriod>.StartingOn(DateOnly day) => this with { From = day };
}

/// <summary>Whether a unit may belong to another.</summary>
internal enum BelongingVerdict
{
    Allowed,

    /// <summary>It would belong to itself.</summary>
    Cycle,

    /// <summary>The other is not of a higher kind.</summary>
    KindOrder,
}

/// <summary>A unit of the organisation with its whole history. Its kind never changes.</summary>
internal sealed record Unit(Guid UnitId, UnitKind Kind, IReadOnlyList<UnitPeriod> Periods)
{
    /// <summary>What holds today.</summary>
    [JsonIgnore]
    public UnitPeriod Current => Periods[^1];

    /// <summary>The unit's first day; null: it has always been there.</summary>
    [JsonIgnore]
    public DateOnly? Begins => Periods[0].From;

    /// <summary>Whether it does not exist yet on a day (null: since always).</summary>
    public bool BeginsAfter(DateOnly? day) => Begins is { } begins && (day is null || begins > day);

    /// <summary>
    /// Whether the unit may belong to the first of <paramref name="pathUp"/>. A parent is always of a higher kind and kinds never change, so no
    /// cycle can come about on any day, not even by two moves at the same moment; a cycle is recognised only to be refused by its own name.
    /// </summary>
    /// <param name="unitId">The unit; for a new one its new id.</param>
    /// <param name="kind">The unit's kind.</param>
    /// <param name="pathUp">The wanted parent, its parent, and so on.</param>
    public static BelongingVerdict MayBelong(Guid unitId, UnitKind kind, IReadOnlyList<Unit> pathUp) =>
        pathUp.Any(u => u.UnitId == unitId) ? BelongingVerdict.Cycle
        : pathUp[0].Kind >= kind ? BelongingVerdict.KindOrder
        : BelongingVerdict.Allowed;

    /// <summary>Another name and parent from a day on, which is not before <see cref="Begins"/>; null leaves the value as it is.</summary>
    public Unit ChangedFrom(DateOnly day, string? name, Guid? parentId)
    {
        var periods = Periods;
        if (name is not null) periods = periods.ChangedFrom(day, p => p.Name, p => p with { Name = name });
        if (parentId is not null) periods = periods.ChangedFrom(day, p => p.ParentId, p => p with { ParentId = parentId });
        return this with { Periods = periods };
    }
}
