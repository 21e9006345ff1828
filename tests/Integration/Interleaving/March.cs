using Fleet.Assignment.Domain;
using DeviceStatus = Fleet.Inventory.Domain.DeviceStatus;

namespace Fleet.Tests.Integration.Interleaving;

/// <summary>The acts that the lives of these tests are made of, all in one month.</summary>
internal static class March
{
    public const string Town = "Town hall";
    public const string Roads = "Roads office";
    public const string Schools = "Schools office";
    public const string Laptop = "LRA-1";
    public const string Ada = "Ada";
    public const string Ben = "Ben";

    /// <summary>When all of it is looked at.</summary>
    public static readonly DateTimeOffset Now = At(31, 18);

    /// <summary>Two offices.</summary>
    public static IReadOnlyList<Act> Offices { get; } = [Unit(Town, UnitKind.County, null), Unit(Roads, UnitKind.Office, Town), Unit(Schools, UnitKind.Office, Town)];

    public static DateOnly Day(int day) => new(2020, 3, day);

    public static DateTimeOffset At(int day, int hour) => new(2020, 3, day, hour, 0, 0, TimeSpan.Zero);

    public static Act Hire(string name, string unit, int day) => new($"{name} is hired", c => c.Assignment.HireAsync(name, unit, Day(day)));

    public static Act Move(string name, string unit, int day) => new($"{name} moves to {unit}", c => c.Assignment.MoveAsync(name, unit, Day(day)));

    public static Act Rename(string name, string familyName, int day) => new($"{name} is {familyName} now", c => c.Assignment.RenameAsync(name, familyName, At(day, 9)));

    public static Act Leave(string name, int lastDay) => new($"{name} leaves", c => c.Assignment.LeaveAsync(name, Day(lastDay)));

    public static Act Register(int day) => new("The laptop is registered", c => c.Inventory.RegisterAsync(Laptop, At(day, 8)));

    public static Act Describe(string location) => new($"The laptop is in {location}", c => c.Inventory.DescribeAsync(Laptop, location));

    public static Act Issue(string name, int day) => new($"{name} gets the laptop", c => c.Assignment.IssueAsync(Laptop, name, At(day, 9)));

    public static Act Return(int day) => new("The laptop comes back", c => c.Assignment.ReturnAsync(Laptop, At(day, 10)));

    /// <summary>Said in the inventory.</summary>
    public static Act Lose(int day) => new("The laptop is lost", c => c.Inventory.SetStatusAsync(Laptop, DeviceStatus.Lost, At(day, 11)));

    /// <summary>Said in the assignment service.</summary>
    public static Act ReportTheft(int day) => new("The laptop is stolen", c => c.Assignment.ReportLossAsync(Laptop, CustodyStatus.Stolen, At(day, 11)));

    /// <summary>Said in the inventory.</summary>
    public static Act Find(int day) => new("The laptop is found", c => c.Inventory.SetStatusAsync(Laptop, DeviceStatus.InStock, At(day, 12)));

    /// <summary>For the access that came with the laptop on that day.</summary>
    public static Act Key(string name, int issuedOn, int day) =>
        new($"{name} has a key", c => c.Provisioning.RegisterKeyAsync(AssignmentSite.SpellOf(Laptop, name, At(issuedOn, 9)), $"{name} {day}", At(day, 13)));

    public static Act Revoke(string name, int issuedOn, int day) =>
        new($"{name} has no access any more", c => c.Provisioning.RevokeAsync(AssignmentSite.SpellOf(Laptop, name, At(issuedOn, 9)), "not needed", At(day, 14)));

    private static Act Unit(string name, UnitKind kind, string? parent) => new($"There is the {name}", c => c.Assignment.CreateUnitAsync(name, kind, parent));
}
