using Fleet.Contracts;

namespace Fleet.Tests.Unit.Platform;

public sealed class CauseTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 8, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Before = Now.AddMinutes(-3), After = Now.AddMinutes(3);

    [Fact]
    public void An_event_is_recorded_now() => Told(effectiveAt: Before, toldAt: Before).RecordedAt.ShouldBe(Now);

    [Fact]
    public void An_event_is_not_recorded_before_the_one_before_it_although_that_clock_was_ahead() => Told(effectiveAt: Before, toldAt: After).RecordedAt.ShouldBe(After);

    [Fact]
    public void An_event_is_not_recorded_before_it_became_true() => Told(effectiveAt: After, toldAt: Before).RecordedAt.ShouldBe(After);

    [Fact]
    public void An_echo_is_not_recorded_before_its_event()
    {
        var fact = new DeviceRegistered { Meta = Told(effectiveAt: Before, toldAt: After) };
        Cause.Following(fact, "test", Now).Meta(Guid.CreateVersion7(), 1, 1, Before, null).RecordedAt.ShouldBe(After);
    }

    private static EventMeta Told(DateTimeOffset effectiveAt, DateTimeOffset? toldAt) => Cause.Due("test", Now).Meta(Guid.CreateVersion7(), 2, 2, effectiveAt, toldAt);
}
