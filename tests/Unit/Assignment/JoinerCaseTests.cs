using Fleet.Assignment.Domain;

namespace Fleet.Tests.Unit.Assignment;

public sealed class JoinerCaseTests
{
    private static readonly DateTimeOffset Now = new(2020, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly Guid Laptop = Guid.CreateVersion7();
    private static readonly Guid Access = Guid.CreateVersion7();
    private static readonly IReadOnlyList<KitItem> HomeOffice = [new(ItemKind.Laptop, null, 1, false), new(ItemKind.Vpn, null, 1, false)];

    private static readonly JoinerCase New = new() { CaseId = Guid.CreateVersion7(), PersonId = Guid.CreateVersion7() };

    [Fact]
    public void A_kit_opens_the_case_and_everything_awaited_closes_it()
    {
        var (opened, first) = New.Decide(HomeOffice, null, Now);
        first.ShouldBe([CaseChange.Opened]);
        opened.Items.Select(i => i.Missing).ShouldBe([1, 1]);

        var (progressed, second) = opened.Decide(null, Held(1), Now);
        second.ShouldBe([CaseChange.Progressed]);
        progressed.Items.Select(i => i.Missing).ShouldBe([0, 1]);

        var (closed, third) = progressed.Decide(null, Active(2), Now);
        third.ShouldBe([CaseChange.Progressed, CaseChange.Closed]);
        closed.Status.ShouldBe(CaseStatus.Ready);
        closed.ClosedAt.ShouldBe(Now);
    }

    [Fact]
    public void A_closed_case_never_changes()
    {
        var closed = Run(New, HomeOffice, Held(1), Active(2));

        closed.Decide(null, new Equipment(Laptop, ItemKind.Laptop, 9, false), Now).Case.ShouldBeSameAs(closed);
        closed.Decide([new KitItem(ItemKind.Dock, null, 1, false)], null, Now).Changes.ShouldBeEmpty();
    }

    [Fact]
    public void The_same_news_twice_changes_nothing()
    {
        var once = Run(New, HomeOffice, Held(1));

        var (twice, changes) = once.Decide(HomeOffice, Held(1), Now);

        twice.ShouldBeSameAs(once);
        changes.ShouldBeEmpty();
    }

    [Fact]
    public void News_in_any_order_lead_to_the_same_case()
    {
        Equipment[] news = [Held(1), Returned(2), Held(4), new Equipment(Access, ItemKind.Vpn, 1, false)];

        foreach (var order in Permutations(news))
        {
            var end = order.Aggregate(Run(New, HomeOffice), (joiner, n) => joiner.Decide(null, n, Now).Case);
            end.Status.ShouldBe(CaseStatus.Open);
            end.Items.Select(i => i.Fulfilled).ShouldBe([1, 0]);
        }
    }

    [Fact]
    public void A_device_that_goes_away_again_is_missing_again()
    {
        var (after, changes) = Run(New, HomeOffice, Held(1)).Decide(null, Returned(2), Now);

        changes.ShouldBe([CaseChange.Progressed]);
        after.Items[0].Missing.ShouldBe(1);
    }

    [Fact]
    public void What_came_before_the_kit_counts_when_the_kit_comes()
    {
        var (idle, none) = New.Decide(null, Held(1), Now);
        none.ShouldBeEmpty();
        idle.Status.ShouldBe(CaseStatus.Idle);

        var (opened, changes) = idle.Decide(HomeOffice, null, Now);
        changes.ShouldBe([CaseChange.Opened]);
        opened.Items.Select(i => i.Fulfilled).ShouldBe([1, 0]);
    }

    [Fact]
    public void Optional_lines_and_software_hold_nothing_up_and_get_what_is_left()
    {
        IReadOnlyList<KitItem> kit = [
            new(ItemKind.Monitor, "second", 1, true), new(ItemKind.Monitor, "first", 1, false), new(ItemKind.Software, "files", 1, false)];
        var opened = Run(New, kit);
        opened.Items.Sum(i => i.Missing).ShouldBe(1);

        var (closed, changes) = opened.Decide(null, new Equipment(Guid.CreateVersion7(), ItemKind.Monitor, 1, true), Now);

        closed.Items.Select(i => i.Fulfilled).ShouldBe([0, 1, 0]);
        changes.ShouldBe([CaseChange.Progressed, CaseChange.Closed]);
    }

    [Fact]
    public void A_second_laptop_is_not_counted_beyond_what_is_needed()
    {
        var (after, changes) = Run(New, HomeOffice, Held(1)).Decide(null, new Equipment(Guid.CreateVersion7(), ItemKind.Laptop, 1, true), Now);

        changes.ShouldBeEmpty();
        after.Items[0].Fulfilled.ShouldBe(1);
    }

    [Fact]
    public void Without_a_kit_nobody_waits()
    {
        New.Decide(null, null, Now).Case.ShouldBeSameAs(New);
        New.Decide([], null, Now).Case.ShouldBeSameAs(New);
    }

    private static Equipment Held(long version) => new(Laptop, ItemKind.Laptop, version, true);

    private static Equipment Returned(long version) => new(Laptop, ItemKind.Laptop, version, false);

    private static Equipment Active(long version) => new(Access, ItemKind.Vpn, version, true);

    private static JoinerCase Run(JoinerCase joiner, IReadOnlyList<KitItem> kit, params Equipment[] news) =>
        news.Aggregate(joiner.Decide(kit, null, Now).Case, (state, n) => state.Decide(null, n, Now).Case);

    private static IEnumerable<T[]> Permutations<T>(T[] items) => items.Length <= 1
        ? [items]
        : items.SelectMany((item, i) => Permutations([.. items[..i], .. items[(i + 1)..]]).Select(rest => (T[])[item, .. rest]));
}
