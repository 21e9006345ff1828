using System.Text.Json;
using Fleet.Demo;

namespace Fleet.Tests.Unit.Demo;

public sealed class CountyPlanTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly CountyPlan Plan = CountyPlan.Create(CountyPlan.DefaultSeed);

    [Fact]
    public void The_same_seed_gives_the_same_county() =>
        JsonSerializer.Serialize(CountyPlan.Create(CountyPlan.DefaultSeed)).ShouldBe(JsonSerializer.Serialize(Plan));

    [Fact]
    public void Another_seed_gives_another_county_with_the_same_figures()
    {
        var other = CountyPlan.Create(7);

        other.People.Select(p => p.UserName).ShouldNotBe(Plan.People.Select(p => p.UserName));
        foreach (var milestone in CountyPlan.Milestones) Ready(other, milestone.Day).Count.ShouldBe(milestone.Ready);
    }

    [Fact]
    public void Every_third_is_ready_in_february_and_half_in_may()
    {
        Ready(Plan, new(2020, 2, 29)).Count.ShouldBe(467);
        Ready(Plan, new(2020, 5, 8)).Count.ShouldBe(700);
    }

    [Fact]
    public void The_county_has_1400_staff_in_25_offices_of_5_departments_on_both_days()
    {
        Organisation.Departments.Count.ShouldBe(5);
        Organisation.Offices.Count.ShouldBe(25);
        Organisation.Offices.Sum(o => o.Staff).ShouldBe(1400);
        foreach (var milestone in CountyPlan.Milestones) Plan.People.Count(p => p.StartDate <= milestone.Day).ShouldBe(1400);
        Plan.People.ShouldContain(p => p.StartDate > new DateOnly(2019, 12, 1), "some join while the story runs");
    }

    [Fact]
    public void Readiness_grows_slowly_until_the_middle_of_march_and_then_fast()
    {
        int On(int month, int day) => Ready(Plan, new(2020, month, day)).Count;

        (On(3, 13) - On(2, 29)).ShouldBeInRange(-10, 15);
        (On(4, 9) - On(3, 13)).ShouldBeGreaterThan(80);
        (On(5, 8) - On(4, 9)).ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Every_office_has_the_figures_it_was_planned_with_apart_from_those_who_moved()
    {
        var moved = Plan.Moves.Select(m => m.Person).ToHashSet();
        foreach (var office in Organisation.Offices)
        {
            var movers = moved.Count(p => p.Office == office);
            Ready(Plan, new(2020, 2, 29)).Count(p => p.Office == office && !moved.Contains(p)).ShouldBeInRange(office.ReadyInFebruary - movers, office.ReadyInFebruary, office.Name);
            Ready(Plan, new(2020, 5, 8)).Count(p => p.Office == office && !moved.Contains(p)).ShouldBeInRange(office.ReadyInMay - movers, office.ReadyInMay, office.Name);
        }
    }

    [Fact]
    public void A_laptop_has_one_holder_at_a_time_and_its_next_one_comes_in_a_later_wave()
    {
        foreach (var uses in Plan.Handovers.Where(h => h.Laptop is not null).GroupBy(h => h.Laptop))
        {
            foreach (var (first, next) in uses.OrderBy(u => u.At).Zip(uses.OrderBy(u => u.At).Skip(1)))
            {
                first.End.ShouldNotBeNull().How.ShouldBe("returned");
                next.At.ShouldBeGreaterThan(first.End.At);
                next.Wave.ShouldBeGreaterThan(first.Wave);
            }
        }

        Plan.Handovers.Where(h => h.Wave > 1).ShouldNotBeEmpty();
        Plan.Handovers.SelectMany(h => h.Devices.Where(d => d.Kind != "laptop")).ShouldBeUnique();
    }

    [Fact]
    public void Nothing_happens_before_its_own_beginning_or_outside_the_story()
    {
        foreach (var handover in Plan.Handovers)
        {
            DayOf(handover.At).ShouldBeInRange(new(2019, 12, 1), new(2020, 5, 8));
            DayOf(handover.At).ShouldBeGreaterThanOrEqualTo(handover.Person.StartDate);
            foreach (var device in handover.Devices) device.Lot.Day.ShouldBeLessThan(DayOf(handover.At));
            if (handover.Key is { } key) DayOf(key.At).ShouldBeInRange(DayOf(handover.At), new(2020, 5, 8));
            if (handover.Key is not null) handover.Key.At.ShouldBeGreaterThan(handover.At);
            if (handover.End is { } end) end.At.ShouldBeGreaterThan(handover.Key!.At);
        }

        foreach (var move in Plan.Moves) DayOf(move.At).ShouldBeGreaterThan(move.Person.StartDate);
    }

    [Fact]
    public void Things_that_must_be_unique_are_unique()
    {
        Plan.People.Select(p => p.PersonnelNumber).ShouldBeUnique();
        Plan.People.Select(p => p.UserName).ShouldBeUnique();
        Plan.Devices.Select(d => d.AssetTag).ShouldBeUnique();
        Plan.Devices.Select(d => d.SerialNumber).ShouldBeUnique();
        Plan.Handovers.Where(h => h.Key is not null).Select(h => h.Key!.PublicKey).ShouldBeUnique();
        Plan.Moves.Select(m => m.Person).ShouldBeUnique();
    }

    [Fact]
    public void Names_and_addresses_can_be_written_in_any_system()
    {
        foreach (var person in Plan.People)
        {
            person.UserName.ShouldMatch("^[a-z]+(\\.[a-z]+)?[0-9]*$");
            person.Email.ShouldMatch("^[a-z]+\\.[a-z]+[0-9]*@eichenhain.example$");
        }
    }

    [Fact]
    public void The_two_who_sign_in_to_the_demo_are_people_of_the_county_who_have_everything()
    {
        CountyPlan.DemoUserNames.ShouldBe(["employee", "manager"]);
        foreach (var userName in CountyPlan.DemoUserNames)
        {
            var person = Plan.People.Single(p => p.UserName == userName);
            person.Kit.ShouldBe(PlannedKit.HomeOffice);
            foreach (var milestone in CountyPlan.Milestones) Ready(Plan, milestone.Day).ShouldContain(person);
        }
    }

    [Fact]
    public void The_story_holds_everything_that_an_installation_sees()
    {
        Plan.Devices.Select(d => d.Kind).Distinct().ShouldBe(["laptop", "dock", "monitor", "headset", "phone"], ignoreOrder: true);
        Plan.Handovers.Select(h => h.End?.How).Distinct().ShouldBe([null, "returned", "lost", "stolen"], ignoreOrder: true);
        Plan.Handovers.ShouldContain(h => h.Laptop != null && h.Key == null, "a laptop that waits for its VPN key");
        Plan.Moves.ShouldNotBeEmpty();
        var last = Plan.Devices[^1];
        Plan.Handovers.ShouldNotContain(h => h.Devices.Contains(last), "the last device stays in stock");
    }

    /// <summary>The definition of coverage, counted by brute force: a laptop in hand and an active VPN access at the end of the day.</summary>
    private static List<PlannedPerson> Ready(CountyPlan plan, DateOnly day)
    {
        var nextDay = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        var end = new DateTimeOffset(nextDay, Berlin.GetUtcOffset(nextDay));
        return plan.Handovers.Where(h => h.Laptop is not null && h.At < end && h.Key?.At < end && !(h.End?.At < end))
            .Select(h => h.Person).DistinctBy(p => p.PersonnelNumber).ToList();
    }

    private static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Berlin).DateTime);
}
