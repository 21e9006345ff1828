using Fleet.Assignment.Domain;
using Fleet.Assignment.Process;
using Fleet.Contracts;
using Fleet.Platform.Store;
using MassTransit;

namespace Fleet.Assignment.Features.Custodies;

/// <summary>
/// Keeps a custody for every device of the inventory, with a copy of what it says about it. The newest version says everything, so older news and
/// duplicates change nothing; what was decided there about losses and finds becomes part of the custody's timeline, and is told on.
/// </summary>
internal sealed class FollowDevices(IDocumentStore store, Claims claims, TimeProvider time) :
    IConsumer<DeviceRegistered>, IConsumer<DeviceChanged>, IConsumer<DeviceStatusChanged>
{
    public Task Consume(ConsumeContext<DeviceRegistered> context) => FollowAsync(context.Message, context.Message.Device, context.CancellationToken);

    public Task Consume(ConsumeContext<DeviceChanged> context) => FollowAsync(context.Message, context.Message.Device, context.CancellationToken);

    public Task Consume(ConsumeContext<DeviceStatusChanged> context) => FollowAsync(context.Message, context.Message.Device, context.CancellationToken);

    private async Task FollowAsync(IFleetEvent fact, DeviceState device, CancellationToken ct)
    {
        var facts = FactsOf(device);
        var now = time.GetUtcNow();
        while (true)
        {
            var found = await store.FindAsync<Custody>(device.DeviceId, ct)
                ?? Document<Custody>.New(device.DeviceId, new Custody { DeviceId = device.DeviceId, Device = facts });
            var next = found.State.Follow(facts, fact.Meta.AggregateVersion);
            if (ReferenceEquals(next, found.State)) return;

            var events = CustodyEvents.Changes(found, next, Cause.Following(fact, "assignment", now));
            if (events.Count > 0 && found.State.Claim is not null)
            {
                // Gone, or found, before it was handed over or corrected: that is settled first, in writes of its own.
                await claims.BreakAsync(found, ct);
                continue;
            }

            if ((await store.WriteAsync(found.With(next), events, ct)).IsWritten) return;
        }
    }

    private static DeviceFacts FactsOf(DeviceState device) => new(device.AssetTag, device.Kind, device.Model, StatusOf(device.Status), device.Begins.ToUniversalTime())
    {
        // A word that this version does not know decides nothing about custody.
        Decisions =
        [
            .. device.Decisions.OrderBy(d => d.Number)
                .Select(d => StatusOf(d.Status) is { } status ? new Decision(d.Number, d.EventId, status, d.At.ToUniversalTime()) : null).OfType<Decision>(),
        ],
    };

    private static DeviceStatus? StatusOf(string word) => Enum.TryParse<DeviceStatus>(word, ignoreCase: true, out var status) ? status : null;
}
