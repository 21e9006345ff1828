using Fleet.Assignment.Domain;

namespace Fleet.Tests.Unit.Assignment;

public sealed class JoinerCaseTests
{
    private static readonly DateTimeOffset Since = new(2020, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly IReadOnlyList<KitItem> HomeOffice = [new(ItemKind.Laptop, null, 1, false), new(ItemKind.Vpn, null, 1, false)];
    private static readonly JoinerCase New = new() { CaseId = Guid.CreateVersion7(), PersonId = Guid.CreateVersion7(), Employment = 1 };

    [Fact]
    public void A_kit_opens_the_case_and_everything_awaited_closes_it()
    {
        var (opened, first) = New.Decide(HomeOffice, Since, [], null);
        first.ShouldBe([CaseChange.Opened]);
        opened.Items.Select(i => i.Missing).ShouldBe([1, 1]);

        var (progressed, second) = opened.Decide(HomeOffice, Since, [Laptop(1)], null);
        second.ShouldBe([CaseChange.Progressed]);
        progressed.Items.Select(i => i.Missing).ShouldBe([0, 1]);

        var (closed, third) = progressed.Decide(HomeOffice, Since, [Laptop(1), Vpn(2)], null);
        third.ShouldBe([CaseChange.Progressed, CaseChange.Closed]);
        closed.Status.ShouldBe(CaseStatus.Ready);
        closed.ClosedAt.ShouldBe(At(2));
    }

    [Fact]
    public void What_is_ready_stays_ready_when_things_go_away_afterwards()
    {
        var closed = New.Decide(HomeOffice, Since, [Laptop(1), Vpn(2)], null).Case;

        closed.Decide(HomeOffice, Since, [Laptop(1, 5), Vpn(2, 5)], null).ShouldBe((closed, []));
        closed.Decide(HomeOffice, Since, [Laptop(1, 5), Vpn(2, 5)], At(6)).ShouldBe((closed, []));
    }

    [Fact]
    public void Everything_must_have_been_there_at_once()
    {
        New.Decide(HomeOffice, Since, [Laptop(1, 2), Vpn(3)], null).Case.Status.ShouldBe(CaseStatus.Open);
        New.Decide(HomeOffice, Since, [Laptop(1, 2), Vpn(2)], null).Case.Status.ShouldBe(CaseStatus.Open);
        New.Decide(HomeOffice, Since, [Laptop(1, 3), Vpn(2)], null).Case.Status.ShouldBe(CaseStatus.Ready);
    }

    [Fact]
    public void What_a_person_had_before_counts_if_it_is_still_there()
    {
        New.Decide(HomeOffice, Since, [Laptop(-5), Vpn(-4)], null).Case.ClosedAt.ShouldBe(Since);
        New.Decide(HomeOffice, Since, [Laptop(-5, -1), Vpn(-4)], null).Case.Items.Select(i => i.Missing).ShouldBe([1, 0]);
    }

    [Fact]
    public void The_same_facts_in_any_order_make_the_same_case()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            var facts = Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(-2, 8)).Select(from => new Possession(
                random.Next(2) == 0 ? ItemKind.Laptop : ItemKind.Vpn, At(from), random.Next(2) == 0 ? null : At(from + random.Next(0, 4)))).ToList();
            var end = New.Decide(HomeOffice, Since, facts, null).Case;

            // Learned one by one, in another order, each perhaps twice.
            var (known, joiner) = (new List<Possession>(), New);
            foreach (var fact in facts.OrderBy(_ => random.Next()))
            {
                known.Add(fact);
                joiner = joiner.Decide(HomeOffice, Since, [.. known.OrderBy(_ => random.Next())], null).Case;
                joiner = joiner.Decide(HomeOffice, Since, known, null).Case;
            }

            (joiner with { Items = [] }).ShouldBe(end with { Items = joiner.Items.SequenceEqual(end.Items) ? [] : end.Items }, $"seed {seed}");
            // The oracle: every instant, one by one.
            var ready = Enumerable.Range(0, 200).Select(i => Since.AddMinutes(i * 6)).Any(at => facts.Any(f => f.Kind == ItemKind.Laptop && f.Covers(at)) && facts.Any(f => f.Kind == ItemKind.Vpn && f.Covers(at)));
            (end.Status == CaseStatus.Ready).ShouldBe(ready, $"seed {seed}");
        }
    }

    [Fact]
    public void An_earlier_fact_that_comes_to_light_revises_the_case()
    {
        var closed = New.Decide(HomeOffice, Since, [Laptop(1), Vpn(3)], null).Case;

        var (later, first) = closed.Decide(HomeOffice, Since, [Laptop(1), Vpn(4)], null);
        later.ClosedAt.ShouldBe(At(4));
        first.ShouldBe([CaseChange.Closed]);

        var (reopened, second) = closed.Decide(HomeOffice, Since, [Vpn(3)], null);
        reopened.Status.ShouldBe(CaseStatus.Open);
        second.ShouldBe([CaseChange.Progressed]);
    }

    [Fact]
    public void The_same_again_changes_nothing()
    {
        var once = New.Decide(HomeOffice, Since, [Laptop(1)], null).Case;

        once.Decide(HomeOffice, Since, [Laptop(1)], null).ShouldBe((once, []));
    }

    [Fact]
    public void An_employment_that_ends_before_everything_is_there_cancels_the_case_until_the_end_is_taken_back()
    {
        var opened = New.Decide(HomeOffice, Since, [Laptop(1)], null).Case;

        var (cancelled, first) = opened.Decide(HomeOffice, Since, [Laptop(1), Vpn(9)], At(8));
        (cancelled.Status, cancelled.ClosedAt).ShouldBe((CaseStatus.Cancelled, At(8)));
        first.ShouldBe([CaseChange.Closed]);
        cancelled.Decide(HomeOffice, Since, [Laptop(1)], null).Case.Status.ShouldBe(CaseStatus.Open);
    }

    [Fact]
    public void Optional_lines_and_software_hold_nothing_up_and_get_what_is_left()
    {
        IReadOnlyList<KitItem> kit = [
            new(ItemKind.Monitor, "second", 1, true), new(ItemKind.Monitor, "first", 1, false), new(ItemKind.Software, "files", 1, false)];
        New.Decide(kit, Since, [], null).Case.Items.Sum(i => i.Missing).ShouldBe(1);

        var (closed, changes) = New.Decide(kit, Since, [new Possession(ItemKind.Monitor, At(1), null)], null);

        closed.Items.Select(i => i.Fulfilled).ShouldBe([0, 1, 0]);
        changes.ShouldBe([CaseChange.Opened, CaseChange.Closed]);
    }

    [Fact]
    public void A_second_laptop_is_not_counted_beyond_what_is_needed()
    {
        var once = New.Decide(HomeOffice, Since, [Laptop(1)], null).Case;

        once.Decide(HomeOffice, Since, [Laptop(1), Laptop(2)], null).Changes.ShouldBeEmpty();
    }

    private static DateTimeOffset At(int hours) => Since.AddHours(hours);

    private static Possession Laptop(int from, int? until = null) => new(ItemKind.Laptop, At(from), until is { } end ? At(end) : null);

    private static Possession Vpn(int from, int? until = null) => new(ItemKind.Vpn, At(from), until is { } end ? At(end) : null);
}
