using System.Text.Json.Serialization;

namespace Fleet.Assignment.Domain;

/// <summary>States of a device in the inventory.</summary>
internal enum DeviceStatus
{
    Ordered,
    InStock,
    Assigned,
    InRepair,
    Lost,
    Stolen,
    Retired,
    Disposed,
}

/// <summary>Somebody set a device's status in the inventory.</summary>
/// <param name="Number">Its place among the device's decisions, from 1.</param>
/// <param name="EventId">The event that told of it; begins a spell under this id.</param>
/// <param name="Status">The status.</param>
/// <param name="At">When it became true (UTC).</param>
internal sealed record Decision(int Number, Guid EventId, DeviceStatus Status, DateTimeOffset At);

/// <summary>What the inventory says about a device, in its newest words.</summary>
internal sealed record DeviceFacts(string AssetTag, string Kind, string Model, DeviceStatus? Status, DateTimeOffset Begins)
{
    /// <summary>All that was decided there about its status.</summary>
    public IReadOnlyList<Decision> Decisions { get; init; } = [];

    /// <summary>Whether the inventory has it at hand. Who holds it and whether it is lost stands in the custody, which is newer than the inventory's echo of it.</summary>
    [JsonIgnore]
    public bool IsUsable => Status is DeviceStatus.InStock or DeviceStatus.Assigned or DeviceStatus.Lost or DeviceStatus.Stolen;

    [JsonIgnore]
    public bool IsGone => Status is DeviceStatus.Retired or DeviceStatus.Disposed;
}
