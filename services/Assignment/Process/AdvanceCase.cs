using Fleet.Assignment.Domain;
using Fleet.Assignment.Features.Cases;
using Fleet.Assignment.Features.Handovers;
using Fleet.Contracts;
using Fleet.Platform;
using Fleet.Platform.Store;
using MassTransit;

namespace Fleet.Assignment.Process;

/// <summary>
/// Leads a joiner from the first entry to "everything is there". An event only says whose case to look at; the case is worked out from what is stored:
/// the person, the kit, the custodies, and the accesses as provisioning told of them last. So no order of events can matter. Decisions are in
/// <see cref="JoinerCase.Decide"/>.
/// </summary>
internal sealed class AdvanceCase(IDocumentStore store, FleetCalendar calendar, TimeProvider time) :
    IConsumer<PersonRegistered>, IConsumer<PersonChanged>, IConsumer<PersonLeft>,
    IConsumer<DeviceIssued>, IConsumer<DeviceReturned>, IConsumer<DeviceFound>, IConsumer<DeviceLossReported>, IConsumer<CustodyCorrected>,
    IConsumer<VpnAccessRequested>, IConsumer<VpnAccessActivated>, IConsumer<VpnAccessRevoked>
{
    public Task Consume(ConsumeContext<PersonRegistered> context) => AdvanceAsync(context, [context.Message.Person.PersonId]);

    public Task Consume(ConsumeContext<PersonChanged> context) => AdvanceAsync(context, [context.Message.Person.PersonId]);

    public Task Consume(ConsumeContext<PersonLeft> context) => AdvanceAsync(context, [context.Message.Person.PersonId]);

    public Task Consume(ConsumeContext<DeviceIssued> context) => AdvanceAsync(context, context.Message.Custody);

    public Task Consume(ConsumeContext<DeviceReturned> context) => AdvanceAsync(context, context.Message.Custody);

    public Task Consume(ConsumeContext<DeviceFound> context) => AdvanceAsync(context, context.Message.Custody);

    public Task Consume(ConsumeContext<DeviceLossReported> context) => AdvanceAsync(context, context.Message.Custody);

    public async Task Consume(ConsumeContext<CustodyCorrected> context)
    {
        // Whoever had the device before the correction does not stand in the timeline any more; the hand-over remembers them.
        var handover = await store.FindAsync<Handover>(context.Message.HandoverId, context.CancellationToken);
        var people = handover?.State.Corrections.SelectMany(c => new[] { c.Before.PersonId, c.After.PersonId }) ?? [];
        await AdvanceAsync(context, people.Concat(PeopleOf(context.Message.Custody)));
    }

    public Task Consume(ConsumeContext<VpnAccessRequested> context) => AdvanceAsync(context, context.Message.Access);

    public Task Consume(ConsumeContext<VpnAccessActivated> context) => AdvanceAsync(context, context.Message.Access);

    public Task Consume(ConsumeContext<VpnAccessRevoked> context) => AdvanceAsync(context, context.Message.Access);

    private static IEnumerable<Guid> PeopleOf(CustodyState custody) => custody.Spells.Select(s => s.PersonId).OfType<Guid>();

    private Task AdvanceAsync(ConsumeContext<IFleetEvent> context, CustodyState custody) => AdvanceAsync(context, PeopleOf(custody));

    private async Task AdvanceAsync(ConsumeContext<IFleetEvent> context, VpnAccessState access)
    {
        var known = new KnownAccess(
            access.AccessId, access.PersonId, context.Message.Meta.AggregateVersion,
            [.. access.Spells.Where(s => s.State == AccessStates.Active).Select(s => new Possession(ItemKind.Vpn, s.From.ToUniversalTime(), s.Until?.ToUniversalTime()))]);
        while (true)
        {
            var found = await store.FindAsync<KnownAccess>(access.AccessId, context.CancellationToken) ?? Document<KnownAccess>.New(access.AccessId, known);
            if (found.Version > 0 && found.State.Version >= known.Version) break;
            if ((await store.WriteAsync(found.With(known), context.CancellationToken)).IsWritten) break;
        }

        await AdvanceAsync(context, [access.PersonId]);
    }

    private async Task AdvanceAsync(ConsumeContext<IFleetEvent> context, IEnumerable<Guid> personIds)
    {
        foreach (var personId in personIds.Distinct())
        {
            var employments = (await store.FindAsync<Person>(personId, context.CancellationToken))?.State.Employments.Count ?? 0;
            for (var number = 1; number <= employments; number++) await AdvanceAsync(context.Message, personId, number, context.CancellationToken);
        }
    }

    private async Task AdvanceAsync(IFleetEvent fact, Guid personId, int number, CancellationToken ct)
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

            var cause = Cause.Following(fact, "assignment", now);
            var events = changes.Select((change, i) => CaseEvents.EventOf(change, cause.MetaOfNext(found, EffectiveAt(change, next, fact), i), next.ToState()).Pending());
            if ((await store.WriteAsync(found.With(next), [.. events], ct)).IsWritten) return;
        }
    }

    private static DateTimeOffset EffectiveAt(CaseChange change, JoinerCase joiner, IFleetEvent fact) => change switch
    {
        CaseChange.Opened => joiner.OpenedAt!.Value,
        CaseChange.Closed => joiner.ClosedAt!.Value,
        _ => fact.Meta.EffectiveAt,
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
