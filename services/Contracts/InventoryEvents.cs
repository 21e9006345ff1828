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

/// <summary>A device's status, its holder, or since when it is so changed. Aggregate: the device.</summary>
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

    /// <summary>One of <see cref="DeviceKinds"/>.</summary>
    public string Kind { get; init; } = "";

    public string Manufacturer { get; init; } = "";

    public string Model { get; init; } = "";

    /// <summary>One of <see cref="DeviceStatuses"/>.</summary>
    public string Status { get; init; } = "";

    public string? Location { get; init; }

    /// <summary>Who has it; after a loss: who had it then. Null: nobody.</summary>
    public Guid? HolderId { get; init; }

    /// <summary>When the device's own history begins (UTC).</summary>
    public DateTimeOffset Begins { get; init; }

    /// <summary>Since when the status is what it is (UTC).</summary>
    public DateTimeOffset StatusSince { get; init; }

    /// <summary>What somebody decided about its status in the inventory, all of it, in the order of deciding.</summary>
    public IReadOnlyList<StatusDecision> Decisions { get; init; } = [];
}

/// <summary>Somebody set a device's status in the inventory; not what the inventory sets by itself when a custody changes.</summary>
public sealed record StatusDecision
{
    /// <summary>Its place among the device's decisions, from 1 without gaps.</summary>
    public int Number { get; init; }

    /// <summary>The event that told of it.</summary>
    public Guid EventId { get; init; }

    /// <summary>One of <see cref="DeviceStatuses"/>.</summary>
    public string Status { get; init; } = "";

    /// <summary>When it became true (UTC).</summary>
    public DateTimeOffset At { get; init; }
}
