using System.Globalization;
using Bogus;

namespace Fleet.Demo;

/// <summary>
/// Open work for the day on which the county is loaded, so that whoever signs in has something to do: starters, leavers, a device to repair, a hand-over to
/// confirm. Of the past it changes nothing. Pure: the same plan and day give the same work.
/// </summary>
internal sealed record TodaysWork
{
    public required IReadOnlyList<PlannedStarter> Starters { get; init; }

    public required IReadOnlyList<PlannedLeaver> Leavers { get; init; }

    /// <summary>Comes back from somebody with a broken hinge.</summary>
    public required PlannedDevice ToRepair { get; init; }

    /// <summary>Goes to the demo's employee, who has not confirmed it yet.</summary>
    public required PlannedDevice ToConfirm { get; init; }

    /// <param name="plan">The county.</param>
    /// <param name="today">In the county's time zone.</param>
    public static TodaysWork Create(CountyPlan plan, DateOnly today)
    {
        var faker = new Faker("de") { Random = new Randomizer(plan.Seed + 1) };
        // The very last device stays a spare: it is the sign that the county is complete.
        var spares = new Queue<PlannedDevice>(plan.Devices.Where(d => d.Kind == "laptop").TakeLast(10).SkipLast(1));
        var isDemo = (PlannedPerson p) => CountyPlan.DemoUserNames.Contains(p.UserName);
        var holders = plan.Handovers.GroupBy(h => h.Person).Where(g => g.Last() is { Laptop: not null, End: null, Key: not null } && !isDemo(g.Key)).Select(g => g.Key).ToList();

        (int Days, bool HasLaptop, bool HasKey)[] starts = [(-2, false, false), (0, true, false), (3, false, false), (4, true, true), (6, true, false), (9, false, false), (12, true, true), (20, false, false)];
        return new TodaysWork
        {
            Starters =
            [
                .. starts.Select((start, i) => new PlannedStarter(
                    Person(i, today.AddDays(start.Days)), start.HasLaptop ? spares.Dequeue() : null, start.HasKey ? Convert.ToBase64String(faker.Random.Bytes(32)) : null)),
            ],
            Leavers = [new(holders[^1], today.AddDays(-1)), new(holders[^2], today.AddDays(-9)), new(holders[^3], today.AddDays(10))],
            ToRepair = spares.Dequeue(),
            ToConfirm = spares.Dequeue(),
        };

        PlannedPerson Person(int i, DateOnly firstDay)
        {
            var (given, family) = (faker.Name.FirstName(), faker.Name.LastName());
            var number = (20001 + i).ToString(CultureInfo.InvariantCulture);
            return new PlannedPerson($"P{number}", $"neu{number}", given, family, $"neu{number}@{Organisation.MailDomain}", Organisation.Offices[i * 3], firstDay, HomeOfficeEligible: true, PlannedKit.HomeOffice);
        }
    }
}

/// <param name="Laptop">What was posted ahead; null: nothing yet.</param>
/// <param name="PublicKey">Of the VPN, where it is set up already.</param>
internal sealed record PlannedStarter(PlannedPerson Person, PlannedDevice? Laptop, string? PublicKey);

internal sealed record PlannedLeaver(PlannedPerson Person, DateOnly LastDay);
