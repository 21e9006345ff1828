using Fleet.Audit;
using Fleet.Audit.Domain;
using Fleet.Contracts;
using Fleet.Platform;

namespace Fleet.Tests.Unit.Audit;

public sealed class CoverageTests
{
    private static readonly FleetCalendar Berlin = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
    private static readonly DateTimeOffset Always = DateTimeOffset.MaxValue;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 16)];

    [Theory, MemberData(nameof(Seeds))]
    public void Every_figure_is_what_counting_all_events_gives(int seed)
    {
        var history = History.Of(seed);
        var random = new Random(seed);
        var facts = FactsOf(history.Events, random);
        var moments = history.Events.Select(e => e.Meta.RecordedAt).ToList();
        var counted = 0;
        for (var round = 0; round < 25; round++)
        {
            var knownAt = round % 3 == 0 ? moments[^1] : moments[random.Next(moments.Count)];
            var day = history.LastDay.AddDays(-random.Next(240));
            var coverage = facts.KnownAt(knownAt);
            var oracle = new Oracle(history.Events, day, knownAt);
            foreach (var unit in history.Units.Where(coverage.Knows).Select(u => (Guid?)u).Append(null))
            {
                var expected = oracle.Count(unit);
                coverage.Of(day, unit).ShouldBe(Of(expected), $"{day}, known {knownAt:O}, unit {unit}");
                counted += expected.Ready;
            }

            foreach (var unit in coverage.PerUnit(day, null)) unit.Figures.ShouldBe(Of(oracle.Count(unit.Id)), $"{day}, known {knownAt:O}, in the table {unit.Id}");
        }

        counted.ShouldBeGreaterThan(20, "The invented history must make enough people ready, or this shows nothing.");
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_people_listed_are_those_who_were_counted(int seed)
    {
        var history = History.Of(seed);
        var facts = FactsOf(history.Events, new Random(seed));
        var day = history.LastDay.AddDays(-seed);
        var unit = history.Units[seed % history.Units.Count];
        var oracle = new Oracle(history.Events, day, Always);

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
    public void A_subtrees_table_holds_the_unit_first_and_every_unit_below_it_once(int seed)
    {
        var history = History.Of(seed);
        var coverage = FactsOf(history.Events, new Random(seed)).KnownAt(Always);
        var day = history.LastDay.AddDays(-seed);
        var everything = coverage.PerUnit(day, null);
        everything.Select(u => u.Id).ShouldBe(history.Units, ignoreOrder: true);
        foreach (var unit in history.Units)
        {
            var table = coverage.PerUnit(day, unit);
            table[0].Id.ShouldBe(unit);
            table[0].Figures.ShouldBe(coverage.Of(day, unit));
            table.Skip(1).ShouldAllBe(u => table.Any(p => p.Id == u.ParentId));
            table.Count.ShouldBe(1 + everything.Where(u => u.ParentId == unit).Sum(child => coverage.PerUnit(day, child.Id).Count));
        }
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

            var coverage = FactsOf(story.Events).KnownAt(Always);

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
        story.InventoryLoss(device, At(3, 10));
        story.Return(device, At(3, 15));
        story.Issue(second, At(3, 20), device);

        var coverage = FactsOf(story.Events).KnownAt(Always);

        coverage.Of(new DateOnly(2020, 3, 9), null).WithLaptop.ShouldBe(1);
        coverage.Of(new DateOnly(2020, 3, 10), null).WithLaptop.ShouldBe(0);
        coverage.Of(new DateOnly(2020, 3, 19), null).WithLaptop.ShouldBe(0);
        coverage.People(new DateOnly(2020, 3, 20), null).Single(p => p.Status.WithLaptop).Worker.Person.PersonId.ShouldBe(second);
    }

    [Fact]
    public void A_loss_at_the_very_instant_of_a_hand_over_ends_it_and_a_hand_over_recorded_after_the_loss_stands()
    {
        var story = new Story();
        var person = story.Person();
        var device = story.Issue(person, At(3, 1));
        story.InventoryLoss(device, At(3, 1));
        FactsOf(story.Events).KnownAt(Always).Of(new DateOnly(2020, 3, 1), null).WithLaptop.ShouldBe(0);

        story.Return(device, At(3, 1));
        story.Issue(person, At(3, 1), device);
        FactsOf(story.Events).KnownAt(Always).Of(new DateOnly(2020, 3, 1), null).WithLaptop.ShouldBe(1);
    }

    [Fact]
    public void A_person_with_two_laptops_counts_once()
    {
        var story = new Story();
        var person = story.Person();
        story.Issue(person, At(3, 1));
        story.Issue(person, At(3, 2));

        FactsOf(story.Events).KnownAt(Always).Of(new DateOnly(2020, 3, 2), null).ShouldBe(new Figures(1, 1, 1, 0, 0));
    }

    [Fact]
    public void A_report_repeated_with_its_known_at_is_the_same_whatever_was_learned_since()
    {
        var story = new Story();
        var person = story.Person();
        story.Issue(person, At(3, 1));
        var printed = story.Events[^1].Meta.RecordedAt;
        var day = new DateOnly(2020, 3, 5);
        var facts = FactsOf(story.Events);
        var before = facts.KnownAt(printed).Of(day, null);

        story.Issue(story.Person(), At(3, 1));
        facts = FactsOf(story.Events);

        facts.KnownAt(printed).Of(day, null).ShouldBe(before);
        facts.KnownAt(Always).Of(day, null).WithLaptop.ShouldBe(2);
    }

    [Fact]
    public void What_a_person_who_is_not_heard_of_yet_holds_counts_as_soon_as_they_are()
    {
        var story = new Story();
        story.Issue(story.Person(), At(3, 1));
        var facts = FactsOf([story.Events[1]]);
        facts.KnownAt(Always).Of(new DateOnly(2020, 3, 2), null).ShouldBe(default);

        facts.Add(Entries.Of(story.Events[0]), Berlin);

        facts.KnownAt(Always).Of(new DateOnly(2020, 3, 2), null).WithLaptop.ShouldBe(1);
    }

    [Fact]
    public void A_person_counts_on_the_first_and_on_the_last_day_and_not_beyond()
    {
        var story = new Story();
        story.Person(new DateOnly(2020, 3, 2), new DateOnly(2020, 3, 6));

        var coverage = FactsOf(story.Events).KnownAt(Always);

        Enumerable.Range(1, 6).Select(d => coverage.Of(new DateOnly(2020, 3, d), null).Staff).ShouldBe([0, 1, 1, 1, 1, 1]);
        coverage.Of(new DateOnly(2020, 3, 7), null).Staff.ShouldBe(0);
    }

    [Fact]
    public void An_access_counts_to_the_end_of_its_last_day()
    {
        var story = new Story();
        story.Activate(story.Person(), At(3, 1), new DateOnly(2020, 3, 3));

        var coverage = FactsOf(story.Events).KnownAt(Always);

        coverage.Of(new DateOnly(2020, 3, 3), null).WithVpn.ShouldBe(1);
        coverage.Of(new DateOnly(2020, 3, 4), null).WithVpn.ShouldBe(0);
    }

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

    private static Figures Of((int Staff, int Eligible, int WithLaptop, int WithVpn, int Ready) count) =>
        new(count.Staff, count.Eligible, count.WithLaptop, count.WithVpn, count.Ready);

    /// <summary>The facts as the service has them after the log: in any order, some twice when a random is given.</summary>
    private static CoverageFacts FactsOf(IReadOnlyList<IFleetEvent> events, Random? disorder = null)
    {
        List<IFleetEvent> delivered = [.. events];
        if (disorder is not null)
        {
            delivered.AddRange(events.Where(_ => disorder.Next(5) == 0));
            disorder.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(delivered));
        }

        var facts = new CoverageFacts();
        foreach (var one in delivered) facts.Add(Entries.Of(one), Berlin);
        return facts;
    }
}
