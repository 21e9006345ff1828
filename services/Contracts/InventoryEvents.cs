using MassTransit;

namespace Fleet.Contracts;

/// <summary>A device exists from now on. Aggregate: the device.</summary>
[MessageUrn("fleet.inventory.device-registered.v1")]
[EntityName("fleet.inventory.device-registered.v1")]
public sealed record DeviceRegistered : IFleetEvent
{
    public EventMeta Meta { get; init; } = new();

    public DeviceState Device { get; init; } = new();
}

/// <summary>A device's description changed (not its status). Aggregate: the device.</summary>
[MessageUrn("fleet.inventory.device-changed.v1")]
[EntityName("fleet.inventory.device-changed.v1")]
public sealed record DeviceChanged : IFleetEvent
{
    public EventMeta Meta { get; init; } = new();

    public DeviceState Device { get; init; } = new();
}

/// <summary>A device's status or holder changed. Aggregate: the device.</summary>
[MessageUrn("fleet.inventory.device-status-changed.v1")]
[EntityName("fleet.inventory.device-status-changed.v1")]
public sealed record DeviceStatusChanged : IFleetEvent
{
    public EventMeta Meta { get; init; } = new();

    public DeviceState Device { get; init; } = new();

    /// <summary>The status before, in the words of <see cref="DeviceState.Status"/>.</summary>
    public string PreviousStatus { get; init; } = "";

    public string? Note { get; init; }
}

/// <summary>A device as the inventory knows it.</summary>
public sealed record DeviceState
{
    public Guid DeviceId { get; init; }

    public string AssetTag { get; init; } = "";

    public string SerialNumber { get; init; } = "";

    /// <summary>laptop, desktop, dock, monitor, phone, tablet, headset, token or other.</summary>
    public string Kind { get; init; } = "";

    public string Manufacturer { get; init; } = "";

    public string Model { get; init; } = "";

    /// <summary>ordered, inStock, assigned, inRepair, lost, stolen, retired or disposed.</summary>
    public string Status { get; init; } = "";

    public string? Location { get; init; }

    public HolderState? Holder { get; init; }

    /// <summary>When the device's own history begins (UTC).</summary>
    public DateTimeOffset Since { get; init; }
}

/// <summary>The person who has a device.</summary>
public sealed record HolderState
{
    public Guid PersonId { get; init; }

    public string Name { get; init; } = "";

    public string UserName { get; init; } = "";
}
