using Fleet.Contracts;
using Fleet.Platform.Store;
using MassTransit;

namespace Fleet.Tests.Integration.Platform;

/// <summary>Several processes on one store, seen at the broker.</summary>
public sealed class ReplicaTests : IAsyncLifetime
{
    private static readonly Dictionary<Type, IReadOnlyList<string>> Queues = new() { [typeof(DeviceRegistered)] = ["sink"] };
    private readonly string _folder = Directory.CreateTempSubdirectory("fleet-replica-").FullName;
    private Broker _broker = null!;

    public async ValueTask InitializeAsync() => _broker = await Broker.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Two_replicas_publish_every_event_once()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        var stored = (await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(() => (i % 2 == 0 ? one : other).StoreAsync())))).ToHashSet();

        await AllShouldBePublishedAsync(stored);
        await NothingShouldBePendingAsync(one);
        _broker.Published<DeviceRegistered>().Select(e => e.Meta.EventId).ShouldBe(stored, ignoreOrder: true);
    }

    [Fact]
    public async Task After_the_replica_that_publishes_has_died_the_other_goes_on()
    {
        // It hangs where a process dies that was killed: it holds the lease, and forgets nothing any more.
        var isDead = false;
        await using var dying = await StartAsync(method => isDead && method is not "WriteAsync" ? throw new StoreUnavailableException("killed") : null);
        var first = await dying.StoreAsync();
        await AllShouldBePublishedAsync([first]);
        await NothingShouldBePendingAsync(dying);
        await using var other = await StartAsync();
        isDead = true;

        var second = await dying.StoreAsync();
        await AllShouldBePublishedAsync([first, second]);
        _broker.Published<DeviceRegistered>().Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_was_published_but_not_forgotten_when_the_process_died_is_published_again_under_the_same_id()
    {
        var hangs = new TaskCompletionSource();
        var isReached = new TaskCompletionSource();
        var dying = await StartAsync(method =>
        {
            if (isReached.Task.IsCompleted) throw new StoreUnavailableException("killed");
            if (method != nameof(IDocumentStore.ClearPendingAsync)) return null;
            isReached.TrySetResult();
            return hangs.Task;
        });
        var stored = await dying.StoreAsync();
        await isReached.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await AllShouldBePublishedAsync([stored]);

        await using var next = await StartAsync();
        await Eventually.ShouldAsync(() =>
        {
            _broker.Published<DeviceRegistered>().Select(e => e.Meta.EventId).ShouldBe([stored, stored]);
            return Task.CompletedTask;
        });
        await NothingShouldBePendingAsync(next);
        hangs.SetResult();
        await dying.DisposeAsync();
    }

    [Fact]
    public async Task An_event_of_a_newer_build_waits_and_no_other_waits_for_it()
    {
        await using var older = await StartAsync();
        await older.StoreAsync(new OfANewerBuild());
        var known = await older.StoreAsync();

        await AllShouldBePublishedAsync([known]);
        var left = await Eventually.ReadAsync(() => older.Store.ReadPendingAsync(10, CancellationToken.None), p => p.Count == 1);
        left[0].MessageType.ShouldBe(typeof(OfANewerBuild).FullName);
        older.State.IsConnected.ShouldBeTrue();
    }

    [Fact]
    public async Task A_store_that_is_away_does_not_end_the_connection_to_the_broker()
    {
        var isAway = false;
        var asked = 0;
        await using var replica = await StartAsync(_ =>
        {
            if (!isAway) return null;
            Interlocked.Increment(ref asked);
            throw new StoreUnavailableException("The disk is full.");
        });
        var first = await replica.StoreAsync();
        await AllShouldBePublishedAsync([first]);
        isAway = true;
        await Eventually.ShouldAsync(() =>
        {
            Volatile.Read(ref asked).ShouldBeGreaterThanOrEqualTo(3);
            return Task.CompletedTask;
        });
        replica.State.IsConnected.ShouldBeTrue();

        isAway = false;
        await AllShouldBePublishedAsync([first, await replica.StoreAsync()]);
    }

    private Task<Replica> StartAsync(Func<string, object?>? before = null) => Replica.StartAsync(
        _folder, _broker.Uri, Queues, builder =>
        {
            if (before is not null) StoreUnderTest.InFrontOf(builder.Services, before);
        });

    private Task AllShouldBePublishedAsync(IReadOnlyCollection<Guid> events) => Eventually.ShouldAsync(() =>
    {
        events.ShouldBeSubsetOf(_broker.Published<DeviceRegistered>().Select(e => e.Meta.EventId));
        return Task.CompletedTask;
    });

    private static Task NothingShouldBePendingAsync(Replica replica) =>
        Eventually.ShouldAsync(async () => (await replica.Store.ReadPendingAsync(1, CancellationToken.None)).ShouldBeEmpty());

    /// <summary>An event that the table of deliveries does not name.</summary>
    [EntityName("fleet.test.of-a-newer-build.v1")]
    public sealed record OfANewerBuild;
}
