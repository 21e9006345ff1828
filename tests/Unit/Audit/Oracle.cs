using Fleet.Contracts;

namespace Fleet.Tests.Unit.Audit;

/// <summary>
/// Counts coverage the slow way: for one day and one moment of knowledge it goes through all events, person by person, exactly as the definition reads.
/// Shares nothing with what it checks.
/// </summary>
internal sealed class Oracle(IEnumerable<IFleetEvent> all, DateOnly day, DateTimeOffset knownAt)
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private readonly List<IFleetEvent> _known = [.. all.Where(e => e.Meta.RecordedAt <= knownAt)];
    private readonly DateTimeOffset _end = TimeZoneInfo.ConvertTimeToUtc(day.AddDays(1).ToDateTime(TimeOnly.MinValue), Berlin);

    public (int Staff, int Eligible, int WithLaptop, int WithVpn, int Ready) Count(Guid? unit)
    {
        var staff = Staff(unit).ToList();
        return (
            staff.Count, staff.Count(p => PlacementOf(p).HomeOfficeEligible), staff.Count(p => Laptops(p.PersonId).Any()), staff.Count(HasVpn),
            staff.Count(p => Laptops(p.PersonId).Any() && HasVpn(p)));
    }

    /// <summary>The people employed on the day, in the unit or below it.</summary>
    public IEnumerable<PersonState> Staff(Guid? unit) =>
        from versions in _known.Where(e => e is PersonRegistered or PersonChanged).GroupBy(e => e.Meta.AggregateId)
        let newest = versions.OrderBy(e => e.Meta.AggregateVersion).Last()
        let person = newest is PersonRegistered registered ? registered.Person : ((PersonChanged)newest).Person
        where person.StartDate <= day && (person.EndDate is null || day <= person.EndDate)
        where unit is null || Ancestors(PlacementOf(person).UnitId).Contains(unit.Value)
        select person;

    /// <summary>The asset tags of the laptops in somebody's hands at the end of the day.</summary>
    public IEnumerable<string> Laptops(Guid person) =>
        from facts in _known.Where(e => e is DeviceIssued or DeviceReturned or DeviceLossReported && e.Meta.EffectiveAt < _end).GroupBy(e => e.Meta.AggregateId)
        let last = facts.OrderBy(e => e.Meta.AggregateVersion).Last() as DeviceIssued
        where last is { Custody: { Status: "held", Kind: "laptop" } custody } && custody.Holder!.PersonId == person
        where !_known.OfType<DeviceStatusChanged>().Any(s =>
            s.Meta.AggregateId == facts.Key && s.Device.Status is "lost" or "stolen" && s.Meta.AggregateId == facts.Key
            && s.Meta.EffectiveAt < _end && (s.Meta.EffectiveAt, s.Meta.RecordedAt).CompareTo((last.Meta.EffectiveAt, last.Meta.RecordedAt)) >= 0)
        select last.Custody.AssetTag;

    private bool HasVpn(PersonState person) =>
        (from facts in _known.Where(e => e is VpnAccessRequested or VpnAccessActivated or VpnAccessRevoked && e.Meta.EffectiveAt < _end).GroupBy(e => e.Meta.AggregateId)
         let last = facts.OrderBy(e => e.Meta.AggregateVersion).Last() as VpnAccessActivated
         where last is not null && last.Access.PersonId == person.PersonId && (last.Access.ExpiresOn is null || day <= last.Access.ExpiresOn)
         select last).Any();

    private PlacementPeriod PlacementOf(PersonState person) => person.Placements.LastOrDefault(p => p.From <= day) ?? person.Placements[0];

    private List<Guid> Ancestors(Guid unit)
    {
        var line = new List<Guid>();
        for (Guid? at = unit; at is not null; at = ParentOf(at.Value)) line.Add(at.Value);
        return line;
    }

    private Guid? ParentOf(Guid unit) =>
        _known.OfType<UnitChanged>().Where(u => u.Unit.UnitId == unit).MaxBy(u => u.Meta.AggregateVersion)
            ?.Unit.Periods.Last(p => p.From is null || p.From <= day).ParentId;
}
