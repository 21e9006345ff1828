using System.Text.Json.Serialization;

namespace Fleet.Assignment.Domain;

/// <summary>Where a person works, and whether from home, from a day on.</summary>
internal sealed record Placement(DateOnly From, Guid UnitId, bool HomeOfficeEligible) : IPeriod<Placement>
{
    DateOnly? IPeriod<Placement>.Start => From;

    Placement IPeriod<Placement>.StartingOn(DateOnly day) => this with { From = day };
}

/// <summary>Somebody who works, worked or will work for the county, with the whole history of placements.</summary>
internal sealed record Person
{
    public required Guid PersonId { get; init; }

    public required string PersonnelNumber { get; init; }

    /// <summary>The name the person signs in with; compared without case.</summary>
    public required string UserName { get; init; }

    public required string GivenName { get; init; }

    public required string FamilyName { get; init; }

    public required string Email { get; init; }

    /// <summary>First day of employment.</summary>
    public required DateOnly StartDate { get; init; }

    /// <summary>Last day of employment, that day included; null: open.</summary>
    public DateOnly? EndDate { get; init; }

    public Guid? KitId { get; init; }

    public required IReadOnlyList<Placement> Placements { get; init; }

    [JsonIgnore]
    public string Name => $"{GivenName} {FamilyName}";

    /// <summary>The newest placement.</summary>
    [JsonIgnore]
    public Placement Current => Placements[^1];

    /// <summary>Another unit and eligibility from a day on; a day before the first placement changes that one, null leaves the value as it is.</summary>
    public Person PlacedFrom(DateOnly day, Guid? unitId, bool? homeOfficeEligible)
    {
        if (day < Placements[0].From) day = Placements[0].From;
        var placements = Placements;
        if (unitId is { } unit) placements = placements.ChangedFrom(day, p => p.UnitId, p => p with { UnitId = unit });
        if (homeOfficeEligible is { } eligible) placements = placements.ChangedFrom(day, p => p.HomeOfficeEligible, p => p with { HomeOfficeEligible = eligible });
        return this with { Placements = placements };
    }

    /// <summary>Whether the person's employment has ended before a day.</summary>
    public bool HasLeftBefore(DateOnly day) => EndDate < day;
}
