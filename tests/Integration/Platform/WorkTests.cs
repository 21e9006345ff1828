using System.Collections.Concurrent;
using Fleet.Contracts;
using Fleet.Platform.Store;
using Fleet.Platform.Store.Sqlite;
using Fleet.Platform.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Fleet.Tests.Integration.Platform;

/// <summary>Leases, recurring work and jobs, over a real store and with clocks that the test moves.</summary>
public sealed class WorkTests : IAsyncLifetime
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly string _folder = Directory.CreateTempSubdirectory("fleet-work-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 8, 8, 0, 0, TimeSpan.Zero));

    // Five minutes ahead, and as steady as the other.
    private readonly FakeTimeProvider _ahead = new(new DateTimeOffset(2026, 5, 8, 8, 5, 0, TimeSpan.Zero));
    private SqliteDocumentStore _store = null!;

    public ValueTask InitializeAsync()
    {
        _store = SqliteDocumentStore.Open(Path.Combine(_folder, "work.db"), LeaseState.Documents, Job.Documents);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_lease_that_is_not_renewed_passes_on_after_its_length_whatever_the_clocks_say()
    {
        Lease one = new(_store, _time, "it", Length), other = new(_store, _ahead, "it", Length);
        (await one.TryHoldAsync(Ct)).ShouldBeTrue();
        (await other.TryHoldAsync(Ct)).ShouldBeFalse();
        Advance(Length - Second);
        (await other.TryHoldAsync(Ct)).ShouldBeFalse();
        one.IsHeld.ShouldBeFalse("its holder has stopped to rely on it before anybody else may have it");
        Advance(Second);
        (await other.TryHoldAsync(Ct)).ShouldBeTrue();
        (await one.TryHoldAsync(Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_lease_that_is_renewed_stays_and_one_that_is_given_back_is_free_at_once()
    {
        Lease one = new(_store, _time, "it", Length), other = new(_store, _ahead, "it", Length);
        for (var i = 0; i < 30; i++)
        {
            (await one.TryHoldAsync(Ct)).ShouldBeTrue();
            (await other.TryHoldAsync(Ct)).ShouldBeFalse();
            Advance(Second);
        }

        await one.ReleaseAsync();
        (await other.TryHoldAsync(Ct)).ShouldBeTrue();
    }

    [Fact]
    public async Task An_act_is_broken_off_before_another_may_begin_it()
    {
        var isAway = false;
        var failing = StoreUnderTest.InFrontOf(_store, _ => isAway ? throw new StoreUnavailableException("The disk is full.") : null);
        Lease one = new(failing, _time, "it", Length), other = new(_store, _ahead, "it", Length);
        (await one.TryHoldAsync(Ct)).ShouldBeTrue();
        (await other.TryHoldAsync(Ct)).ShouldBeFalse();
        // It cannot renew any more.
        isAway = true;
        var isBegun = new TaskCompletionSource();
        var acting = one.ActAsync(
            async ct =>
            {
                isBegun.SetResult();
                await Task.Delay(Timeout.Infinite, ct);
            },
            Ct);
        await isBegun.Task;
        _time.Advance(Length * 0.75);
        (await acting).ShouldBeFalse();
        (await other.TryHoldAsync(Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task Seldom_work_is_not_done_more_often_by_restarts_or_by_several_replicas()
    {
        var work = new Counted();
        (await Loop(work, _time).TurnAsync(Ct)).ShouldBe(TimeSpan.FromHours(1));
        (await Loop(work, _time).TurnAsync(Ct)).ShouldBe(TimeSpan.FromHours(1));
        work.Rounds.ShouldBe(1);
        Advance(TimeSpan.FromMinutes(59));
        (await Loop(work, _time).TurnAsync(Ct)).ShouldBe(TimeSpan.FromMinutes(1));
        Advance(TimeSpan.FromMinutes(1));
        await Loop(work, _time).TurnAsync(Ct);
        work.Rounds.ShouldBe(2);

        WorkLoop Loop(IWork done, FakeTimeProvider time) => new("count", TimeSpan.FromHours(1), done, _store, time, NullLogger<WorkLoop>.Instance);
    }

    [Fact]
    public async Task Work_that_fails_is_tried_again_soon()
    {
        var work = new Counted { Error = new InvalidOperationException("No paper.") };
        var loop = new WorkLoop("count", TimeSpan.FromHours(1), work, _store, _time, NullLogger<WorkLoop>.Instance);
        (await loop.TurnAsync(Ct)).ShouldBe(TimeSpan.FromMinutes(1));
        work.Error = null;
        Advance(TimeSpan.FromMinutes(1));
        (await loop.TurnAsync(Ct)).ShouldBe(TimeSpan.FromHours(1));
        work.Rounds.ShouldBe(2);
    }

    [Fact]
    public void A_job_that_fails_waits_longer_each_time_and_is_given_up_visibly()
    {
        var now = _time.GetUtcNow();
        var job = new Job { DueAt = now };
        var waits = new List<TimeSpan>();
        while (job.Status == JobStatus.Waiting)
        {
            job = job.Begin().Fail("No paper.", now);
            if (job.Status == JobStatus.Waiting) waits.Add(job.DueAt - now);
        }

        waits.ShouldBe(waits.Order());
        waits.Count.ShouldBe(7);
        (job.Status, job.Attempts, job.LastError, job.EndedAt).ShouldBe((JobStatus.Failed, 8, "No paper.", now));
        var again = job.Again(now);
        (again.Status, again.Attempts).ShouldBe((JobStatus.Waiting, 0));
    }

    [Fact]
    public async Task Replicas_share_the_jobs_and_each_job_is_done_once()
    {
        await using var broker = await Broker.StartAsync();
        await using var one = await StartAsync(broker);
        await using var other = await StartAsync(broker);
        var keys = Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7().ToString()).ToList();
        foreach (var key in keys)
        {
            (await JobsOf(one).EnqueueAsync(key, new Print(key), null, Ct)).ShouldBeTrue();
            (await JobsOf(other).EnqueueAsync(key, new Print(key), null, Ct)).ShouldBeFalse();
        }

        var later = Guid.CreateVersion7().ToString();
        await JobsOf(one).EnqueueAsync(later, new Print(later), TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1), Ct);

        foreach (var key in keys)
            await Eventually.ReadAsync(() => JobsOf(one).FindAsync<Print>(key, Ct), j => j is { Status: JobStatus.Done, Attempts: 1 });
        Printer.Printed.Where(p => keys.Contains(p)).ShouldBe(keys, ignoreOrder: true);
        (await JobsOf(one).FindAsync<Print>(later, Ct)).ShouldNotBeNull().Attempts.ShouldBe(0);
    }

    private Task<Replica> StartAsync(Broker broker) => Replica.StartAsync(
        _folder, broker.Uri, new() { [typeof(DeviceRegistered)] = ["sink"] }, builder => builder.AddWork(w => w.Handle<Print, Printer>()));

    private static Jobs JobsOf(Replica replica) => replica.Services.GetRequiredService<Jobs>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private void Advance(TimeSpan time)
    {
        _time.Advance(time);
        _ahead.Advance(time);
    }

    internal sealed record Print(string Page);

    private sealed class Printer : IJobHandler<Print>
    {
        public static ConcurrentBag<string> Printed { get; } = [];

        public Task HandleAsync(Print job, CancellationToken ct)
        {
            Printed.Add(job.Page);
            return Task.CompletedTask;
        }
    }

    private sealed class Counted : IWork
    {
        public int Rounds { get; private set; }

        public Exception? Error { get; set; }

        public Task RunAsync(CancellationToken ct)
        {
            Rounds++;
            return Error is null ? Task.CompletedTask : Task.FromException(Error);
        }
    }
}
