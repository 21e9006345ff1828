using Fleet.Contracts;
using Fleet.Inventory.Domain;
using Fleet.Platform.Store;
using MassTransit;
using CustodyState = Fleet.Inventory.Domain.CustodyState;

namespace Fleet.Inventory.Features.Devices;

/// <summary>
/// Keeps what is told of a device's custody. Every event carries the whole timeline and the newest stands, so it does not matter which event it
/// is and when it comes.
/// </summary>
internal sealed class FollowCustody(IDocumentStore store, TimeProvider time) :
    IConsumer<DeviceIssued>, IConsumer<DeviceReturned>, IConsumer<DeviceLossReported>, IConsumer<DeviceFound>, IConsumer<CustodyCorrected>
{
    public Task Consume(ConsumeContext<DeviceIssued> context) => FollowAsync(context.Message, context.Message.Custody, null, context.CancellationToken);

    public Task Consume(ConsumeContext<DeviceReturned> context) =>
        FollowAsync(context.Message, context.Message.Custody, context.Message.Condition, context.CancellationToken);

    public Task Consume(ConsumeContext<DeviceLossReported> context) => FollowAsync(context.Message, context.Message.Custody, null, context.CancellationToken);

    public Task Consume(ConsumeContext<DeviceFound> context) =>
        FollowAsync(context.Message, context.Message.Custody, context.Message.Condition, context.CancellationToken);

    public Task Consume(ConsumeContext<CustodyCorrected> context) =>
        FollowAsync(context.Message, context.Message.Custody, context.Message.Reason, context.CancellationToken);

    /// <summary>What an event says about a custody.</summary>
    public static CustodyNews News(EventMeta meta, Contracts.CustodyState custody, string? note) => new(
        meta.AggregateVersion, meta.StreamNumber, [.. custody.Spells.Select(SpellOf)], meta.EffectiveAt, meta.RecordedAt, meta.Actor(), meta.CausedBy, note);

    private static Spell SpellOf(CustodySpell spell) => new(
        spell.From,
        spell.State switch
        {
            CustodyStates.Free => CustodyState.Free,
            CustodyStates.Held => CustodyState.Held,
            CustodyStates.Lost => CustodyState.Lost,
            CustodyStates.Stolen => CustodyState.Stolen,
            _ => throw new InvalidOperationException($"A custody is told to be {spell.State}, which this version of the inventory cannot read."),
        },
        spell.PersonId);

    private async Task FollowAsync(IFleetEvent message, Contracts.CustodyState custody, string? note, CancellationToken ct)
    {
        var news = News(message.Meta, custody, note);
        while (true)
        {
            // A device is registered here before anybody can have it. One that is missing was lost with this store (a backup was put back): the message
            // waits in the error queue until the device is there again.
            var found = await store.FindAsync<Device>(custody.DeviceId, ct)
                ?? throw new InvalidOperationException($"There is a custody of the device {custody.DeviceId}, which the inventory never registered.");
            var device = found.State.Follow(news);
            if (ReferenceEquals(device, found.State)) return;

            var changed = DeviceEvents.Followed(found, device, Cause.Following(message, Events.Service, time.GetUtcNow()));
            if ((await store.WriteAsync(found.With(device), changed is null ? [] : [changed.Pending()], ct)).IsWritten) return;
        }
    }
}
