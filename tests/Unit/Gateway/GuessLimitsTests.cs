using Fleet.Gateway;
using Fleet.Gateway.Limits;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Fleet.Tests.Unit.GatewayTests;

public sealed class GuessLimitsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly GuessLimits _limits;

    public GuessLimitsTests() => _limits = new GuessLimits(Options.Create(new GatewayOptions()), _time);

    [Fact]
    public async Task Of_two_hundred_wrong_ones_at_once_five_are_tried()
    {
        var tried = 0;
        var release = new TaskCompletionSource();
        var all = Enumerable.Range(0, 200).Select(async _ =>
        {
            using var guess = await _limits.BeginAsync("erika", "192.0.2.7", null, default);
            if (guess.Refusal != Refusal.None) return guess.Refusal;
            Interlocked.Increment(ref tried);
            await release.Task;
            guess.Wrong();
            return Refusal.None;
        }).ToList();

        release.SetResult();
        var outcomes = await Task.WhenAll(all);

        tried.ShouldBe(5);
        outcomes.Count(o => o == Refusal.Locked).ShouldBe(195);
    }

    [Fact]
    public async Task Two_hundred_right_ones_at_once_all_get_in()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(async _ =>
        {
            using var guess = await _limits.BeginAsync("erika", "192.0.2.7", null, default);
            await Task.Yield();
            return guess.Refusal;
        }));

        outcomes.ShouldAllBe(o => o == Refusal.None);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("known-device")]
    public async Task A_wrong_guess_every_four_seconds_for_an_hour_does_not_shut_the_owner_out(string? device)
    {
        for (var i = 0; i < 900; i++)
        {
            await GuessWrongAsync("203.0.113.9");
            _time.Advance(TimeSpan.FromSeconds(4));
            (await MayAsync("192.0.2.7", device)).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Of_many_senders_each_guessing_for_an_hour_few_get_anywhere_and_a_known_device_still_does()
    {
        var tried = 0;
        for (var minute = 0; minute < 60; minute++)
        {
            for (var sender = 0; sender < 100; sender++)
                if (await GuessWrongAsync($"203.0.113.{sender}")) tried++;
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        tried.ShouldBeLessThanOrEqualTo(25 + 30);
        for (var sender = 0; sender < 100; sender++) await GuessWrongAsync($"203.0.113.{sender}");
        (await MayAsync("192.0.2.7", null)).ShouldBeFalse();
        (await MayAsync("192.0.2.7", "known-device")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_known_device_has_its_own_tries_behind_an_address_that_somebody_used_up()
    {
        for (var i = 0; i < 30; i++) await GuessWrongAsync("192.0.2.7");
        (await MayAsync("192.0.2.7", null)).ShouldBeFalse();
        (await MayAsync("192.0.2.7", "known-device")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_sender_who_tries_many_names_is_told_when_to_come_back()
    {
        for (var i = 0; i < 20; i++) await GuessWrongAsync("192.0.2.7", $"name-{i}");
        using var refused = await _limits.BeginAsync("erika", "192.0.2.7", null, default);
        refused.Refusal.ShouldBe(Refusal.TooMany);
        refused.Wait.ShouldBe(TimeSpan.FromSeconds(3));
        using var secret = await _limits.BeginAsync("192.0.2.7", default);
        secret.Refusal.ShouldBe(Refusal.TooMany);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("known-device")]
    public async Task After_five_free_ones_each_wrong_one_doubles_the_wait_up_to_an_hour(string? device)
    {
        for (var i = 0; i < 5; i++) (await GuessWrongAsync("192.0.2.7", device: device)).ShouldBeTrue();
        foreach (var minutes in (int[])[1, 2, 4, 8, 16, 32, 60, 60, 60])
        {
            (await WaitAsync("192.0.2.7", device)).ShouldBe(TimeSpan.FromMinutes(minutes));
            _time.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
            (await MayAsync("192.0.2.7", device)).ShouldBeFalse();
            _time.Advance(TimeSpan.FromSeconds(1));
            (await GuessWrongAsync("192.0.2.7", device: device)).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Wrong_ones_are_forgotten_after_a_quiet_day_and_not_before()
    {
        for (var i = 0; i < 5; i++) await GuessWrongAsync("192.0.2.7");
        _time.Advance(TimeSpan.FromHours(23));
        await GuessWrongAsync("192.0.2.7");
        (await WaitAsync("192.0.2.7", null)).ShouldBe(TimeSpan.FromMinutes(2));
        _time.Advance(TimeSpan.FromHours(24));
        for (var i = 0; i < 5; i++) (await GuessWrongAsync("192.0.2.7")).ShouldBeTrue();
        (await WaitAsync("192.0.2.7", null)).ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Getting_in_forgets_the_wrong_ones_and_half_of_it_does_not(bool isIn)
    {
        for (var i = 0; i < 4; i++) await GuessWrongAsync("192.0.2.7");
        using (var guess = await _limits.BeginAsync("erika", "192.0.2.7", null, default))
            if (isIn) guess.Right();
        (await GuessWrongAsync("192.0.2.7")).ShouldBeTrue();
        (await MayAsync("192.0.2.7", null)).ShouldBe(isIn);
    }

    [Fact]
    public async Task A_patient_stranger_is_down_to_one_try_an_hour_and_leaves_the_others_room()
    {
        var tried = 0;
        for (var minute = 0; minute < 24 * 60; minute++)
        {
            if (await GuessWrongAsync("203.0.113.9")) tried++;
            (await MayAsync("192.0.2.7", null)).ShouldBeTrue();
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        tried.ShouldBeInRange(24, 36);
    }

    [Fact]
    public async Task A_name_that_is_no_account_waits_as_long_as_one_that_is()
    {
        for (var i = 0; i < 6; i++) await GuessWrongAsync("192.0.2.7", "nobody");
        using var guess = await _limits.BeginAsync("nobody", "192.0.2.7", null, default);
        (guess.Refusal, guess.Wait).ShouldBe((Refusal.Locked, TimeSpan.FromMinutes(1)));
    }

    private async Task<TimeSpan> WaitAsync(string sender, string? device)
    {
        using var guess = await _limits.BeginAsync("erika", sender, device, default);
        guess.Refusal.ShouldBe(Refusal.Locked);
        return guess.Wait;
    }

    private async Task<bool> GuessWrongAsync(string sender, string account = "erika", string? device = null)
    {
        using var guess = await _limits.BeginAsync(account, sender, device, default);
        guess.Wrong();
        return guess.Refusal == Refusal.None;
    }

    private async Task<bool> MayAsync(string sender, string? device)
    {
        using var guess = await _limits.BeginAsync("erika", sender, device, default);
        return guess.Refusal == Refusal.None;
    }
}
