using Fleet.Assignment.Domain;
using Fleet.Contracts;
using Fleet.Platform.Store;
using MassTransit;

namespace Fleet.Assignment.Features;

/// <summary>Notes in a hand-over that a device of it came back. The custody, which decides, is another document; its event brings the news here.</summary>
internal sealed class MarkReturned(IDocumentStore store) : IConsumer<DeviceReturned>
{
    public async Task Consume(ConsumeContext<DeviceReturned> context)
    {
        var (custody, returnedAt) = (context.Message.Custody, context.Message.Meta.EffectiveAt);
        while (custody.HandoverId is { } id && await store.FindAsync<Handover>(id, context.CancellationToken) is { } found)
        {
            var marked = found.State.WithReturned(custody.DeviceId, returnedAt);
            if (ReferenceEquals(marked, found.State) || (await store.WriteAsync(found.With(marked), context.CancellationToken)).IsWritten) return;
        }
    }
}
