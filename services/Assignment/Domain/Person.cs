using System.Text.Json.Serialization;

namespace Fleet.Assignment.Domain;

/// <summary>Where a person works, and whether from home, from a day on.</summary>
internal sealed record Placement(DateOnly From, Guid UnitId, bool HomeOfficeEligible) : IPeriod<Placement>
{
    DateOnly? IPeriod<Placement>.Start => From;

    Placement IPeriod<Placement>.StartingOn(DateOnly day) => this with { From = day };
}

/// <summary>One employment, from its first day to its last.</summary>
/// <param name="StartDate">First day.</param>
/// <param name="EndDate">Last day, that day included; null: open.</param>
internal sealed record Employment(DateOnly StartDate, DateOnly? EndDate)
{
    /// <summary>What the person gets; each employment has its own joiner's case.</summary>
    public Guid? KitId { get; init; }

    /// <summary>From when on the person waits for the kit: the case is open since then. Null: there is no kit.</summary>
    public DateTimeOffset? AwaitedSince { get; init; }
}

/// <summary>Somebody who works, worked or will work for the county, with the whole history of employments and placements.</summary>
internal sealed record Person
{
    public required Guid PersonId { get; init; }

    public required string PersonnelNumber { get; init; }

    /// <summary>The name the person signs in with; compared folded.</summary>
    public required string UserName { get; init; }

    public required string GivenName { get; init; }

    public required string FamilyName { get; init; }

    public required string Email { get; init; }

    /// <summary>Ascending, never empty, never overlapping; a re-hire adds one.</summary>
    public required IReadOnlyList<Employment> Employments { get; init; }

    public required IReadOnlyList<Placement> Placements { get; init; }

    [JsonIgnore]
    public string Name => $"{GivenName} {FamilyName}";

    /// <summary>The newest employment.</summary>
    [JsonIgnore]
    public Employment Employment => Employments[^1];

    /// <summary>The newest placement.</summary>
    [JsonIgnore]
    public Placement Current => Placements[^1];

    /// <summary>The newest employment is other than known; those before stay as they are.</summary>
    public Person WithEmployment(Employment newest) => newest == Employment ? this : this with { Employments = [.. Employments.SkipLast(1), newest] };

    /// <summary>The last day of the employment before the newest; null: there is none.</summary>
    [JsonIgnore]
    public DateOnly? LeftBefore => Employments is [.., var before, _] ? before.EndDate : null;

    /// <summary>A kit is awaited from its first mention on; another kit takes its place.</summary>
    public Person Awaiting(Guid kitId, DateTimeOffset since) => WithEmployment(Employment with { KitId = kitId, AwaitedSince = Employment.AwaitedSince ?? since });

    /// <summary>Hired again: a second employment, in the unit where the person was last unless another is named.</summary>
    /// <returns>Null: the employment before has not ended by then.</returns>
    public Person? ReturnedOn(DateOnly startDate, Guid? unitId, Guid? kitId, DateTimeOffset since)
    {
        if (Employment.EndDate is not { } lastDay || startDate <= lastDay) return null;
        var again = new Employment(startDate, null);
        if ((kitId ?? Employment.KitId) is { } kit) again = again with { KitId = kit, AwaitedSince = since };
        return (this with { Employments = [.. Employments, again] }).PlacedFrom(startDate, unitId, null);
    }

    /// <summary>Another unit and eligibility from a day on; a day before the first placement changes that one, null leaves the value as it is.</summary>
    public Person PlacedFrom(DateOnly day, Guid? unitId, bool? homeOfficeEligible)
    {
        if (day < Placements[0].From) day = Placements[0].From;
        var placements = Placements;
        if (unitId is { } unit) placements = placements.ChangedFrom(day, p => p.UnitId, p => p with { UnitId = unit });
        if (homeOfficeEligible is { } eligible) placements = placements.ChangedFrom(day, p => p.HomeOfficeEligible, p => p with { HomeOfficeEligible = eligible });
        return this with { Placements = placements };
    }

    /// <summary>Whether the person's last employment has ended before a day.</summary>
    public bool HasLeftBefore(DateOnly day) => Employment.EndDate < day;
}
