using Fleet.Contracts;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;
using Fleet.Provisioning.Process;
using MassTransit;

namespace Fleet.Provisioning.Features;

/// <summary>Requests access for a laptop handed to somebody whose kit holds VPN, and ends a device's accesses when it is returned or lost.</summary>
internal sealed class FollowCustody(IDocumentStore store, CustodySettlement settlement, TimeProvider time)
    : IConsumer<DeviceIssued>, IConsumer<DeviceReturned>, IConsumer<DeviceLossReported>
{
    public Task Consume(ConsumeContext<DeviceIssued> context)
    {
        var (meta, custody) = (context.Message.Meta, context.Message.Custody);
        var holder = custody.Holder ?? throw new InvalidOperationException($"Device {custody.DeviceId} was issued to nobody.");
        var begin = new CustodyBegin(meta.AggregateVersion, meta.EventId, holder.PersonId, custody is { Kind: "laptop", VpnIncluded: true }, meta.EffectiveAt);
        return FollowAsync(context.Message, custody.DeviceId, watch => watch.After(begin), context.CancellationToken);
    }

    public Task Consume(ConsumeContext<DeviceReturned> context) => EndAsync(context.Message, context.Message.Custody.DeviceId, "returned", context.CancellationToken);

    public Task Consume(ConsumeContext<DeviceLossReported> context) =>
        EndAsync(context.Message, context.Message.Custody.DeviceId, context.Message.Custody.Status, context.CancellationToken);

    private Task EndAsync(IFleetEvent fact, Guid deviceId, string reason, CancellationToken ct)
    {
        var end = new CustodyEnd(fact.Meta.AggregateVersion, reason, fact.Meta.EffectiveAt);
        return FollowAsync(fact, deviceId, watch => watch.After(end), ct);
    }

    private async Task FollowAsync(IFleetEvent fact, Guid deviceId, Func<DeviceWatch, DeviceWatch> learn, CancellationToken ct)
    {
        while (true)
        {
            var known = await store.FindAsync<DeviceWatch>(deviceId, ct) ?? Document<DeviceWatch>.New(deviceId, new DeviceWatch { DeviceId = deviceId });
            var learned = learn(known.State);
            if (learned != known.State)
            {
                if (!(await store.WriteAsync(known.With(learned), ct)).IsWritten) continue;
                known = known with { Version = known.Version + 1, State = learned };
            }

            // Also when nothing new was learned: the delivery before this one may have been cut short after its write.
            await settlement.SettleAsync(known, Cause.Following(fact, Facts.Service, time.GetUtcNow()), ct);
            return;
        }
    }
}
