using Fleet.Audit;
using Fleet.Audit.Domain;
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
    public async Task Entries_that_a_crash_left_unwritten_are_written_before_the_next()
    {
        await using var store = Open();
        var batch = Enumerable.Range(0, 3).Select(_ => Event()).ToList();
        // As a crash leaves it: the head is written, of its entries only the second.
        var head = new LogHead().Append(batch.Select(Entries.Of));
        await store.WriteAsync(new Document<LogHead>(Documents.HeadId, 0, head), None);
        await store.WriteAsync(Document<LogEntry>.New(head.Batch[1].EventId, head.Batch[1]), None);

        using var appender = await StartAsync(store);
        await Task.WhenAll(appender.AppendAsync(Entries.Of(batch[0])), appender.AppendAsync(Entries.Of(Event())));

        var log = await AllAsync(store);
        log.Take(3).ShouldBe(head.Batch);
        log.Count.ShouldBe(4);
        ShouldHold(log);
    }

    [Fact]
    public async Task Figures_count_entries_that_only_the_head_holds_yet()
    {
        await using var store = Open();
        var calendar = new FleetCalendar(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        using var view = new CoverageView(store, calendar, TimeProvider.System, NullLogger<CoverageView>.Instance);
        var head = new LogHead().Append([Entries.Of(Event())]);
        await store.WriteAsync(new Document<LogHead>(Documents.HeadId, 0, head), None);

        (await view.KnownAtAsync(DateTimeOffset.MaxValue, None)).Of(new DateOnly(2020, 1, 1), null).Staff.ShouldBe(1);

        // The entry arrives, and another batch after it: nobody is counted twice or left out.
        using var appender = await StartAsync(store);
        await appender.AppendAsync(Entries.Of(Event()));
        await appender.AppendAsync(Entries.Of(Event()));
        (await view.KnownAtAsync(DateTimeOffset.MaxValue, None)).Of(new DateOnly(2020, 1, 1), null).Staff.ShouldBe(3);
        using var anew = new CoverageView(store, calendar, TimeProvider.System, NullLogger<CoverageView>.Instance);
        (await anew.KnownAtAsync(DateTimeOffset.MaxValue, None)).Of(new DateOnly(2020, 1, 1), null).Staff.ShouldBe(3);
    }

    private static async Task<LogAppender> StartAsync(IDocumentStore store)
    {
        var appender = new LogAppender(store);
        await appender.StartAsync(None);
        return appender;
    }

    private static async Task<List<LogEntry>> AllAsync(IDocumentStore store)
    {
        var all = new List<LogEntry>();
        await foreach (var entry in store.AllAsync(new Query<LogEntry> { OrderBy = Documents.Sequence }, None)) all.Add(entry.State);
        return all;
    }

    private static void ShouldHold(List<LogEntry> log)
    {
        var previous = Chain.Beginning;
        for (var i = 0; i < log.Count; i++)
        {
            Chain.Holds(log[i], i + 1, previous).ShouldBeTrue($"entry {i + 1}");
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
            Person = new PersonState { PersonId = id, GivenName = "A", StartDate = day, Placements = [new PlacementPeriod { From = day, UnitId = id }] },
        };
    }

    private SqliteDocumentStore Open() => SqliteDocumentStore.Open(Path.Combine(_folder, "audit.db"), Documents.Entries, Documents.Heads);
}
