using Fleet.Portal.Domain;
using Fleet.Portal.Features.Counter;
using Microsoft.Extensions.Primitives;

namespace Fleet.Tests.Unit.Portal;

public sealed class CounterStateTests
{
    private static readonly Guid Erika = Guid.Parse("01890000-0000-7000-8000-000000000001");
    private static readonly Guid Max = Guid.Parse("01890000-0000-7000-8000-000000000002");

    [Fact]
    public void A_person_and_a_free_device_in_either_order_wait_for_Enter_which_hands_over()
    {
        var personFirst = CounterState.Empty.With(Erika).With("LT-1", isFree: true).Next;
        var deviceFirst = CounterState.Empty.With("LT-1", isFree: true).Next.With(Erika);

        personFirst.Address().ShouldBe(deviceFirst.Address());
        personFirst.Enter(holder: null).ShouldBe(new CounterAct(CounterVerb.HandOver));
        personFirst.After(CounterVerb.HandOver).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void The_same_device_scanned_twice_is_there_once() =>
        CounterState.Empty.With("LT-1", isFree: true).Next.With("lt-1", isFree: true).Next.Devices.ShouldHaveSingleItem();

    [Fact]
    public void Enter_takes_back_what_the_person_at_the_counter_has_and_nothing_of_somebody_else()
    {
        var counter = CounterState.Empty.With(Erika).With("LT-1", isFree: false).Next;

        counter.Enter(holder: Erika).ShouldBe(new CounterAct(CounterVerb.TakeBack));
        counter.Enter(holder: Max).ShouldBeNull();
    }

    [Fact]
    public void A_device_that_comes_back_leaves_the_ones_that_wait() =>
        CounterState.Empty.With(Erika).With("LT-2", isFree: true).Next.With("LT-1", isFree: false).Next.After(CounterVerb.TakeBack)
            .Enter(holder: null).ShouldBe(new CounterAct(CounterVerb.HandOver));

    [Fact]
    public void After_the_key_for_an_exchange_the_next_free_device_replaces_the_shown_one()
    {
        var counter = CounterState.Empty.With("LT-1", isFree: false).Next.Exchanging(Erika);

        counter.With("LT-2", isFree: true).Act.ShouldBe(new CounterAct(CounterVerb.Exchange, "LT-2"));
        counter.With("LT-3", isFree: false).ShouldBe((counter with { Shown = "LT-3", IsExchanging = false }, null));
        counter.Enter(holder: Erika).ShouldBeNull();
    }

    [Fact]
    public void Nobody_and_nothing_makes_Enter_do_nothing()
    {
        CounterState.Empty.Enter(null).ShouldBeNull();
        CounterState.Empty.With(Erika).Enter(null).ShouldBeNull();
        CounterState.Empty.With("LT-1", isFree: true).Next.Enter(null).ShouldBeNull();
    }

    [Fact]
    public void An_address_says_all_of_it_and_what_is_none_of_ours_is_left_out()
    {
        var counter = CounterState.Empty.With("LT 1&2", isFree: true).Next.With("LT-9", isFree: false).Next.Exchanging(Erika);

        Read(counter.Address()).Address().ShouldBe(counter.Address());
        Read("/counter?person=nobody&device=&device=LT-1&device=lt-1&exchange=true").Address().ShouldBe("/counter?device=LT-1");
    }

    [Fact]
    public void The_last_acts_survive_the_browser_and_a_cookie_of_somebody_elses_making_is_no_act()
    {
        RecentAct[] acts =
        [
            new(RecentActKind.HandedOver, Erika, null, DateTimeOffset.UnixEpoch.AddDays(1)), new(RecentActKind.TakenBack, Max, Erika, DateTimeOffset.UnixEpoch.AddDays(2)),
        ];

        RecentActs.Parse(RecentActs.Format(acts)).ShouldBe(acts);
        RecentActs.Parse("x~9.z.1.2~0.01890000000070008000000000000001..99999999999999999~~").ShouldBeEmpty();
    }

    private static CounterState Read(string address)
    {
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri($"http://x{address}").Query);
        return CounterState.Read(n => query.GetValueOrDefault(n, StringValues.Empty));
    }
}
