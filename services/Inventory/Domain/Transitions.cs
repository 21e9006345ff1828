namespace Fleet.Inventory.Domain;

/// <summary>Which status may follow which.</summary>
internal static class Transitions
{
    /// <summary>
    /// What may be set by hand. A device becomes assigned by a hand-over only, and leaves that by a return or a loss;
    /// what was lost comes back to the stock before anything else is done with it; what is disposed of stays so.
    /// </summary>
    public static IReadOnlyList<DeviceStatus> ByHand(DeviceStatus from) => from switch
    {
        DeviceStatus.Ordered => [DeviceStatus.InStock, DeviceStatus.Lost, DeviceStatus.Stolen, DeviceStatus.Retired],
        DeviceStatus.InStock => [DeviceStatus.InRepair, DeviceStatus.Lost, DeviceStatus.Stolen, DeviceStatus.Retired, DeviceStatus.Disposed],
        DeviceStatus.Assigned => [DeviceStatus.Lost, DeviceStatus.Stolen],
        DeviceStatus.InRepair => [DeviceStatus.InStock, DeviceStatus.Lost, DeviceStatus.Stolen, DeviceStatus.Retired, DeviceStatus.Disposed],
        DeviceStatus.Lost => [DeviceStatus.InStock, DeviceStatus.Stolen, DeviceStatus.Retired, DeviceStatus.Disposed],
        DeviceStatus.Stolen => [DeviceStatus.InStock, DeviceStatus.Lost, DeviceStatus.Retired, DeviceStatus.Disposed],
        DeviceStatus.Retired => [DeviceStatus.InStock, DeviceStatus.Lost, DeviceStatus.Stolen, DeviceStatus.Disposed],
        _ => [],
    };

    /// <summary>Whether somebody has the device, known or not.</summary>
    public static bool IsOutOfOurHands(DeviceStatus status) => status == DeviceStatus.Assigned || IsMissing(status);

    /// <summary>Whether nobody knows where it is.</summary>
    public static bool IsMissing(DeviceStatus status) => status is DeviceStatus.Lost or DeviceStatus.Stolen;
}
