using Fleet.Contracts;
using Fleet.Inventory.Domain;
using Fleet.Platform.Store;

namespace Fleet.Inventory.Features.Devices;

/// <summary>The events of devices.</summary>
internal static class DeviceEvents
{
    /// <summary>Tells of a new device, under the event id of its first decision.</summary>
    public static DeviceRegistered Registered(Device device, Cause cause) => new()
    {
        Meta = cause.Meta(device.Id, 1, 1, device.Begins, null) with { EventId = device.Decisions[0].EventId },
        Device = device.State(),
    };

    /// <summary>Tells of another description.</summary>
    public static DeviceChanged Changed(Document<Device> found, Device next, Cause cause) => new()
    {
        Meta = Next(found, cause, cause.RecordedAt),
        Device = next.State(),
    };

    /// <summary>Tells of the decision that was just made, under its event id.</summary>
    public static DeviceStatusChanged Decided(Document<Device> found, Device next, Cause cause)
    {
        var decision = next.Decisions[^1];
        return new()
        {
            Meta = Next(found, cause with { RecordedAt = decision.RecordedAt }, decision.At) with { EventId = decision.EventId },
            Device = next.State(),
            PreviousStatus = Events.Word(found.State.Stands().Status),
            Note = decision.Note,
        };
    }

    /// <summary>
    /// Tells of the standing that came of following custody; null when it is as before. Also when only its beginning is another (a return was heard of
    /// before the hand-over): whoever goes by what was told last would keep the old one for ever.
    /// </summary>
    public static DeviceStatusChanged? Followed(Document<Device> found, Device next, Cause cause)
    {
        var (before, after) = (found.State.Stands(), next.Stands());
        if (before == after) return null;

        var last = next.History()[^1];
        return new()
        {
            Meta = Next(found, cause, before.Status == after.Status && before.Since == after.Since ? last.At : after.Since),
            Device = next.State(),
            PreviousStatus = Events.Word(before.Status),
            Note = last.Note,
        };
    }

    /// <summary>The device as it is told to everybody.</summary>
    public static DeviceState State(this Device device)
    {
        var standing = device.Stands();
        return new()
        {
            DeviceId = device.Id,
            AssetTag = device.Description.AssetTag,
            SerialNumber = device.Description.SerialNumber,
            Kind = Events.Word(device.Description.Kind),
            Manufacturer = device.Description.Manufacturer,
            Model = device.Description.Model,
            Status = Events.Word(standing.Status),
            Location = device.Description.Location,
            HolderId = standing.HolderId,
            Begins = device.Begins,
            StatusSince = standing.Since,
            Decisions = [.. device.Decisions.Select(d => new StatusDecision { Number = d.Number, EventId = d.EventId, Status = Events.Word(d.Status), At = d.At })],
        };
    }

    private static EventMeta Next(Document<Device> found, Cause cause, DateTimeOffset effectiveAt) =>
        cause.Meta(found.State.Id, found.Version + 1, found.Events + 1, effectiveAt, found.ToldAt);
}
