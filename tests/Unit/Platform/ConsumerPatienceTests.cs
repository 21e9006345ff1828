using Fleet.Platform.Bus;
using Fleet.Platform.Store;
using MassTransit;
using MassTransit.Middleware;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Fleet.Tests.Unit.Platform;

public sealed class ConsumerPatienceTests : IDisposable
{
    private static readonly StoreUnavailableException Away = new("The database does not answer.");

    private readonly FakeTimeProvider _time = new();
    private readonly StoreHealth _well;
    private readonly RetryPolicyContext<Message> _message;

    public ConsumerPatienceTests()
    {
        _well = new StoreHealth(_time, NullLogger<StoreHealth>.Instance);
        IRetryPolicy patience = new ConsumerPatience(_well, _time, CancellationToken.None);
        _message = patience.CreatePolicyContext(new Message());
    }

    public void Dispose()
    {
        _message.Dispose();
        _well.Dispose();
    }

    [Fact]
    public async Task A_store_that_looks_well_and_fails_for_hours_sends_the_message_back_to_its_queue_and_never_to_the_error_queue()
    {
        _message.CanRetry(Away, out var next).ShouldBeTrue();
        await next.PreRetry();

        _time.Advance(TimeSpan.FromHours(3));

        next.CanRetry(Away, out next).ShouldBeTrue();
        await Should.ThrowAsync<OperationCanceledException>(next.PreRetry());
    }

    [Fact]
    public void Outages_of_the_store_do_not_count_among_the_tries()
    {
        var tries = 0;
        _message.CanRetry(Away, out var next).ShouldBeTrue();
        while (next.CanRetry(new InvalidOperationException("A hiccup."), out next))
        {
            tries++;
            next.CanRetry(Away, out next).ShouldBeTrue();
        }

        tries.ShouldBe(5);
    }

    [Fact]
    public void What_cannot_get_better_is_not_tried_again() => _message.CanRetry(new MessageRefusedException("No such colour."), out _).ShouldBeFalse();

    private sealed class Message : BasePipeContext;
}
