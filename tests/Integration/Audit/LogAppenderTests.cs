using Fleet.Audit.Domain;
using Fleet.Audit.Features.Log;
using Fleet.Audit.Process;
using Fleet.Contracts;
using Fleet.Platform;
using Fleet.Platform.Store;
using Fleet.Platform.Store.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fleet.Tests.Integration.Audit;

public sealed class LogAppenderTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly string _folder = Directory.CreateTempSubdirectory("fleet-log-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Two_processes_that_append_the_same_events_at_once_make_one_chain_with_each_event_once()
    {
        await using var first = Open();
        await using var second = Open();
        using var one = await StartAsync(first);
        using var other = await StartAsync(second);
        var events = Enumerable.Range(0, 500).Select(_ => Event()).ToList();

        await Task.WhenAll(events.SelectMany(e => new[] { one.AppendAsync(Entries.Of(e)), other.AppendAsync(Entries.Of(e)) }));

        var log = await AllAsync(first);
        log.Select(e => e.EventId).ShouldBe(events.Select(e => e.Meta.EventId), ignoreOrder: true);
        ShouldHold(log);
    }

    [Fact]
    public async Task Stopped_between_the_head_and_its_entries_the_next_to_append_stores_them_first()
    {
        await using var store = Open();
        var batch = Enumerable.Range(0, 3).Select(_ => Event()).ToList();
        // As a kill between the two writes leaves it: the head is written, of its entries only the second.
        var dying = StoppableStore.Before(store);
        dying.StopBefore = (type, place) => type == typeof(LogEntry) && place != 2;
        using (var killed = new LogAppender(dying.Store, TimeProvider.System))
        {
            // They wait before it starts, so that it takes them together.
            var appending = batch.Select(e => killed.AppendAsync(Entries.Of(e))).ToList();
            await killed.StartAsync(None);
            await dying.Stopped;
            appending.ShouldAllBe(a => !a.IsCompleted);
            (await AllAsync(store)).Count.ShouldBeLessThan(batch.Count);
        }

        using var appender = await StartAsync(store);
        await Task.WhenAll(batch.Append(Event()).Select(e => appender.AppendAsync(Entries.Of(e))));

        var log = await AllAsync(store);
        log.Select(e => e.EventId).Distinct().Count().ShouldBe(4);
        log.Count.ShouldBe(4);
        ShouldHold(log);
    }

    [Fact]
    public async Task A_store_that_is_away_is_told_as_such_and_what_was_refused_can_be_appended_when_it_is_back()
    {
        await using var store = Open();
        var failing = StoppableStore.Before(store);
        failing.FailBefore = (type, _) => type == typeof(LogEntry);
        using var appender = await StartAsync(failing.Store);
        var first = Event();
        await Should.ThrowAsync<StoreUnavailableException>(() => appender.AppendAsync(Entries.Of(first)));
        failing.FailBefore = (type, _) => type == typeof(LogHead);
        await Should.ThrowAsync<StoreUnavailableException>(() => appender.AppendAsync(Entries.Of(Event())));

        failing.FailBefore = (_, _) => false;
        await Task.WhenAll(appender.AppendAsync(Entries.Of(first)), appender.AppendAsync(Entries.Of(Event())));

        var log = await AllAsync(store);
        log.Count.ShouldBe(2);
        ShouldHold(log);
    }

    [Fact]
    public async Task Figures_count_entries_that_only_the_head_holds_yet()
    {
        await using var store = Open();
        using var appender = await StartAsync(store);
        using var view = View(store, appender);
        var head = new LogHead().Append([Entries.Of(Event())], TimeProvider.System.GetUtcNow());
        await store.WriteAsync(new Document<LogHead>(LogHeadDocument.Id, 0, head), None);

        (await StaffAsync(view)).ShouldBe(1);

        // The entry arrives, and another batch after it: nobody is counted twice or left out.
        await appender.AppendAsync(Entries.Of(Event()));
        await appender.AppendAsync(Entries.Of(Event()));
        (await StaffAsync(view)).ShouldBe(3);
        using var anew = View(store, appender);
        (await StaffAsync(anew)).ShouldBe(3);
    }

    [Fact]
    public async Task An_answer_repeated_with_its_own_knowledge_is_the_same_from_every_process_whatever_their_clocks_say()
    {
        await using var first = Open();
        await using var second = Open();
        var now = TimeProvider.System.GetUtcNow();
        var (ahead, behind) = (new FixedClock(now.AddMinutes(5)), new FixedClock(now.AddMinutes(-5)));
        using var one = await StartAsync(first, ahead);
        using var other = await StartAsync(second, behind);
        using var viewAhead = View(first, one, ahead);
        using var viewBehind = View(second, other, behind);
        await other.AppendAsync(Entries.Of(Event()));

        var printed = (await viewAhead.KnownAtAsync(null, None))!;
        // Their clocks say that these were before the report was printed; the log says that they were not.
        await other.AppendAsync(Entries.Of(Event()));
        await one.AppendAsync(Entries.Of(Event()));

        (printed.KnownAt, printed.LogPosition).ShouldBe((now.AddMinutes(5), 1));
        foreach (var view in new[] { viewAhead, viewBehind })
        {
            var again = (await view.KnownAtAsync(printed.KnownAt, None))!;
            (StaffOf(again), again.LogPosition, again.KnownAt).ShouldBe((1, 1, printed.KnownAt));
            (await StaffAsync(view)).ShouldBe(3);
            var newest = (await view.KnownAtAsync(null, None))!;
            newest.LogPosition.ShouldBe(3);
            newest.KnownAt.ShouldBeGreaterThan(printed.KnownAt);
        }

        // An instant between the last entry and now is closed when it is asked for; one in the future cannot be.
        var (later, at) = (new FixedClock(now.AddMinutes(20)), now.AddMinutes(10));
        using var appender = await StartAsync(first, later);
        using var viewLater = View(first, appender, later);
        (await viewLater.KnownAtAsync(at, None))!.LogPosition.ShouldBe(3);
        await other.AppendAsync(Entries.Of(Event()));
        (await viewLater.KnownAtAsync(at, None))!.LogPosition.ShouldBe(3);
        (await AllAsync(first))[^1].LoggedAt.ShouldBe(at.AddTicks(1));
        (await viewLater.KnownAtAsync(now.AddMinutes(21), None)).ShouldBeNull();
        (await viewLater.KnownAtAsync(now.AddMinutes(-60), None))!.LogPosition.ShouldBe(0);
    }

    [Fact]
    public async Task Reading_figures_over_and_over_does_not_write_each_time()
    {
        await using var store = Open();
        var counting = StoppableStore.Before(store);
        using var appender = await StartAsync(counting.Store);
        var clock = new FixedClock(TimeProvider.System.GetUtcNow());
        using var view = View(store, appender, clock);
        await view.KnownAtAsync(null, None);
        var before = counting.Writes;

        for (var i = 0; i < 20; i++) await view.KnownAtAsync(null, None);
        counting.Writes.ShouldBe(before);

        clock.Now += TimeSpan.FromSeconds(1);
        (await view.KnownAtAsync(null, None))!.KnownAt.ShouldBe(clock.Now);
        counting.Writes.ShouldBe(before + 1);
    }

    [Fact]
    public async Task Figures_are_answered_while_the_store_can_only_be_read()
    {
        await using var store = Open();
        var full = StoppableStore.Before(store);
        using var appender = await StartAsync(full.Store);
        await appender.AppendAsync(Entries.Of(Event()));
        full.FailBefore = (_, _) => true;
        var later = new FixedClock(TimeProvider.System.GetUtcNow().AddMinutes(1));
        using var view = View(store, appender, later);

        var knowledge = (await view.KnownAtAsync(null, None))!;

        StaffOf(knowledge).ShouldBe(1);
        knowledge.KnownAt.ShouldBeLessThan(later.Now);
        await Should.ThrowAsync<StoreUnavailableException>(() => view.KnownAtAsync(later.Now, None));
    }

    private static CoverageView View(IDocumentStore store, LogAppender appender, TimeProvider? time = null) => new(
        store, appender, new FleetCalendar(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")), time ?? TimeProvider.System, NullLogger<CoverageView>.Instance);

    private static async Task<int> StaffAsync(CoverageView view) => StaffOf((await view.KnownAtAsync(null, None))!);

    private static int StaffOf(Knowledge knowledge) => knowledge.Coverage.Of(new DateOnly(2020, 1, 1), null).Staff;

    private static async Task<LogAppender> StartAsync(IDocumentStore store, TimeProvider? time = null)
    {
        var appender = new LogAppender(store, time ?? TimeProvider.System);
        await appender.StartAsync(None);
        return appender;
    }

    private static async Task<List<LogEntry>> AllAsync(IDocumentStore store)
    {
        var all = new List<LogEntry>();
        await foreach (var entry in store.AllAsync(new Query<LogEntry> { OrderBy = LogEntryDocument.Sequence }, None)) all.Add(entry.State);
        return all;
    }

    private static void ShouldHold(List<LogEntry> log)
    {
        var previous = Chain.Beginning;
        for (var i = 0; i < log.Count; i++)
        {
            Chain.Holds(log[i], i + 1, previous).ShouldBeTrue($"entry {i + 1}");
            if (i > 0) log[i].LoggedAt.ShouldBeGreaterThan(log[i - 1].LoggedAt);
            previous = log[i].Hash;
        }
    }

    private static PersonRegistered Event()
    {
        var id = Guid.CreateVersion7();
        var day = new DateOnly(2020, 1, 1);
        return new PersonRegistered
        {
            Meta = new EventMeta { EventId = Guid.CreateVersion7(), AggregateId = id, AggregateVersion = 1, RecordedAt = TimeProvider.System.GetUtcNow() },
            Person = new PersonState { PersonId = id, GivenName = "A", StartDate = day, Employments = [new EmploymentPeriod { StartDate = day }], Placements = [new PlacementPeriod { From = day, UnitId = id }] },
        };
    }

    private SqliteDocumentStore Open() => SqliteDocumentStore.Open(Path.Combine(_folder, "audit.db"), LogEntryDocument.Type, LogHeadDocument.Type);

    /// <summary>A process's clock, wherever it stands.</summary>
    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
