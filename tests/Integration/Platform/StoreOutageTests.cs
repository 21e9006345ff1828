using System.Collections.Concurrent;
using Fleet.Contracts;
using Fleet.Platform.Store;
using MassTransit;

namespace Fleet.Tests.Integration.Platform;

/// <summary>A consumer whose store is away for a while.</summary>
public sealed class StoreOutageTests : IAsyncLifetime
{
    private const string Queue = "replica-keep-things";
    private static readonly Dictionary<Type, IReadOnlyList<string>> Queues = new() { [typeof(DeviceRegistered)] = [Queue] };
    private readonly string _folder = Directory.CreateTempSubdirectory("fleet-outage-").FullName;
    private readonly ConcurrentBag<string> _refused = [];
    private volatile bool _isAway;
    private Broker _broker = null!;

    public async ValueTask InitializeAsync() => _broker = await Broker.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task While_the_store_is_away_messages_wait_and_afterwards_every_one_is_handled()
    {
        const int messages = 200;
        await using var replica = await StartAsync();
        _isAway = true;
        var sent = await PublishAsync(messages);
        // Every consumer has met it, more often than one that gives up would.
        await Eventually.ShouldAsync(() =>
        {
            _refused.Count(m => m == nameof(IDocumentStore.WriteAsync)).ShouldBeGreaterThanOrEqualTo(16);
            _refused.Count(m => m == nameof(IDocumentStore.CheckAsync)).ShouldBeGreaterThanOrEqualTo(3);
            return Task.CompletedTask;
        });
        (await _broker.CountAsync($"{Queue}_error")).ShouldBe(0u);
        replica.State.IsConnected.ShouldBeTrue();

        _isAway = false;
        await Eventually.ShouldAsync(async () => (await KeptAsync(replica, sent)).ShouldBe(messages), TimeSpan.FromSeconds(10));
        (await _broker.CountAsync($"{Queue}_error")).ShouldBe(0u);
        (await _broker.CountAsync(Queue)).ShouldBe(0u);
    }

    [Fact]
    public async Task A_process_that_stops_while_its_store_is_away_gives_the_messages_back()
    {
        var replica = await StartAsync();
        _isAway = true;
        var sent = await PublishAsync(40);
        await Eventually.ShouldAsync(() =>
        {
            _refused.ShouldContain(nameof(IDocumentStore.WriteAsync));
            return Task.CompletedTask;
        });
        await replica.DisposeAsync();
        (await _broker.CountAsync($"{Queue}_error")).ShouldBe(0u);
        await Eventually.ShouldAsync(async () => (await _broker.CountAsync(Queue)).ShouldBe(40u));

        _isAway = false;
        await using var next = await StartAsync();
        await Eventually.ShouldAsync(async () => (await KeptAsync(next, sent)).ShouldBe(40));
    }

    private Task<Replica> StartAsync() => Replica.StartAsync(
        _folder, _broker.Uri, Queues,
        builder => StoreUnderTest.InFrontOf(builder.Services, method =>
        {
            if (!_isAway) return null;
            _refused.Add(method);
            throw new StoreUnavailableException("The disk is full.");
        }),
        consumers => consumers.Add<KeepThings>());

    private async Task<IReadOnlyCollection<string>> PublishAsync(int count)
    {
        var ids = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).ToList();
        foreach (var id in ids) await _broker.PublishAsync(new DeviceRegistered { Meta = new EventMeta { EventId = Guid.CreateVersion7(), AggregateId = id } });
        return [.. ids.Select(i => i.ToString())];
    }

    private static async Task<int> KeptAsync(Replica replica, IReadOnlyCollection<string> ids) => (await replica.Store.FindManyAsync<Thing>(ids, CancellationToken.None)).Count;

    /// <summary>Stores what it hears of.</summary>
    private sealed class KeepThings(IDocumentStore store) : IConsumer<DeviceRegistered>
    {
        public Task Consume(ConsumeContext<DeviceRegistered> context) =>
            store.WriteAsync(Document<Thing>.New(context.Message.Meta.AggregateId, new Thing { Name = "heard of" }), context.CancellationToken);
    }
}
