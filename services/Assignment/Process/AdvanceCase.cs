using Fleet.Assignment.Domain;
using Fleet.Contracts;
using Fleet.Platform.Store;
using MassTransit;

namespace Fleet.Assignment.Process;

/// <summary>
/// Leads a joiner from the first entry to "everything is there". An event only says whose case to look at; the case is worked out from what is stored
/// (<see cref="CaseProgress"/>), so no order of events can matter. What provisioning says of an access is kept here, in its newest version.
/// </summary>
internal sealed class AdvanceCase(IDocumentStore store, CaseProgress cases) :
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
            await cases.AdvanceAsync(personId, now => Cause.Following(context.Message, "assignment", now), context.Message.Meta.EffectiveAt, context.CancellationToken);
    }
}
