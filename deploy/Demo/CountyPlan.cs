namespace Fleet.Demo;

/// <summary>
/// Everything that happened in the invented county from 2019-12-01 to 2020-05-08, as it is to be told to Fleet. Pure: the same seed gives the
/// same plan, on any machine and any day.
/// </summary>
internal sealed record CountyPlan
{
    /// <summary>The seed of the county that <c>up.sh --demo</c> loads.</summary>
    public const int DefaultSeed = 20200508;

    /// <summary>What coverage must say on the two days that the story is about.</summary>
    public static IReadOnlyList<Milestone> Milestones { get; } =
        [new(new DateOnly(2020, 2, 29), Staff: 1400, Ready: 467), new(new DateOnly(2020, 5, 8), Staff: 1400, Ready: 700)];

    /// <summary>User names of two ordinary people of the county, which the demo's accounts of the same names are bound to.</summary>
    public static IReadOnlyList<string> DemoUserNames { get; } = ["employee", "manager"];

    public required int Seed { get; init; }

    public required IReadOnlyList<PlannedPerson> People { get; init; }

    public required IReadOnlyList<PlannedMove> Moves { get; init; }

    /// <summary>Kind by kind; the last one is a spare that nobody gets.</summary>
    public required IReadOnlyList<PlannedDevice> Devices { get; init; }

    /// <summary>Hand-overs in the order of time.</summary>
    public required IReadOnlyList<PlannedHandover> Handovers { get; init; }

    public static CountyPlan Create(int seed) => new CountyPlanner(seed).Plan();
}

internal sealed record Milestone(DateOnly Day, int Staff, int Ready);

internal sealed record PlannedPerson(
    string PersonnelNumber, string UserName, string GivenName, string FamilyName, string Email, Office Office, DateOnly StartDate, bool HomeOfficeEligible, PlannedKit? Kit);

/// <summary>What a person is to have.</summary>
internal enum PlannedKit
{
    HomeOffice,
    FieldWork,
}

/// <summary>A person changes to another office.</summary>
internal sealed record PlannedMove(PlannedPerson Person, Office To, DateTimeOffset At);

internal sealed record PlannedDevice(string AssetTag, string SerialNumber, string Kind, string Manufacturer, string Model, PlannedLot Lot);

/// <summary>A delivery of devices.</summary>
internal sealed record PlannedLot(DateOnly Day, string OrderNumber, decimal Price);

/// <summary>A person receives devices, at most one of them a laptop.</summary>
internal sealed record PlannedHandover(PlannedPerson Person, IReadOnlyList<PlannedDevice> Devices, DateTimeOffset At)
{
    /// <summary>1 for a first time; one more than the hand-over before it of the same laptop or to the same person, which must be known first.</summary>
    public int Wave { get; init; } = 1;

    /// <summary>The VPN key that the person registers for the laptop; null: has not come to it yet.</summary>
    public PlannedKey? Key { get; init; }

    /// <summary>How the laptop left the person again; null: still there.</summary>
    public PlannedEnd? End { get; init; }

    public PlannedDevice? Laptop => Devices.FirstOrDefault(d => d.Kind == "laptop");
}

internal sealed record PlannedKey(string PublicKey, DateTimeOffset At);

/// <summary>A laptop comes back (<c>returned</c>) or is gone (<c>lost</c>, <c>stolen</c>).</summary>
internal sealed record PlannedEnd(string How, DateTimeOffset At, string? Condition = null);
