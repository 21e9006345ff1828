using Fleet.Platform;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;

namespace Fleet.Provisioning.Process;

/// <summary>
/// What accesses are at this very moment, given the newest that is known of devices and people and the clock, whatever their documents still say:
/// whoever lets somebody in asks here.
/// </summary>
internal sealed class Standing(IDocumentStore store, FleetCalendar calendar, TimeProvider time)
{
    public async Task<Access> OfAsync(Access access, CancellationToken ct) => (await OfAsync([access], ct))[0];

    /// <summary>At most a page of accesses, in their order; one that is as its document says is the same object.</summary>
    public async Task<IReadOnlyList<Access>> OfAsync(IReadOnlyList<Access> accesses, CancellationToken ct)
    {
        var people = (await store.FindManyAsync<Person>([.. accesses.Select(a => Key.Of(a.PersonId)).Distinct()], ct)).ToDictionary(p => p.Id, p => p.State);
        var custodies = (await store.FindManyAsync<DeviceCustody>([.. accesses.Where(a => a.DeviceId is not null).Select(a => Key.Of(a.DeviceId!.Value)).Distinct()], ct))
            .ToDictionary(c => c.Id, c => c.State);
        var now = time.GetUtcNow();
        return
        [
            .. accesses.Select(a => Of(
                a, a.DeviceId is { } device ? custodies.GetValueOrDefault(Key.Of(device)) : null, people.GetValueOrDefault(Key.Of(a.PersonId)), calendar, now)),
        ];
    }

    /// <summary>What an access is, given what is known of its device and its person.</summary>
    public static Access Of(Access access, DeviceCustody? custody, Person? person, FleetCalendar calendar, DateTimeOffset now)
    {
        var bound = custody?.Bind(access) ?? access;
        var begun = bound.SpellId == bound.AccessId && custody?.Find(bound.AccessId) is { } spell ? bound.BegunAt(spell.From) : bound;
        var due = DueEnd(begun, person, calendar);
        var custodyEnd = begun.SpellId is { } spellId ? custody?.EndOf(spellId) : null;
        var settled = begun.Settled(Ending.First(custodyEnd, due?.At <= now ? due : null), now);
        return settled.EndsAt == due?.At ? settled : settled with { EndsAt = due?.At };
    }

    /// <summary>The end of its last day, that day included.</summary>
    private static Ending? DueEnd(Access access, Person? person, FleetCalendar calendar)
    {
        var expires = access.ExpiresOn is { } day ? new Ending(calendar.StartOf(day.AddDays(1)), AccessState.Expired, "expired") : null;
        var leaves = person?.EmploymentOf(calendar.DayOf(access.RequestedAt)).EndDate is { } last ? Ending.Revoked(calendar.StartOf(last.AddDays(1)), "left") : null;
        return Ending.First(expires, leaves);
    }
}
