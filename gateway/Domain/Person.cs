namespace Fleet.Gateway.Domain;

/// <summary>What is kept here of a person: whether there is one, what they are called, and until when they work here.</summary>
internal sealed record Person
{
    public required Guid PersonId { get; init; }

    public required string Name { get; init; }

    public required string UserName { get; init; }

    /// <summary>Last day of the newest employment, that day included; null: open.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>Version of the person in Assignment that this was copied from.</summary>
    public required long SourceVersion { get; init; }

    /// <summary>Whether the newest employment is over. A re-hire is a newer one, also before it begins.</summary>
    public bool HasLeft(DateOnly today) => LastDay < today;
}
