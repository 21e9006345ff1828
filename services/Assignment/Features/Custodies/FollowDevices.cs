using Fleet.Assignment.Domain;
using Fleet.Assignment.Process;
using Fleet.Contracts;
using Fleet.Platform.Store;
using MassTransit;

namespace Fleet.Assignment.Features;

/// <summary>
/// Keeps a custody for every device of the inventory, with a copy of what it says about it. What somebody decides there about a loss counts
/// here as well; what the inventory sets by itself is only the echo of a custody's own event.
/// </summary>
internal sealed class FollowDevices(IDocumentStore store, Claims claims, TimeProvider time) :
    IConsumer<DeviceRegistered>, IConsumer<DeviceChanged>, IConsumer<DeviceStatusChanged>
{
    public Task Consume(ConsumeContext<DeviceRegistered> context) => FollowAsync(context.Message, context.Message.Device, context.CancellationToken);

    public Task Consume(ConsumeContext<DeviceChanged> context) => FollowAsync(context.Message, context.Message.Device, context.CancellationToken);

    public Task Consume(ConsumeContext<DeviceStatusChanged> context) => FollowAsync(context.Message, context.Message.Device, context.CancellationToken);

    private async Task FollowAsync(IFleetEvent fact, DeviceState device, CancellationToken ct)
    {
        var facts = new DeviceFacts(device.AssetTag, device.Kind, device.Model, device.Status, device.Since.ToUniversalTime());
        var now = time.GetUtcNow();
        while (true)
        {
            var found = await store.FindAsync<Custody>(device.DeviceId, ct)
                ?? Document<Custody>.New(device.DeviceId, new Custody { DeviceId = device.DeviceId, Device = facts });
            var next = found.State.Follow(facts, fact.Meta.AggregateVersion);
            var effect = StatusEffect.None;
            if (fact is DeviceStatusChanged changed) (effect, next) = next.FollowStatus(NewsOf(changed));
            if (ReferenceEquals(next, found.State)) return;

            if (effect == StatusEffect.Lost && found.State.Claim is not null)
            {
                // Gone before it was handed over: that hand-over is settled first, in writes of its own.
                await claims.BreakAsync(found, ct);
                continue;
            }

            var cause = Cause.Following(fact, "assignment", now);
            IReadOnlyList<PendingEvent> events = effect switch
            {
                StatusEffect.Lost => [Facts.LossReported(found, next, cause)],
                StatusEffect.Found => [Facts.Returned(found, next, cause)],
                _ => [],
            };
            if ((await store.WriteAsync(found.With(next), events, ct)).IsWritten) return;
        }
    }

    private static StatusNews NewsOf(DeviceStatusChanged changed) => new(
        changed.Meta.AggregateVersion, changed.Meta.Actor.Role != "system", LossOf(changed.PreviousStatus) is not null, LossOf(changed.Device.Status),
        changed.Meta.EffectiveAt.ToUniversalTime());

    private static CustodyStatus? LossOf(string status) => status switch
    {
        "lost" => CustodyStatus.Lost,
        "stolen" => CustodyStatus.Stolen,
        _ => null,
    };
}
