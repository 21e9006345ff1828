using Fleet.Audit.Domain;
using Fleet.Contracts;
using Fleet.Platform;

namespace Fleet.Audit;

/// <summary>Reads what an entry of the log means for coverage.</summary>
internal static class FactsOfEntries
{
    private const string Laptop = "laptop";
    private const string Held = "held";
    private const string Active = "active";

    public static void Add(this CoverageFacts facts, LogEntry entry, FleetCalendar calendar)
    {
        var effective = new Moment(entry.EffectiveAt, calendar.DayOf(entry.EffectiveAt));
        switch (entry.Type)
        {
            case nameof(PersonRegistered) or nameof(PersonChanged):
                facts.Add(PersonOf(entry));
                break;
            case nameof(UnitChanged):
                facts.Add(UnitOf(entry));
                break;
            case nameof(DeviceIssued) or nameof(DeviceReturned) or nameof(DeviceLossReported):
                // The three look alike where it matters.
                var custody = Entries.DataOf<DeviceIssued>(entry).Custody;
                facts.Add(new CustodyFact(
                    entry.EntityId, entry.EntityVersion, entry.RecordedAt, effective, custody.AssetTag,
                    custody.Kind == Laptop && custody.Status == Held ? custody.Holder?.PersonId : null));
                break;
            case nameof(DeviceStatusChanged):
                if (Entries.DataOf<DeviceStatusChanged>(entry).Device.Status is "lost" or "stolen") facts.Add(new LossFact(entry.EntityId, entry.RecordedAt, effective));
                break;
            case nameof(VpnAccessRequested) or nameof(VpnAccessActivated) or nameof(VpnAccessRevoked):
                var access = Entries.DataOf<VpnAccessActivated>(entry).Access;
                facts.Add(new AccessFact(
                    entry.EntityId, entry.EntityVersion, entry.RecordedAt, effective, access.PersonId, access.State == Active, access.ExpiresOn));
                break;
        }
    }

    private static PersonVersion PersonOf(LogEntry entry)
    {
        var person = Entries.DataOf<PersonRegistered>(entry).Person;
        var names = Entries.NamesOf(entry);
        return new PersonVersion(
            entry.EntityId, entry.EntityVersion, entry.RecordedAt, names.PersonnelNumber, names.GivenName, names.FamilyName, person.StartDate, person.EndDate,
            [.. person.Placements.Select(p => new Placement(p.From, p.UnitId, p.HomeOfficeEligible))]);
    }

    private static UnitVersion UnitOf(LogEntry entry)
    {
        var unit = Entries.DataOf<UnitChanged>(entry).Unit;
        return new UnitVersion(
            entry.EntityId, entry.EntityVersion, entry.RecordedAt, unit.Kind, [.. unit.Periods.Select(p => new UnitPlace(p.From, p.Name, p.ParentId))]);
    }
}
