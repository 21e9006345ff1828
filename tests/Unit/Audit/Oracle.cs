using Fleet.Contracts;

namespace Fleet.Tests.Unit.Audit;

/// <summary>
/// Counts coverage the slow way: for one day and one moment of knowledge it goes through all events, person by person, exactly as the definition reads.
/// Shares nothing with what it checks.
/// </summary>
internal sealed class Oracle(IEnumerable<Logged> all, DateOnly day, DateTimeOffset knownAt)
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    // Of each thing the newest of its events that the log held: it says everything.
    private readonly List<IFleetEvent> _newest =
    [
        .. from logged in all
           where logged.Entry.LoggedAt <= knownAt
           group logged.Event by logged.Event.Meta.AggregateId into known
           select known.OrderBy(e => e.Meta.AggregateVersion).ThenBy(e => e.Meta.StreamNumber).Last(),
    ];

    private readonly DateTimeOffset _end = TimeZoneInfo.ConvertTimeToUtc(day.AddDays(1).ToDateTime(TimeOnly.MinValue), Berlin);

    public (int Staff, int Eligible, int WithLaptop, int WithVpn, int Ready, int EligibleNotReady) Count(Guid? unit)
    {
        var staff = Staff(unit).ToList();
        return (
            staff.Count, staff.Count(p => PlacementOf(p).HomeOfficeEligible), staff.Count(p => Laptops(p.PersonId).Any()), staff.Count(HasVpn),
            staff.Count(p => Laptops(p.PersonId).Any() && HasVpn(p)),
            staff.Count(p => PlacementOf(p).HomeOfficeEligible && (!Laptops(p.PersonId).Any() || !HasVpn(p))));
    }

    /// <summary>The units that existed on the day.</summary>
    public IEnumerable<Guid> Units() => _newest.OfType<UnitChanged>().Select(u => u.Unit.UnitId).Where(u => PeriodOf(u) is not null);

    /// <summary>The people employed on the day, in the unit or below it.</summary>
    public IEnumerable<PersonState> Staff(Guid? unit) =>
        from person in _newest.Select(PersonIn).OfType<PersonState>()
        where person.Employments.Any(e => e.StartDate <= day && (e.EndDate is null || day <= e.EndDate))
        where unit is null || Line(PlacementOf(person).UnitId).Contains(unit.Value)
        select person;

    /// <summary>The asset tags of the laptops in somebody's hands at the end of the day.</summary>
    public IEnumerable<string> Laptops(Guid person) =>
        from custody in _newest.Select(CustodyIn).OfType<CustodyState>()
        where custody.Kind == "laptop"
        let last = custody.Spells.LastOrDefault(s => s.From < _end)
        where last is { State: "held" } && last.PersonId == person
        select custody.AssetTag;

    private bool HasVpn(PersonState person) =>
        (from access in _newest.Select(AccessIn).OfType<VpnAccessState>()
         where access.PersonId == person.PersonId && (access.ExpiresOn is null || day <= access.ExpiresOn)
         where access.Spells.LastOrDefault(s => s.From < _end) is { State: "active" }
         select access).Any();

    private static PersonState? PersonIn(IFleetEvent fact) => fact switch
    {
        PersonRegistered registered => registered.Person,
        PersonChanged changed => changed.Person,
        PersonLeft left => left.Person,
        _ => null,
    };

    private static CustodyState? CustodyIn(IFleetEvent fact) => fact switch
    {
        DeviceIssued issued => issued.Custody,
        DeviceReturned returned => returned.Custody,
        DeviceLossReported lost => lost.Custody,
        DeviceFound found => found.Custody,
        CustodyCorrected corrected => corrected.Custody,
        _ => null,
    };

    private static VpnAccessState? AccessIn(IFleetEvent fact) => fact switch
    {
        VpnAccessRequested requested => requested.Access,
        VpnAccessActivated activated => activated.Access,
        VpnAccessRevoked revoked => revoked.Access,
        _ => null,
    };

    private PlacementPeriod PlacementOf(PersonState person) => person.Placements.LastOrDefault(p => p.From <= day) ?? person.Placements[0];

    /// <summary>The unit and all above it, as far as they existed.</summary>
    private List<Guid> Line(Guid unit)
    {
        var line = new List<Guid>();
        for (Guid? at = unit; at is { } id && PeriodOf(id) is { } period; at = period.ParentId) line.Add(id);
        return line;
    }

    private UnitPeriod? PeriodOf(Guid unit) =>
        _newest.OfType<UnitChanged>().SingleOrDefault(u => u.Unit.UnitId == unit)?.Unit.Periods.LastOrDefault(p => p.From is null || p.From <= day);
}
