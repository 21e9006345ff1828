using Fleet.Platform.Bus;
using MassTransit;

namespace Fleet.Tests.Unit.Platform;

public sealed class DeliveriesTests
{
    private static readonly BusConsumers Consumers = new BusConsumers().Add<FollowThings>();

    [Fact]
    public void A_table_that_states_what_is_consumed_is_accepted() =>
        new Deliveries("shop", Table("shop-follow-things"), Consumers.All).MessageTypes.Keys.ShouldBe([typeof(Thing).FullName!]);

    [Theory]
    [InlineData("shop-follow-other"), InlineData("other-follow-things")]
    public void A_table_that_differs_from_what_is_consumed_stops_the_start(string queue) =>
        Should.Throw<InvalidOperationException>(() => new Deliveries("shop", Table(queue), Consumers.All)).Message.ShouldContain("Thing to shop-follow-things");

    private static Dictionary<Type, IReadOnlyList<string>> Table(string queue) => new() { [typeof(Thing)] = [queue] };

    internal sealed record Thing;

    internal sealed class FollowThings : IConsumer<Thing>
    {
        public Task Consume(ConsumeContext<Thing> context) => Task.CompletedTask;
    }
}
