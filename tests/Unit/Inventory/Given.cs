using Fleet.Inventory.Domain;

namespace Fleet.Tests.Unit.Inventory;

/// <summary>Devices and what happens to them, in few words.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Start = new(2020, 1, 7, 8, 0, 0, TimeSpan.Zero);
    public static readonly Actor Counter = new("it.weber", "it");
    public static readonly Actor Assignment = new("system:assignment", "system");
    public static readonly Guid Anna = Guid.CreateVersion7();
    public static readonly Guid Ben = Guid.CreateVersion7();

    public static DateTimeOffset Day(int days) => Start.AddDays(days);

    public static Device ADevice(DeviceStatus status = DeviceStatus.InStock) => Device.Register(
        Guid.CreateVersion7(), new Description("LRA-0001", "PF2ABC12", DeviceKind.Laptop, "Lenovo", "T14"), Guid.CreateVersion7(), status, Start, Counter, Day(30));

    public static Device ByHand(Device device, DeviceStatus status, DateTimeOffset at, string? note = null)
    {
        var (verdict, after) = device.SetStatus(Guid.CreateVersion7(), status, at, note, Counter, Day(40));
        verdict.ShouldBe(Verdict.Done);
        return after;
    }

    public static Device Follow(Device device, params CustodyNews[] news) => news.Aggregate(device, (d, n) => d.Follow(n));

    public static Spell Held(DateTimeOffset from, Guid personId) => new(from, CustodyState.Held, personId);

    public static Spell Free(DateTimeOffset from) => new(from, CustodyState.Free);

    public static Spell Lost(DateTimeOffset from, Guid? personId) => new(from, CustodyState.Lost, personId);

    public static Spell Stolen(DateTimeOffset from, Guid? personId) => new(from, CustodyState.Stolen, personId);

    /// <summary>The newest timeline, told when its last spell began.</summary>
    public static CustodyNews Told(long version, params Spell[] spells) =>
        new(version, version, spells, spells.Length == 0 ? Start : spells[^1].From, Day(50), Counter);

    /// <summary>As <see cref="Told"/>, but the custody only followed the device's last decision.</summary>
    public static CustodyNews Echoed(Device device, long version, params Spell[] spells) =>
        Told(version, spells) with { At = device.Decisions[^1].At, Actor = Assignment, CausedBy = device.Decisions[^1].EventId };

    /// <summary>The history as status, holder and day.</summary>
    public static IEnumerable<string> Lines(Device device) => device.History().Select(Line);

    private static string Line(Change change)
    {
        var holder = change.HolderId == Anna ? " Anna" : change.HolderId == Ben ? " Ben" : "";
        return $"{change.Status}{holder} {(change.At - Start).TotalDays}";
    }
}
