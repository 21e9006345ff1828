using Fleet.Contracts;
using Fleet.Inventory.Domain;
using Fleet.Platform.Store;
using MassTransit;

namespace Fleet.Inventory.Features;

/// <summary>Keeps a device's status and holder as its custody says: handed over, returned, lost.</summary>
internal sealed class FollowCustody(IDocumentStore store, TimeProvider time)
    : IConsumer<DeviceIssued>, IConsumer<DeviceReturned>, IConsumer<DeviceLossReported>
{
    public Task Consume(ConsumeContext<DeviceIssued> context) =>
        FollowAsync(context.Message, context.Message.Custody, CustodyAct.Issued, null, context.CancellationToken);

    public Task Consume(ConsumeContext<DeviceReturned> context) =>
        FollowAsync(context.Message, context.Message.Custody, CustodyAct.Returned, context.Message.Condition, context.CancellationToken);

    public Task Consume(ConsumeContext<DeviceLossReported> context) =>
        FollowAsync(context.Message, context.Message.Custody, LossOf(context.Message.Custody), null, context.CancellationToken);

    private static CustodyAct LossOf(CustodyState custody) => custody.Status == "stolen" ? CustodyAct.Stolen : CustodyAct.Lost;

    private async Task FollowAsync(IFleetEvent message, CustodyState custody, CustodyAct act, string? note, CancellationToken ct)
    {
        var meta = message.Meta;
        var holder = custody.Holder is { } h ? new Holder(h.PersonId, h.Name, h.UserName) : null;
        var fact = new CustodyFact(meta.AggregateVersion, act, holder, meta.EffectiveAt, new(meta.Actor.Subject, meta.Actor.Role), note);
        var written = false;
        while (!written)
        {
            var found = await store.FindAsync<Device>(custody.DeviceId, ct)
                ?? throw new InvalidOperationException($"There is a custody of the device {custody.DeviceId}, which the inventory never registered.");
            var now = time.GetUtcNow();
            var device = found.State.Follow(fact, now);
            if (ReferenceEquals(device, found.State)) return;

            var changed = device.Status != found.State.Status || device.Holder != found.State.Holder
                ? Facts.StatusChanged(found, device, Cause.Following(message, "inventory", now), meta.EffectiveAt, note)
                : null;
            written = (await store.WriteAsync(found.With(device), changed is null ? [] : [changed.Pending()], ct)).IsWritten;
        }
    }
}
