using Fleet.Audit.Domain;
using Fleet.Audit.Features.Log;
using Fleet.Contracts;
using Fleet.Platform;

namespace Fleet.Audit.Features.Coverage;

/// <summary>Reads what an entry of the log means for coverage. Each event holds the whole history of what it is about; which of them just happened says nothing.</summary>
internal static class FactsOfEntries
{
    public static void Add(this CoverageFacts facts, LogEntry entry, FleetCalendar calendar)
    {
        var edition = new Edition(entry.EntityVersion, entry.StreamNumber, entry.LoggedAt);
        switch (entry.Type)
        {
            case nameof(PersonRegistered) or nameof(PersonChanged) or nameof(PersonLeft):
                facts.Add(PersonOf(entry), edition);
                break;
            case nameof(UnitChanged):
                facts.Add(UnitOf(entry), edition);
                break;
            case nameof(DeviceIssued) or nameof(DeviceReturned) or nameof(DeviceLossReported) or nameof(DeviceFound) or nameof(CustodyCorrected):
                facts.AddLaptop(LaptopOf(entry, calendar), edition);
                break;
            case nameof(VpnAccessRequested) or nameof(VpnAccessActivated) or nameof(VpnAccessRevoked):
                facts.AddAccess(AccessOf(entry, calendar), edition);
                break;
        }
    }

    private static PersonFact PersonOf(LogEntry entry)
    {
        // The events about people look alike where it matters; so do those about custody and about accesses below.
        var person = Entries.DataOf<PersonRegistered>(entry).Person;
        var names = Entries.NamesOf(entry);
        return new PersonFact(
            entry.EntityId, names.PersonnelNumber, names.GivenName, names.FamilyName,
            [.. person.Employments.Select(e => new Employment(e.StartDate, e.EndDate))],
            [.. person.Placements.Select(p => new Placement(p.From, p.UnitId, p.HomeOfficeEligible))]);
    }

    private static UnitFact UnitOf(LogEntry entry)
    {
        var unit = Entries.DataOf<UnitChanged>(entry).Unit;
        return new UnitFact(entry.EntityId, unit.Kind, [.. unit.Periods.Select(p => new UnitPlace(p.From, p.Name, p.ParentId))]);
    }

    private static HoldingsFact LaptopOf(LogEntry entry, FleetCalendar calendar)
    {
        var custody = Entries.DataOf<DeviceIssued>(entry).Custody;
        var held = new List<Holding>();
        foreach (var spell in custody.Spells)
        {
            if (custody.Kind == DeviceKinds.Laptop && spell.State == CustodyStates.Held && spell.PersonId is { } holder)
                held.Add(new Holding(holder, calendar.DayOf(spell.From), DayOrNever(spell.Until, calendar), custody.AssetTag));
        }

        return new HoldingsFact(entry.EntityId, held);
    }

    private static HoldingsFact AccessOf(LogEntry entry, FleetCalendar calendar)
    {
        var access = Entries.DataOf<VpnAccessActivated>(entry).Access;
        var active = new List<Holding>();
        foreach (var spell in access.Spells)
        {
            if (spell.State != AccessStates.Active) continue;
            var until = DayOrNever(spell.Until, calendar);
            // At the latest at the end of its last day, also when nobody has said yet that it is over.
            if (access.ExpiresOn is { } last && last < until) until = last.AddDays(1);
            active.Add(new Holding(access.PersonId, calendar.DayOf(spell.From), until, ""));
        }

        return new HoldingsFact(entry.EntityId, active);
    }

    private static DateOnly DayOrNever(DateTimeOffset? until, FleetCalendar calendar) => until is { } end ? calendar.DayOf(end) : DateOnly.MaxValue;
}
