using Fleet.Assignment.Domain;
using Fleet.Assignment.Features.Cases;
using Fleet.Assignment.Features.Handovers;
using Fleet.Contracts;
using Fleet.Platform;
using Fleet.Platform.Store;

namespace Fleet.Assignment.Process;

/// <summary>
/// Works out joiners' cases from what is stored: the person, the kit, the custodies, the accesses. Decisions are in <see cref="JoinerCase.Decide"/>.
/// </summary>
internal sealed class CaseProgress(IDocumentStore store, FleetCalendar calendar, TimeProvider time)
{
    /// <summary>Works out all cases of a person anew, one per employment, and tells of what is new.</summary>
    /// <param name="personId">The person.</param>
    /// <param name="cause">Why, given the instant.</param>
    /// <param name="progressedAt">Since when it is so, where the case itself does not say.</param>
    /// <param name="ct">Ends the call.</param>
    public async Task AdvanceAsync(Guid personId, Func<DateTimeOffset, Cause> cause, DateTimeOffset progressedAt, CancellationToken ct)
    {
        var employments = (await store.FindAsync<Person>(personId, ct))?.State.Employments.Count ?? 0;
        for (var number = 1; number <= employments; number++) await AdvanceAsync(personId, number, cause, progressedAt, ct);
    }

    private async Task AdvanceAsync(Guid personId, int number, Func<DateTimeOffset, Cause> cause, DateTimeOffset progressedAt, CancellationToken ct)
    {
        while (true)
        {
            // First the case, then what it is worked out from: whoever writes over this version has read at least what the one before had.
            var now = time.GetUtcNow();
            var byNumber = new Query<JoinerCase> { Where = [CaseDocument.Person.Is(personId), CaseDocument.Employment.Is(Key.Of(number))], Limit = 1 };
            var found = (await store.QueryAsync(byNumber, ct)).Items is [var there] ? there : NewCase(personId, number, now);

            if (await store.FindAsync<Person>(personId, ct) is not { State: var person }) return;
            var employment = person.Employments[number - 1];
            if (employment is not { KitId: { } kitId, AwaitedSince: { } since }) return;
            if (await store.FindAsync<Kit>(kitId, ct) is not { State.Items: { Count: > 0 } kit }) return;

            var endedAt = employment.EndDate is { } lastDay && lastDay < calendar.DayOf(now) ? calendar.StartOf(lastDay.AddDays(1)) : (DateTimeOffset?)null;
            var (next, changes) = found.State.Decide(kit, since, await PossessionsOfAsync(personId, ct), endedAt);
            if (ReferenceEquals(next, found.State)) return;

            var because = cause(now);
            var events = changes.Select((change, i) => CaseEvents.EventOf(change, because.MetaOfNext(found, EffectiveAt(change, next) ?? progressedAt, i), next.ToState()).Pending());
            if ((await store.WriteAsync(found.With(next), [.. events], ct)).IsWritten) return;
        }
    }

    private static DateTimeOffset? EffectiveAt(CaseChange change, JoinerCase joiner) => change switch
    {
        CaseChange.Opened => joiner.OpenedAt,
        CaseChange.Closed => joiner.ClosedAt,
        _ => null,
    };

    /// <summary>What a person had, and when: the devices of all hand-overs to them, and their accesses.</summary>
    private async Task<List<Possession>> PossessionsOfAsync(Guid personId, CancellationToken ct)
    {
        var possessions = new List<Possession>();
        var devices = new HashSet<Guid>();
        await foreach (var handover in store.AllAsync(new Query<Handover> { Where = [HandoverDocument.Receiver.Is(personId)] }, ct))
            devices.UnionWith(handover.State.Devices.Select(d => d.DeviceId));
        foreach (var some in devices.Select(id => Key.Of(id)).Chunk(Query<Custody>.MaxLimit))
        {
            foreach (var custody in await store.FindManyAsync<Custody>(some, ct))
            {
                var kind = Enum.TryParse<ItemKind>(custody.State.Device.Kind, ignoreCase: true, out var known) ? known : ItemKind.Other;
                possessions.AddRange(custody.State.Spells
                    .Where(s => s.Status == CustodyStatus.Held && s.PersonId == personId).Select(s => new Possession(kind, s.From, s.Until)));
            }
        }

        await foreach (var access in store.AllAsync(new Query<KnownAccess> { Where = [AccessDocument.Person.Is(personId)] }, ct))
            possessions.AddRange(access.State.Active);
        return possessions;
    }

    private static Document<JoinerCase> NewCase(Guid personId, int number, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        return Document<JoinerCase>.New(id, new JoinerCase { CaseId = id, PersonId = personId, Employment = number });
    }
}
