using Fleet.Audit.Domain;
using Fleet.Audit.Features.Coverage;
using Fleet.Contracts;
using Fleet.Platform;

namespace Fleet.Tests.Unit.Audit;

public sealed class CoverageTests
{
    private static readonly FleetCalendar Berlin = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
    private static readonly DateTimeOffset Always = DateTimeOffset.MaxValue;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 16)];

    [Theory, MemberData(nameof(Seeds))]
    public void Every_figure_is_what_counting_all_events_gives_in_whatever_order_they_arrived(int seed)
    {
        var history = History.Of(seed);
        var random = new Random(seed);
        var log = Logged.InDisorder(history.Events, random);
        var facts = FactsOf(log, random);
        var counted = 0;
        for (var round = 0; round < 25; round++)
        {
            var knownAt = round % 3 == 0 ? log[^1].Entry.LoggedAt : log[random.Next(log.Count)].Entry.LoggedAt;
            var day = history.LastDay.AddDays(-random.Next(240));
            var coverage = facts.KnownAt(knownAt);
            var oracle = new Oracle(log, day, knownAt);
            foreach (var unit in history.Units.Where(coverage.Knows).Select(u => (Guid?)u).Append(null))
            {
                var expected = oracle.Count(unit);
                coverage.Of(day, unit).ShouldBe(Of(expected), $"{day}, known {knownAt:O}, unit {unit}");
                counted += expected.Ready;
            }

            coverage.PerUnit(day, null).Select(u => u.Id).ShouldBe(oracle.Units(), ignoreOrder: true);
            foreach (var unit in coverage.PerUnit(day, null)) unit.Figures.ShouldBe(Of(oracle.Count(unit.Id)), $"{day}, known {knownAt:O}, in the table {unit.Id}");
        }

        counted.ShouldBeGreaterThan(20, "The invented history must make enough people ready, or this shows nothing.");
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Figures_that_follow_fact_by_fact_are_those_of_all_facts_read_at_once(int seed)
    {
        var history = History.Of(seed);
        var log = Logged.InDisorder(history.Events, new Random(seed));
        var day = history.LastDay.AddDays(-3 * seed);
        var following = new CoverageFacts();
        var all = FactsOf(log);
        foreach (var logged in log)
        {
            following.Add(logged.Entry, Berlin);
            var knownAt = logged.Entry.LoggedAt;
            following.KnownAt(knownAt).Of(day, null).ShouldBe(all.KnownAt(knownAt).Of(day, null), $"after {logged.Entry.Sequence}");
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_people_listed_are_those_who_were_counted(int seed)
    {
        var history = History.Of(seed);
        var log = Logged.InDisorder(history.Events, new Random(seed));
        var facts = FactsOf(log, new Random(seed));
        var day = history.LastDay.AddDays(-seed);
        var unit = history.Units[seed % history.Units.Count];
        var oracle = new Oracle(log, day, Always);

        var people = facts.KnownAt(Always).People(day, unit).ToList();

        people.Select(p => p.Worker.Person.PersonId).ShouldBe(oracle.Staff(unit).Select(p => p.PersonId), ignoreOrder: true);
        foreach (var (worker, status) in people)
        {
            worker.LaptopsOn(day).ShouldBe(oracle.Laptops(worker.Person.PersonId).Order(StringComparer.Ordinal));
            status.WithLaptop.ShouldBe(worker.LaptopsOn(day).Count > 0);
        }

        people.Aggregate(default(Figures), (sum, p) => sum + p.Status.Figures).ShouldBe(facts.KnownAt(Always).Of(day, unit));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Every_figure_of_every_unit_opens_exactly_the_people_it_counts(int seed)
    {
        var history = History.Of(seed);
        var random = new Random(seed);
        var log = Logged.InDisorder(history.Events, random);
        var facts = FactsOf(log, random);
        for (var round = 0; round < 10; round++)
        {
            var coverage = facts.KnownAt(log[random.Next(log.Count)].Entry.LoggedAt);
            var day = history.LastDay.AddDays(-random.Next(240));
            foreach (var (unit, figures) in coverage.PerUnit(day, null).Select(u => ((Guid?)u.Id, u.Figures)).Append((null, coverage.Of(day, null))))
            {
                int Opened(Equipment[] with, Equipment[] without, bool? eligible = null) =>
                    coverage.People(day, unit).Count(p => new Selection(with, without, eligible).Includes(p.Status));
                var (laptop, vpn, both) = (new[] { Equipment.Laptop }, new[] { Equipment.Vpn }, new[] { Equipment.Laptop, Equipment.Vpn });
                Opened([], []).ShouldBe(figures.Staff);
                Opened([], [], true).ShouldBe(figures.Eligible);
                Opened([], [], false).ShouldBe(figures.Staff - figures.Eligible);
                Opened(laptop, []).ShouldBe(figures.WithLaptop);
                Opened(vpn, []).ShouldBe(figures.WithVpn);
                Opened(both, []).ShouldBe(figures.Ready);
                Opened([], laptop).ShouldBe(figures.Staff - figures.WithLaptop);
                Opened([], vpn).ShouldBe(figures.Staff - figures.WithVpn);
                Opened([], both).ShouldBe(figures.Staff - figures.Ready);
                Opened(laptop, vpn).ShouldBe(figures.WithLaptop - figures.Ready);
                Opened([], both, true).ShouldBe(figures.EligibleNotReady);
                (Opened(both, [], true) + Opened([], both, true)).ShouldBe(figures.Eligible);
            }
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void A_subtrees_table_holds_the_unit_first_and_every_unit_below_it_once(int seed)
    {
        var history = History.Of(seed);
        var coverage = FactsOf(Logged.InOrder(history.Events)).KnownAt(Always);
        var day = history.LastDay.AddDays(-9 * seed);
        var everything = coverage.PerUnit(day, null);
        everything.Select(u => u.Id).ShouldBe(new Oracle(Logged.InOrder(history.Events), day, Always).Units(), ignoreOrder: true);
        foreach (var unit in everything.Select(u => u.Id))
        {
            var table = coverage.PerUnit(day, unit);
            table[0].Id.ShouldBe(unit);
            table[0].Figures.ShouldBe(coverage.Of(day, unit));
            table.Skip(1).ShouldAllBe(u => table.Any(p => p.Id == u.ParentId));
            table.Count.ShouldBe(1 + everything.Where(u => u.ParentId == unit).Sum(child => coverage.PerUnit(day, child.Id).Count));
        }
    }

    [Fact]
    public void A_unit_that_has_not_begun_is_listed_nowhere_and_nobody_is_in_it()
    {
        var story = new Story();
        var above = story.Unit();
        var unit = story.Unit(new DateOnly(2020, 3, 10), above);
        story.Person(unit: unit);

        var coverage = KnownOf(story);

        coverage.PerUnit(new DateOnly(2020, 3, 9), null).Select(u => u.Id).ShouldBe([above]);
        coverage.PerUnit(new DateOnly(2020, 3, 9), unit).ShouldBeEmpty();
        coverage.Of(new DateOnly(2020, 3, 9), unit).ShouldBe(default);
        coverage.Of(new DateOnly(2020, 3, 9), above).ShouldBe(default);
        coverage.NameOf(unit, new DateOnly(2020, 3, 9)).ShouldBe("Unit");
        coverage.PerUnit(new DateOnly(2020, 3, 10), null).Select(u => (u.Id, u.Figures.Staff)).ShouldBe([(above, 1), (unit, 1)]);
    }

    [Fact]
    public void Units_in_a_ring_of_which_one_move_is_not_known_yet_are_all_listed_with_their_people()
    {
        var story = new Story();
        var (one, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        story.Unit(parent: other, id: one);
        story.Unit(parent: one, id: other);
        story.Person(unit: one);

        var table = KnownOf(story).PerUnit(new DateOnly(2020, 3, 1), null);

        table.Select(u => u.Id).ShouldBe([one, other], ignoreOrder: true);
        foreach (var unit in table) unit.Figures.ShouldBe(KnownOf(story).Of(new DateOnly(2020, 3, 1), unit.Id));
    }

    [Fact]
    public void A_re_hire_is_a_second_period_and_the_first_stays_in_the_pasts_figures()
    {
        var story = new Story();
        var person = story.Person(new DateOnly(2020, 1, 1), new DateOnly(2020, 1, 31));
        story.Employ(person, (new DateOnly(2020, 1, 1), new DateOnly(2020, 1, 31)), (new DateOnly(2020, 3, 1), null));

        var coverage = KnownOf(story);

        new[] { "2019-12-31", "2020-01-01", "2020-01-31", "2020-02-01", "2020-02-29", "2020-03-01", "2021-01-01" }
            .Select(d => coverage.Of(DateOnly.Parse(d, System.Globalization.CultureInfo.InvariantCulture), null).Staff).ShouldBe([0, 1, 1, 0, 0, 1, 1]);
    }

    [Fact]
    public void A_correction_of_the_past_changes_it_for_later_knowledge_only()
    {
        var story = new Story();
        var (wrong, right) = (story.Person(), story.Person());
        var device = story.Issue(wrong, At(3, 1));
        story.Return(device, At(3, 10));
        story.Correct(device, At(3, 1), At(3, 10), right);
        var log = Logged.InOrder(story.Events);
        var facts = FactsOf(log);
        var day = new DateOnly(2020, 3, 5);
        Guid HolderAsOf(int entry) => facts.KnownAt(log[entry].Entry.LoggedAt).People(day, null).Single(p => p.Status.WithLaptop).Worker.Person.PersonId;

        HolderAsOf(3).ShouldBe(wrong);
        HolderAsOf(4).ShouldBe(right);
        facts.KnownAt(Always).Of(new DateOnly(2020, 3, 10), null).WithLaptop.ShouldBe(0);
    }

    [Fact]
    public void A_loss_that_arrives_before_the_hand_over_it_follows_takes_nothing_from_the_days_between()
    {
        var story = new Story();
        var device = story.Issue(story.Person(), At(3, 1));
        story.Lose(device, At(3, 10));

        var coverage = FactsOf(Logged.InOrder(story.Events.Reverse())).KnownAt(Always);

        coverage.Of(new DateOnly(2020, 3, 9), null).WithLaptop.ShouldBe(1);
        coverage.Of(new DateOnly(2020, 3, 10), null).WithLaptop.ShouldBe(0);
    }

    [Fact]
    public void A_hand_over_in_the_last_second_of_a_day_counts_that_day_and_one_at_midnight_the_next()
    {
        // Berlin is one hour ahead in winter, two in summer; the clock changes on 29 March and 25 October 2020.
        foreach (var (midnight, before) in new[]
        {
            ("2020-02-29T23:00:00Z", "2020-02-29"), ("2020-03-28T23:00:00Z", "2020-03-28"), ("2020-03-29T22:00:00Z", "2020-03-29"),
            ("2020-10-24T22:00:00Z", "2020-10-24"), ("2020-10-25T23:00:00Z", "2020-10-25"), ("2019-12-31T23:00:00Z", "2019-12-31"),
        })
        {
            var at = DateTimeOffset.Parse(midnight, System.Globalization.CultureInfo.InvariantCulture);
            var day = DateOnly.Parse(before, System.Globalization.CultureInfo.InvariantCulture);
            var story = new Story();
            var (early, late) = (story.Person(), story.Person());
            story.Issue(early, at.AddTicks(-1));
            story.Issue(late, at);

            var coverage = KnownOf(story);

            coverage.Of(day, null).WithLaptop.ShouldBe(1, midnight);
            coverage.Of(day.AddDays(1), null).WithLaptop.ShouldBe(2, midnight);
        }
    }

    [Fact]
    public void A_lost_laptop_is_not_held_from_its_loss_on_until_it_is_issued_again()
    {
        var story = new Story();
        var (first, second) = (story.Person(), story.Person());
        var device = story.Issue(first, At(3, 1));
        story.Lose(device, At(3, 10));
        story.Return(device, At(3, 15));
        story.Issue(second, At(3, 20), device);

        var coverage = KnownOf(story);

        coverage.Of(new DateOnly(2020, 3, 9), null).WithLaptop.ShouldBe(1);
        coverage.Of(new DateOnly(2020, 3, 10), null).WithLaptop.ShouldBe(0);
        coverage.Of(new DateOnly(2020, 3, 19), null).WithLaptop.ShouldBe(0);
        coverage.People(new DateOnly(2020, 3, 20), null).Single(p => p.Status.WithLaptop).Worker.Person.PersonId.ShouldBe(second);
    }

    [Fact]
    public void What_the_inventory_says_of_a_device_changes_no_figure()
    {
        var story = new Story();
        var device = story.Issue(story.Person(), At(3, 1));
        var disposed = new DeviceStatusChanged
        {
            Meta = new EventMeta { EventId = Guid.CreateVersion7(), AggregateId = device, AggregateVersion = 9, StreamNumber = 9, EffectiveAt = At(3, 2) },
            Device = new DeviceState { DeviceId = device, Kind = DeviceKinds.Laptop, Status = DeviceStatuses.Stolen },
        };

        FactsOf(Logged.InOrder([.. story.Events, disposed])).KnownAt(Always).Of(new DateOnly(2020, 3, 5), null).WithLaptop.ShouldBe(1);
    }

    [Fact]
    public void A_person_with_two_laptops_counts_once()
    {
        var story = new Story();
        var person = story.Person();
        story.Issue(person, At(3, 1));
        story.Issue(person, At(3, 2));

        KnownOf(story).Of(new DateOnly(2020, 3, 2), null).ShouldBe(new Figures(1, 1, 1, 0, 0, 1));
    }

    [Fact]
    public void A_report_repeated_with_its_known_at_is_the_same_whatever_was_learned_since()
    {
        var story = new Story();
        story.Issue(story.Person(), At(3, 1));
        var day = new DateOnly(2020, 3, 5);
        var log = Logged.InOrder(story.Events);
        var printed = log[^1].Entry.LoggedAt;
        var before = FactsOf(log).KnownAt(printed).Of(day, null);

        // Recorded long before by its producer's clock; what counts is when the log learned it.
        story.Issue(story.Person(), At(3, 1));
        var facts = FactsOf(Logged.InOrder(story.Events));

        facts.KnownAt(printed).Of(day, null).ShouldBe(before);
        facts.KnownAt(Always).Of(day, null).WithLaptop.ShouldBe(2);
    }

    [Fact]
    public void What_a_person_who_is_not_heard_of_yet_holds_counts_as_soon_as_they_are()
    {
        var story = new Story();
        story.Issue(story.Person(), At(3, 1));
        var log = Logged.InOrder(story.Events.Reverse());
        var facts = FactsOf([log[0]]);
        facts.KnownAt(Always).Of(new DateOnly(2020, 3, 2), null).ShouldBe(default);

        facts.Add(log[1].Entry, Berlin);

        facts.KnownAt(Always).Of(new DateOnly(2020, 3, 2), null).WithLaptop.ShouldBe(1);
    }

    [Fact]
    public void A_person_counts_on_the_first_and_on_the_last_day_and_not_beyond()
    {
        var story = new Story();
        story.Person(new DateOnly(2020, 3, 2), new DateOnly(2020, 3, 6));

        var coverage = KnownOf(story);

        Enumerable.Range(1, 6).Select(d => coverage.Of(new DateOnly(2020, 3, d), null).Staff).ShouldBe([0, 1, 1, 1, 1, 1]);
        coverage.Of(new DateOnly(2020, 3, 7), null).Staff.ShouldBe(0);
    }

    [Fact]
    public void An_access_counts_to_the_end_of_its_last_day()
    {
        var story = new Story();
        story.Activate(story.Person(), At(3, 1), new DateOnly(2020, 3, 3));

        var coverage = KnownOf(story);

        coverage.Of(new DateOnly(2020, 3, 3), null).WithVpn.ShouldBe(1);
        coverage.Of(new DateOnly(2020, 3, 4), null).WithVpn.ShouldBe(0);
    }

    [Fact]
    public void What_people_are_equipped_with_is_called_as_everywhere() =>
        Enum.GetNames<Equipment>().Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName).ShouldBe([DeviceKinds.Laptop, ItemKinds.Vpn]);

    [Theory]
    [InlineData(467, 1400, 33.4)]
    [InlineData(700, 1400, 50.0)]
    [InlineData(1, 8, 12.5)]
    [InlineData(1, 16, 6.3)]
    [InlineData(1, 2000, 0.1)]
    [InlineData(9, 400, 2.3)]
    [InlineData(1, 3, 33.3)]
    [InlineData(2, 3, 66.7)]
    [InlineData(0, 5, 0.0)]
    [InlineData(5, 5, 100.0)]
    public void Percentages_have_one_decimal_and_round_half_away_from_zero(int part, int whole, double expected) =>
        Figures.Percent(part, whole).ShouldBe((decimal)expected);

    [Fact]
    public void Of_nobody_there_is_no_percentage() => Figures.Percent(0, 0).ShouldBeNull();

    private static DateTimeOffset At(int month, int day) => new(2020, month, day, 9, 0, 0, TimeSpan.Zero);

    private static Figures Of((int Staff, int Eligible, int WithLaptop, int WithVpn, int Ready, int EligibleNotReady) count) =>
        new(count.Staff, count.Eligible, count.WithLaptop, count.WithVpn, count.Ready, count.EligibleNotReady);

    private static KnownCoverage KnownOf(Story story) => FactsOf(Logged.InOrder(story.Events)).KnownAt(Always);

    /// <summary>The facts as the service reads them from the log; in any order and some twice when a random is given, which must not matter either.</summary>
    private static CoverageFacts FactsOf(IReadOnlyList<Logged> log, Random? disorder = null)
    {
        List<Logged> read = [.. log];
        if (disorder is not null)
        {
            read.AddRange(log.Where(_ => disorder.Next(5) == 0));
            disorder.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(read));
        }

        var facts = new CoverageFacts();
        foreach (var logged in read) facts.Add(logged.Entry, Berlin);
        return facts;
    }
}
