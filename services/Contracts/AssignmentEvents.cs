using MassTransit;

namespace Fleet.Contracts;

/// <summary>A unit of the organisation was created, renamed or moved. Aggregate: the unit.</summary>
[MessageUrn("fleet.assignment.unit-changed.v1")]
[EntityName("fleet.assignment.unit-changed.v1")]
public sealed record UnitChanged : IFleetEvent
{
    public EventMeta Meta { get; init; } = new();

    public UnitState Unit { get; init; } = new();
}

/// <summary>A person was hired. Aggregate: the person.</summary>
[MessageUrn("fleet.assignment.person-registered.v1")]
[EntityName("fleet.assignment.person-registered.v1")]
public sealed record PersonRegistered : IFleetEvent
{
    public EventMeta Meta { get; init; } = new();

    public PersonState Person { get; init; } = new();
}

/// <summary>A person's data, unit or eligibility changed. Aggregate: the person.</summary>
[MessageUrn("fleet.assignment.person-changed.v1")]
[EntityName("fleet.assignment.person-changed.v1")]
public sealed record PersonChanged : IFleetEvent
{
    public EventMeta Meta { get; init; } = new();

    public PersonState Person { get; init; } = new();
}

/// <summary>The last day of a person's employment became known, or changed. Aggregate: the person.</summary>
[MessageUrn("fleet.assignment.person-left.v1")]
[EntityName("fleet.assignment.person-left.v1")]
public sealed record PersonLeft : IFleetEvent
{
    public EventMeta Meta { get; init; } = new();

    public PersonState Person { get; init; } = new();
}

/// <summary>A person received a device. Aggregate: the device's custody.</summary>
[MessageUrn("fleet.assignment.device-issued.v1")]
[EntityName("fleet.assignment.device-issued.v1")]
public sealed record DeviceIssued : IFleetEvent
{
    public EventMeta Meta { get; init; } = new();

    public CustodyState Custody { get; init; } = new();
}

/// <summary>A device came back from its holder. Aggregate: the device's custody.</summary>
[MessageUrn("fleet.assignment.device-returned.v1")]
[EntityName("fleet.assignment.device-returned.v1")]
public sealed record DeviceReturned : IFleetEvent
{
    public EventMeta Meta { get; init; } = new();

    public CustodyState Custody { get; init; } = new();

    /// <summary>In what condition it came back, in the words of whoever took it.</summary>
    public string? Condition { get; init; }
}

/// <summary>A device was reported lost or stolen. Aggregate: the device's custody.</summary>
[MessageUrn("fleet.assignment.device-loss-reported.v1")]
[EntityName("fleet.assignment.device-loss-reported.v1")]
public sealed record DeviceLossReported : IFleetEvent
{
    public EventMeta Meta { get; init; } = new();

    public CustodyState Custody { get; init; } = new();
}

/// <summary>A device that was lost or stolen turned up again. Aggregate: the device's custody.</summary>
[MessageUrn("fleet.assignment.device-found.v1")]
[EntityName("fleet.assignment.device-found.v1")]
public sealed record DeviceFound : IFleetEvent
{
    public EventMeta Meta { get; init; } = new();

    public CustodyState Custody { get; init; } = new();

    /// <summary>In what condition it came back, in the words of whoever took it.</summary>
    public string? Condition { get; init; }
}

/// <summary>Part of a device's past custody was other than recorded. The state holds the corrected timeline. Aggregate: the device's custody.</summary>
[MessageUrn("fleet.assignment.custody-corrected.v1")]
[EntityName("fleet.assignment.custody-corrected.v1")]
public sealed record CustodyCorrected : IFleetEvent
{
    public EventMeta Meta { get; init; } = new();

    public CustodyState Custody { get; init; } = new();

    /// <summary>The hand-over that was corrected.</summary>
    public Guid HandoverId { get; init; }

    /// <summary>Why, in the words of whoever corrected it.</summary>
    public string Reason { get; init; } = "";
}

/// <summary>The receiver confirmed a hand-over. Aggregate: the hand-over.</summary>
[MessageUrn("fleet.assignment.handover-accepted.v1")]
[EntityName("fleet.assignment.handover-accepted.v1")]
public sealed record HandoverAccepted : IFleetEvent
{
    public EventMeta Meta { get; init; } = new();

    public HandoverState Handover { get; init; } = new();
}

/// <summary>A joiner's case began. Aggregate: the case.</summary>
[MessageUrn("fleet.assignment.case-opened.v1")]
[EntityName("fleet.assignment.case-opened.v1")]
public sealed record CaseOpened : IFleetEvent
{
    public EventMeta Meta { get; init; } = new();

    public CaseState Case { get; init; } = new();
}

/// <summary>Something a case waits for arrived, or went away again. Aggregate: the case.</summary>
[MessageUrn("fleet.assignment.case-progressed.v1")]
[EntityName("fleet.assignment.case-progressed.v1")]
public sealed record CaseProgressed : IFleetEvent
{
    public EventMeta Meta { get; init; } = new();

    public CaseState Case { get; init; } = new();
}

/// <summary>A case ended; nothing changes it any more. Aggregate: the case.</summary>
[MessageUrn("fleet.assignment.case-closed.v1")]
[EntityName("fleet.assignment.case-closed.v1")]
public sealed record CaseClosed : IFleetEvent
{
    public EventMeta Meta { get; init; } = new();

    public CaseState Case { get; init; } = new();
}

/// <summary>A unit with its whole history of names and places in the tree.</summary>
public sealed record UnitState
{
    public Guid UnitId { get; init; }

    /// <summary>county, department, office or team.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Name and parent from each day on, ascending; never empty. A first entry without a day: the unit has always been there.</summary>
    public IReadOnlyList<UnitPeriod> Periods { get; init; } = [];
}

/// <summary>What a unit was called and whom it belonged to from a day on.</summary>
public sealed record UnitPeriod
{
    /// <summary>First day; null: always.</summary>
    public DateOnly? From { get; init; }

    public string Name { get; init; } = "";

    public Guid? ParentId { get; init; }
}

/// <summary>A person with the whole history of units and eligibility, so that any day can be answered from the newest event alone.</summary>
public sealed record PersonState
{
    public Guid PersonId { get; init; }

    public string PersonnelNumber { get; init; } = "";

    public string UserName { get; init; } = "";

    public string GivenName { get; init; } = "";

    public string FamilyName { get; init; } = "";

    public string Email { get; init; } = "";

    /// <summary>First day of the newest employment.</summary>
    public DateOnly StartDate { get; init; }

    /// <summary>Last day of the newest employment, that day included; null: open.</summary>
    public DateOnly? EndDate { get; init; }

    /// <summary>All employments, ascending, never empty, never overlapping; a re-hire adds one.</summary>
    public IReadOnlyList<EmploymentPeriod> Employments { get; init; } = [];

    public Guid? KitId { get; init; }

    /// <summary>Unit and eligibility from each day on, ascending by day, never empty; days before the first entry are like the first.</summary>
    public IReadOnlyList<PlacementPeriod> Placements { get; init; } = [];
}

/// <summary>From the first day to the last of one employment.</summary>
public sealed record EmploymentPeriod
{
    public DateOnly StartDate { get; init; }

    /// <summary>Last day, that day included; null: open.</summary>
    public DateOnly? EndDate { get; init; }
}

/// <summary>Where a person worked, and whether from home, from a day on.</summary>
public sealed record PlacementPeriod
{
    public DateOnly From { get; init; }

    public Guid UnitId { get; init; }

    public bool HomeOfficeEligible { get; init; }
}

/// <summary>Who has a device, and who had it before. The aggregate id is the device's id. The newest version holds everything; older ones add nothing.</summary>
public sealed record CustodyState
{
    public Guid DeviceId { get; init; }

    public string AssetTag { get; init; } = "";

    /// <summary>The device's kind, as in <see cref="DeviceState.Kind"/>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>One of <see cref="CustodyStates"/>: that of the last spell; free when there is none.</summary>
    public string Status { get; init; } = "";

    /// <summary>The whole timeline, ascending, without gaps and overlaps; the last spell is open. Before the first the device was free.</summary>
    public IReadOnlyList<CustodySpell> Spells { get; init; } = [];
}

/// <summary>A stretch of time in which a device was in one state with one person.</summary>
public sealed record CustodySpell
{
    /// <summary>Stays the same when only the instants are corrected; another receiver is another spell.</summary>
    public Guid SpellId { get; init; }

    public DateTimeOffset From { get; init; }

    /// <summary>When the next began; null: it is the last.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>One of <see cref="CustodyStates"/>.</summary>
    public string State { get; init; } = "";

    /// <summary>Held: who has it. Lost or stolen: who had it last, if anybody. Free: null.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>Held: the hand-over by which they got it.</summary>
    public Guid? HandoverId { get; init; }

    /// <summary>Held: whether the holder's kit holds VPN, so that a laptop in their hands gets an access.</summary>
    public bool VpnIncluded { get; init; }
}

/// <summary>One act of handing devices to a person.</summary>
public sealed record HandoverState
{
    public Guid HandoverId { get; init; }

    public Guid PersonId { get; init; }

    public IReadOnlyList<Guid> DeviceIds { get; init; } = [];

    /// <summary>The day by which the devices are to come back; null: open.</summary>
    public DateOnly? DueBack { get; init; }

    public DateTimeOffset? AcceptedAt { get; init; }
}

/// <summary>What a person still waits for.</summary>
public sealed record CaseState
{
    public Guid CaseId { get; init; }

    public Guid PersonId { get; init; }

    /// <summary>joiner.</summary>
    public string Kind { get; init; } = "";

    /// <summary>open, ready or cancelled.</summary>
    public string Status { get; init; } = "";

    public IReadOnlyList<CaseItemState> Items { get; init; } = [];
}

/// <summary>One line of the kit and how much of it is there.</summary>
public sealed record CaseItemState
{
    /// <summary>A device kind, vpn or software.</summary>
    public string Kind { get; init; } = "";

    public string? Name { get; init; }

    public int Count { get; init; }

    /// <summary>How many are there, at most <see cref="Count"/>.</summary>
    public int Fulfilled { get; init; }

    public bool Optional { get; init; }
}
