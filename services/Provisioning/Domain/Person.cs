namespace Fleet.Provisioning.Domain;

/// <summary>What is kept here of a person: their name, and from when to when they work here.</summary>
internal sealed record Person
{
    public required Guid PersonId { get; init; }

    public required string Name { get; init; }

    /// <summary>Ascending, never empty.</summary>
    public required IReadOnlyList<Employment> Employments { get; init; }

    /// <summary>Version of the person in Assignment that this was copied from.</summary>
    public required long SourceVersion { get; init; }

    /// <summary>
    /// The employment that something of that day belongs to: the one under way, or the next one, for which it is got ready; after the last one, that one. So
    /// that a later employment does not bring back what ended with an earlier one.
    /// </summary>
    public Employment EmploymentOf(DateOnly day) => Employments.FirstOrDefault(e => e.EndDate is null || e.EndDate >= day) ?? Employments[^1];
}

/// <param name="StartDate">First day.</param>
/// <param name="EndDate">Last day, that day included; null: open.</param>
internal sealed record Employment(DateOnly StartDate, DateOnly? EndDate);
