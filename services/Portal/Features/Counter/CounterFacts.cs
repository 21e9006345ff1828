namespace Fleet.Portal.Features.Counter;

/// <summary>Somebody at the counter, or who might be meant.</summary>
public sealed record CounterPerson(Guid Id, string PersonnelNumber, string GivenName, string FamilyName, Guid UnitId, DateOnly StartDate, DateOnly? EndDate)
{
    public string Name() => $"{GivenName} {FamilyName}";
}

/// <summary>Where somebody works.</summary>
public sealed record CounterUnit(string Name);

/// <summary>What somebody still waits for.</summary>
public sealed record CounterCase(Guid PersonId, IReadOnlyList<MissingItem> Missing);

/// <param name="Name">What the kit calls it, if it has a name of its own.</param>
public sealed record MissingItem(string Kind, string? Name, int Count);

/// <summary>A hand-over among the last acts.</summary>
public sealed record CounterHandover(Guid Id, HandoverReceiver? Person, IReadOnlyList<HandoverDevice> Devices);

public sealed record HandoverReceiver(string Name);

public sealed record HandoverDevice(string AssetTag);

/// <summary>The body of a report of a loss.</summary>
public sealed record NewLossReport(string AssetTag, string Kind);
