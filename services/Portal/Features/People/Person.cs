namespace Fleet.Portal.Features.People;

/// <summary>A person as assignment shows them.</summary>
/// <param name="UnitId">Where they work by their newest placement.</param>
/// <param name="StartDate">First day of the newest employment.</param>
/// <param name="EndDate">Last day of the newest employment, that day included; null: open.</param>
/// <param name="KitId">What they get.</param>
public sealed record Person(
    Guid Id, string PersonnelNumber, string UserName, string GivenName, string FamilyName, string Email, Guid UnitId, DateOnly StartDate, DateOnly? EndDate,
    bool HomeOfficeEligible, Guid? KitId, IReadOnlyList<Employment> Employments, IReadOnlyList<Placement> Placements)
{
    public string Name() => $"{GivenName} {FamilyName}";

    /// <summary>joining, employed or left, on a day.</summary>
    public string StatusOn(DateOnly day) => StartDate > day ? "joining" : EndDate < day ? "left" : "employed";
}

public sealed record Employment(DateOnly StartDate, DateOnly? EndDate);

/// <summary>Where somebody works, and whether from home, from a day on.</summary>
public sealed record Placement(DateOnly From, Guid UnitId, bool HomeOfficeEligible);

/// <summary>The words of assignment that its list of people filters by.</summary>
internal static class PersonWords
{
    public static IReadOnlyList<string> Statuses { get; } = ["joining", "employed", "left"];
}

/// <summary>The body of a hire.</summary>
public sealed record NewPerson(
    string? PersonnelNumber, string? UserName, string? GivenName, string? FamilyName, string? Email, Guid? UnitId, DateOnly? StartDate, bool HomeOfficeEligible, Guid? KitId);

/// <summary>The body of a change; what is null stays as it is.</summary>
public sealed record PersonChange
{
    public string? PersonnelNumber { get; init; }
    public string? UserName { get; init; }
    public string? GivenName { get; init; }
    public string? FamilyName { get; init; }
    public string? Email { get; init; }
    public Guid? KitId { get; init; }
    public Guid? UnitId { get; init; }
    public bool? HomeOfficeEligible { get; init; }

    /// <summary>Since when unit and eligibility are so; null: now.</summary>
    public DateTimeOffset? EffectiveAt { get; init; }
}

/// <summary>The body that takes a last day back: it says null expressly.</summary>
public sealed record NoEnd([property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)] DateOnly? EndDate = null);

public sealed record Leaving(DateOnly? LastDay);

public sealed record Returning(DateOnly? StartDate, Guid? UnitId, Guid? KitId);
