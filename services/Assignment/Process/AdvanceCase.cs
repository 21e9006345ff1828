using Fleet.Assignment.Domain;
using Fleet.Contracts;
using Fleet.Platform.Store;
using MassTransit;

namespace Fleet.Assignment.Process;

/// <summary>
/// Leads a joiner from the first entry to "everything is there". The case opens by itself when the person has a kit, takes note of every device
/// and VPN access of theirs, and closes when nothing awaited is missing. Decisions are in <see cref="JoinerCase.Decide"/>.
/// </summary>
internal sealed class AdvanceCase(IDocumentStore store, TimeProvider time) :
    IConsumer<PersonRegistered>, IConsumer<PersonChanged>,
    IConsumer<DeviceIssued>, IConsumer<DeviceReturned>, IConsumer<DeviceLossReported>,
    IConsumer<VpnAccessRequested>, IConsumer<VpnAccessActivated>, IConsumer<VpnAccessRevoked>
{
    public Task Consume(ConsumeContext<PersonRegistered> context) => AdvanceAsync(context, context.Message.Person.PersonId, null);

    public Task Consume(ConsumeContext<PersonChanged> context) => AdvanceAsync(context, context.Message.Person.PersonId, null);

    public Task Consume(ConsumeContext<DeviceIssued> context) => AdvanceAsync(context, context.Message.Custody);

    public Task Consume(ConsumeContext<DeviceReturned> context) => AdvanceAsync(context, context.Message.Custody);

    public Task Consume(ConsumeContext<DeviceLossReported> context) => AdvanceAsync(context, context.Message.Custody);

    public Task Consume(ConsumeContext<VpnAccessRequested> context) => AdvanceAsync(context, context.Message.Access);

    public Task Consume(ConsumeContext<VpnAccessActivated> context) => AdvanceAsync(context, context.Message.Access);

    public Task Consume(ConsumeContext<VpnAccessRevoked> context) => AdvanceAsync(context, context.Message.Access);

    private Task AdvanceAsync(ConsumeContext<IFleetEvent> context, CustodyState custody)
    {
        // A device that nobody ever had is no news for anybody.
        if (custody.Holder is not { } holder) return Task.CompletedTask;
        var kind = Enum.TryParse<ItemKind>(custody.Kind, ignoreCase: true, out var known) ? known : ItemKind.Other;
        return AdvanceAsync(context, holder.PersonId, new Equipment(custody.DeviceId, kind, context.Message.Meta.AggregateVersion, custody.Status == "held"));
    }

    private Task AdvanceAsync(ConsumeContext<IFleetEvent> context, VpnAccessState access) => AdvanceAsync(
        context, access.PersonId, new Equipment(access.AccessId, ItemKind.Vpn, context.Message.Meta.AggregateVersion, access.State == "active"));

    private async Task AdvanceAsync(ConsumeContext<IFleetEvent> context, Guid personId, Equipment? news)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        var now = time.GetUtcNow();
        while (true)
        {
            var found = await store.FindByAsync(Documents.CasePerson.Is(personId), ct) ?? NewCase(personId, now);
            // News of a person's things may come before the news of the person; the person's own document is always there before both.
            var kit = found.Version == 0 || news is null ? await KitOfAsync(personId, ct) : null;
            var (next, changes) = found.State.Decide(kit, news, fact.Meta.EffectiveAt);
            if (ReferenceEquals(next, found.State)) return;

            var cause = Cause.Following(fact, "assignment", now);
            var events = changes.Select(c => EventOf(c, cause.Meta(next.CaseId, found.Version + 1, fact.Meta.EffectiveAt), next.ToState()).Pending());
            if ((await store.WriteAsync(found.With(next), [.. events], ct)).IsWritten) return;
        }
    }

    private async Task<IReadOnlyList<KitItem>?> KitOfAsync(Guid personId, CancellationToken ct) =>
        (await store.FindAsync<Person>(personId, ct))?.State.KitId is { } kitId ? (await store.FindAsync<Kit>(kitId, ct))?.State.Items : null;

    private static Document<JoinerCase> NewCase(Guid personId, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        return Document<JoinerCase>.New(id, new JoinerCase { CaseId = id, PersonId = personId });
    }

    private static IFleetEvent EventOf(CaseChange change, EventMeta meta, CaseState state) => change switch
    {
        CaseChange.Opened => new CaseOpened { Meta = meta, Case = state },
        CaseChange.Progressed => new CaseProgressed { Meta = meta, Case = state },
        _ => new CaseClosed { Meta = meta, Case = state },
    };
}
