using Fleet.Contracts;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;
using Fleet.Provisioning.Process;
using MassTransit;
using CustodySpell = Fleet.Provisioning.Domain.CustodySpell;
using CustodyState = Fleet.Provisioning.Domain.CustodyState;

namespace Fleet.Provisioning.Features.Custodies;

/// <summary>
/// Keeps a copy of who has which device from when to when. A laptop in the hands of somebody whose kit holds VPN gets an access; all accesses of a
/// device end with the spell they were made under.
/// </summary>
internal sealed class FollowCustody(IDocumentStore store, Settlement settlement, TimeProvider time)
    : IConsumer<DeviceIssued>, IConsumer<DeviceReturned>, IConsumer<DeviceLossReported>, IConsumer<DeviceFound>, IConsumer<CustodyCorrected>
{
    public Task Consume(ConsumeContext<DeviceIssued> context) => FollowAsync(context.Message, context.Message.Custody, context.CancellationToken);

    public Task Consume(ConsumeContext<DeviceReturned> context) => FollowAsync(context.Message, context.Message.Custody, context.CancellationToken);

    public Task Consume(ConsumeContext<DeviceLossReported> context) => FollowAsync(context.Message, context.Message.Custody, context.CancellationToken);

    public Task Consume(ConsumeContext<DeviceFound> context) => FollowAsync(context.Message, context.Message.Custody, context.CancellationToken);

    public Task Consume(ConsumeContext<CustodyCorrected> context) => FollowAsync(context.Message, context.Message.Custody, context.CancellationToken);

    private async Task FollowAsync(IFleetEvent fact, Contracts.CustodyState told, CancellationToken ct)
    {
        var heard = Read(told, fact.Meta.AggregateVersion);
        while (true)
        {
            var known = await store.FindAsync<DeviceCustody>(heard.DeviceId, ct) ?? Document<DeviceCustody>.New(heard.DeviceId, heard);
            var learned = known.State.With(heard);
            var isNew = known.Version == 0 || !ReferenceEquals(learned, known.State);
            if (isNew && !(await store.WriteAsync(known.With(learned), ct)).IsWritten) continue;

            // Also when nothing new was learned: the delivery before this one may have been cut short after its write.
            await settlement.SettleDeviceAsync(learned, Cause.Following(fact, Events.Service, time.GetUtcNow()), ct);
            return;
        }
    }

    private static DeviceCustody Read(Contracts.CustodyState told, long version) => new()
    {
        DeviceId = told.DeviceId,
        IsLaptop = told.Kind == DeviceKinds.Laptop,
        Version = version,
        Spells = [.. told.Spells.Select(s => new CustodySpell(s.SpellId, s.From, s.Until, StateOf(s.State), s.PersonId, s.VpnIncluded, version))],
    };

    private static CustodyState StateOf(string word) => word switch
    {
        CustodyStates.Free => CustodyState.Free,
        CustodyStates.Held => CustodyState.Held,
        CustodyStates.Lost => CustodyState.Lost,
        CustodyStates.Stolen => CustodyState.Stolen,
        _ => throw new InvalidOperationException($"A device cannot be {word}."),
    };
}
