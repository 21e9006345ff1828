namespace Fleet.Portal.Features.Counter;

/// <summary>Where somebody works.</summary>
public sealed record CounterUnit(string Name);

/// <summary>What somebody still waits for.</summary>
public sealed record CounterCase(Guid PersonId, IReadOnlyList<MissingItem> Missing);

/// <param name="Name">What the kit calls it, if it has a name of its own.</param>
public sealed record MissingItem(string Kind, string? Name, int Count);

