using CsCheck;
using Fleet.Platform;
using Fleet.Provisioning.Domain;
using Fleet.Provisioning.Process;

namespace Fleet.Tests.Unit.Provisioning;

public class StandingTests
{
    private static readonly FleetCalendar Calendar = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
    private static readonly DateTimeOffset Monday = new(2020, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset EndOfTuesday = new(2020, 3, 3, 23, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Tuesday = new(2020, 3, 3);
    private static readonly Guid Ada = Guid.CreateVersion7();
    private static readonly Access Requested = Access.Request(Guid.CreateVersion7(), Ada, Monday);
    private static readonly Access Active = Requested.Activate("key", Guid.CreateVersion7(), "10.20.0.2", Monday);

    [Fact]
    public void The_last_day_is_included()
    {
        var access = Active with { ExpiresOn = Tuesday };

        At(access, null, EndOfTuesday.AddTicks(-1)).State.ShouldBe(AccessState.Active);
        var over = At(access, null, EndOfTuesday);
        (over.State, over.EndedAt, over.Reason).ShouldBe((AccessState.Expired, EndOfTuesday, "expired"));
    }

    [Fact]
    public void However_late_it_is_noticed_it_ended_with_the_day() =>
        At(Active with { ExpiresOn = Tuesday }, null, EndOfTuesday.AddYears(1)).EndedAt.ShouldBe(EndOfTuesday);

    [Fact]
    public void Leaving_ends_it_with_the_last_day()
    {
        var access = At(Active with { ExpiresOn = Tuesday.AddDays(5) }, Employed(Tuesday), Monday);
        (access.State, access.EndsAt).ShouldBe((AccessState.Active, EndOfTuesday));

        var over = At(access, Employed(Tuesday), EndOfTuesday);
        (over.State, over.EndedAt, over.Reason).ShouldBe((AccessState.Revoked, EndOfTuesday, "left"));
    }

    [Fact]
    public void A_last_day_that_is_taken_back_before_it_comes_ends_nothing() =>
        At(At(Active, Employed(Tuesday), Monday), Employed(null), EndOfTuesday).ShouldSatisfyAllConditions(
            a => a.State.ShouldBe(AccessState.Active), a => a.EndsAt.ShouldBeNull());

    [Fact]
    public void A_re_hire_brings_nothing_back_whichever_is_heard_of_first()
    {
        var again = Employed(Tuesday) with { Employments = [new(new(2019, 1, 1), Tuesday), new(new(2021, 1, 1), null)] };
        var later = EndOfTuesday.AddYears(2);

        var expected = At(Active, again, later);
        expected.State.ShouldBe(AccessState.Revoked);
        Same(At(At(Active, Employed(Tuesday), later), again, later), expected);
    }

    [Fact]
    public void What_ends_first_is_the_end()
    {
        var spell = new CustodySpell(Requested.AccessId, Monday, Monday.AddHours(1), CustodyState.Held, Ada, true, 2);
        var stolen = new CustodySpell(Guid.CreateVersion7(), Monday.AddHours(1), null, CustodyState.Stolen, Ada, false, 2);
        var custody = new DeviceCustody { DeviceId = Guid.CreateVersion7(), IsLaptop = true, Version = 2, Spells = [spell, stolen] };
        var access = Active with { DeviceId = custody.DeviceId, SpellId = spell.SpellId };

        var left = At(access, Employed(Tuesday), EndOfTuesday);
        left.Reason.ShouldBe("left");
        var settled = Standing.Of(left, custody, Employed(Tuesday), Calendar, EndOfTuesday);

        (settled.Reason, settled.EndedAt).ShouldBe(("stolen", Monday.AddHours(1)));
    }

    [Fact]
    public void A_device_s_accesses_come_out_the_same_in_every_order_of_news_and_with_any_of_it_twice() =>
        Histories.SelectMany(history => Gen.Int[0, history.Count - 1].Array[0, 12].SelectMany(
                more => Gen.Shuffle((int[])[.. Enumerable.Range(0, history.Count), .. more]), (_, order) => (history, order)))
            .Sample(
                told =>
                {
                    var inOrder = Heard(told.history);
                    var shuffled = Heard(told.order.Select(i => told.history[i]));
                    return inOrder.Keys.ToHashSet().SetEquals(shuffled.Keys) && inOrder.All(a => a.Value.Spells.SequenceEqual(shuffled[a.Key].Spells)
                        && a.Value with { Spells = shuffled[a.Key].Spells } == shuffled[a.Key]);
                },
                iter: 3000);

    private static readonly DateTimeOffset Late = Monday.AddYears(1);

    // One kind of news: the next version of the custody, or of the person.
    private sealed record News(DeviceCustody? Custody, Person? Person);

    /// <summary>Versions of a device's custody as hand-overs, returns, losses, finds and corrections make them, and of the holders' employments.</summary>
    private static readonly Gen<IReadOnlyList<News>> Histories = Gen.Select(Gen.Int[0, 7], Gen.Int[0, 99]).Array[1, 8].Select(Tell);

    private static IReadOnlyList<News> Tell((int Act, int Chance)[] acts)
    {
        var device = Guid.CreateVersion7();
        List<News> news = [];
        List<CustodySpell> spells = [];
        var (custodyVersion, personVersion, now) = (0, 0, Monday);
        foreach (var (act, chance) in acts)
        {
            now = now.AddDays(1 + (chance % 3));
            if (act == 7)
            {
                var last = DateOnly.FromDateTime(now.UtcDateTime.AddDays((chance % 5) - 2));
                IReadOnlyList<Employment> employments = chance < 30 ? [new(new(2019, 1, 1), null)] : [new(new(2019, 1, 1), last)];
                if (chance > 70) employments = [.. employments, new(last.AddDays(2), null)];
                news.Add(new News(null, new Person { PersonId = Ada, Name = "Ada", Employments = employments, SourceVersion = ++personVersion }));
                continue;
            }

            if (act >= 5 && spells.Count > 0)
            {
                // Corrections: another instant, another receiver (which is another spell), or the last step never was.
                var i = chance % spells.Count;
                if (act == 5 && chance < 50 && spells.Count > 1) spells.RemoveAt(spells.Count - 1);
                else if (act == 5) spells[i] = spells[i] with { SpellId = Guid.CreateVersion7() };
                else if (i == 0 || spells[i - 1].From < spells[i].From.AddHours(-5)) spells[i] = spells[i] with { From = spells[i].From.AddHours(-5) };
            }
            else
            {
                var state = act switch { 0 or 1 => CustodyState.Held, 2 => CustodyState.Lost, 3 => CustodyState.Stolen, _ => CustodyState.Free };
                spells.Add(new CustodySpell(Guid.CreateVersion7(), now, null, state, state == CustodyState.Held ? Ada : null, chance < 80, 0));
            }

            custodyVersion++;
            spells = [.. spells.Select((s, i) => s with { Until = i + 1 < spells.Count ? spells[i + 1].From : null, Version = custodyVersion })];
            news.Add(new News(new DeviceCustody { DeviceId = device, IsLaptop = true, Version = custodyVersion, Spells = [.. spells] }, null));
        }

        return news;
    }

    /// <summary>What this service makes of the news: it keeps the newest, makes what is requested and settles everything.</summary>
    private static Dictionary<Guid, Access> Heard(IEnumerable<News> all)
    {
        var accesses = new Dictionary<Guid, Access>();
        DeviceCustody? custody = null;
        Person? person = null;
        foreach (var news in all)
        {
            if (news.Person is { } told && told.SourceVersion > (person?.SourceVersion ?? 0)) person = told;
            if (news.Custody is { } heard) custody = custody?.With(heard) ?? heard;
            foreach (var requested in custody?.Requested() ?? []) accesses.TryAdd(requested.AccessId, requested);
            foreach (var (id, access) in accesses) accesses[id] = Standing.Of(access, custody, person, Calendar, Late);
        }

        return accesses;
    }

    private static Access At(Access access, Person? person, DateTimeOffset now) => Standing.Of(access, null, person, Calendar, now);

    private static Person Employed(DateOnly? last) => new() { PersonId = Ada, Name = "Ada Ahrens", Employments = [new(new(2019, 1, 1), last)], SourceVersion = 1 };

    private static void Same(Access one, Access other)
    {
        one.Spells.ShouldBe(other.Spells);
        (one with { Spells = other.Spells }).ShouldBe(other);
    }
}
