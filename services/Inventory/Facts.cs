using Fleet.Contracts;
using Fleet.Inventory.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Store;

namespace Fleet.Inventory;

/// <summary>Between the domain's words and the wire's.</summary>
internal static class Facts
{
    public static Domain.Actor Actor(this Caller caller) => new(caller.Subject, caller.ActingRole);

    public static Cause Cause(this Caller caller, DateTimeOffset now) =>
        new(new Contracts.Actor { Subject = caller.Subject, Role = caller.ActingRole }, caller.CorrelationId, now);

    public static PendingEvent Pending(this IFleetEvent fact) => new(fact.Meta.EventId, fact.Meta.CorrelationId, fact);

    /// <summary>The event of a status or holder that <paramref name="next"/> has and <paramref name="previous"/> had not.</summary>
    public static DeviceStatusChanged StatusChanged(Document<Device> previous, Device next, Cause cause, DateTimeOffset effectiveAt, string? note) => new()
    {
        Meta = cause.Meta(next.Id, previous.Version + 1, effectiveAt),
        Device = next.State(),
        PreviousStatus = Documents.Word(previous.State.Status),
        Note = note,
    };

    public static DeviceState State(this Device device) => new()
    {
        DeviceId = device.Id,
        AssetTag = device.Description.AssetTag,
        SerialNumber = device.Description.SerialNumber,
        Kind = Documents.Word(device.Description.Kind),
        Manufacturer = device.Description.Manufacturer,
        Model = device.Description.Model,
        Status = Documents.Word(device.Status),
        Location = device.Description.Location,
        Holder = device.Holder is { } h ? new HolderState { PersonId = h.PersonId, Name = h.Name, UserName = h.UserName } : null,
        Since = device.Since,
    };
}
