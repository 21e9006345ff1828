namespace Fleet.Provisioning.Domain;

/// <summary>What is kept here of a person: who may enrol a key, and from when to when they work here.</summary>
internal sealed record Person
{
    public required Guid PersonId { get; init; }

    public required string Name { get; init; }

    public required string UserName { get; init; }

    public required DateOnly StartDate { get; init; }

    public DateOnly? EndDate { get; init; }

    /// <summary>Version of the person in Assignment that this was copied from.</summary>
    public required long SourceVersion { get; init; }
}
