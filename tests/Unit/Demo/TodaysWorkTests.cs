using System.Text.Json;
using Fleet.Demo;

namespace Fleet.Tests.Unit.Demo;

public sealed class TodaysWorkTests
{
    private static readonly DateOnly Today = new(2026, 11, 30);
    private static readonly CountyPlan Plan = CountyPlan.Create(CountyPlan.DefaultSeed);
    private static readonly TodaysWork Work = TodaysWork.Create(Plan, Today);

    [Fact]
    public void The_same_plan_and_day_give_the_same_work() => JsonSerializer.Serialize(TodaysWork.Create(Plan, Today)).ShouldBe(JsonSerializer.Serialize(Work));

    [Fact]
    public void Some_starters_are_late_some_start_soon_and_some_of_these_are_ready()
    {
        Work.Starters.ShouldContain(s => s.Person.StartDate < Today && s.Laptop == null);
        Work.Starters.ShouldContain(s => s.Person.StartDate > Today && s.Laptop != null && s.PublicKey == null);
        Work.Starters.ShouldContain(s => s.Person.StartDate > Today && s.PublicKey != null);
        Work.Starters.Where(s => s.PublicKey != null).ShouldAllBe(s => s.Laptop != null);
    }

    [Fact]
    public void Leavers_still_have_a_laptop_and_some_have_gone()
    {
        Work.Leavers.ShouldContain(l => l.LastDay < Today);
        Work.Leavers.ShouldContain(l => l.LastDay > Today);
        foreach (var leaver in Work.Leavers) Plan.Handovers.Last(h => h.Person == leaver.Person).End.ShouldBeNull();
        Work.Leavers.ShouldAllBe(l => !CountyPlan.DemoUserNames.Contains(l.Person.UserName));
    }

    [Fact]
    public void No_device_is_used_twice_and_the_county_s_last_one_stays_a_spare()
    {
        List<PlannedDevice> used = [.. Work.Starters.Select(s => s.Laptop).OfType<PlannedDevice>(), Work.ToRepair, Work.ToConfirm];
        used.ShouldBeUnique();
        used.ShouldNotContain(Plan.Devices[^1]);
        Plan.Handovers.SelectMany(h => h.Devices).Intersect(used).ShouldBeEmpty();
    }
}
