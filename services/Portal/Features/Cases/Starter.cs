namespace Fleet.Portal.Features.Cases;

/// <summary>A joiner's case as assignment shows it.</summary>
/// <param name="Items">Every line of the kit and how much of it is there.</param>
/// <param name="Missing">What is waited for.</param>
public sealed record Starter(
    Guid Id, Guid PersonId, StarterPerson Person, string Status, IReadOnlyList<KitLine> Items, IReadOnlyList<MissingLine> Missing, DateTimeOffset? OpenedAt, DateTimeOffset? ClosedAt);

/// <param name="StartDate">First day of the employment that the case is about.</param>
public sealed record StarterPerson(string Name, DateOnly StartDate);

/// <param name="Optional">The case does not wait for it.</param>
public sealed record KitLine(string Kind, string? Name, int Count, int Fulfilled, bool Optional);

public sealed record MissingLine(string Kind, string? Name, int Count);
