using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Fleet.Audit.Domain;
using Fleet.Audit.Features.Log;
using Fleet.Platform.Store;
using Fleet.Platform.Store.Sqlite;
using Microsoft.Data.Sqlite;

namespace Fleet.Tests.Integration.Audit;

public sealed class AuditFaultTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    // One for each test: their logs are counted, changed and cut.
    private readonly AuditFixture _audit = new();

    public ValueTask InitializeAsync() => _audit.InitializeAsync();

    public ValueTask DisposeAsync() => _audit.DisposeAsync();

    [Fact]
    public async Task Killed_between_the_head_and_its_entries_the_log_holds_every_event_once_afterwards()
    {
        const int people = 40;
        var told = new Told(_audit.Broker);
        await told.UnitAsync("Killed");
        await using var store = OpenStore();
        await Eventually.ShouldAsync(async () => (await CountAsync(store)).ShouldBe(1));

        // The head can be written and the entries cannot, so the kill falls between the two, wherever the process is meanwhile.
        await ExecuteAsync("""CREATE TRIGGER stop BEFORE INSERT ON "documents_logEntries" BEGIN SELECT RAISE(ABORT, 'stopped by a test'); END""");
        for (var i = 0; i < people; i++) await _audit.Broker.PublishAsync(told.Person($"P{i}"));
        var head = await Eventually.ReadAsync(() => HeadAsync(store), h => h.Sequence > 1);
        _audit.Kill();
        (await CountAsync(store)).ShouldBe(1, "The entries must be missing, or the kill fell elsewhere.");
        head.Batch.ShouldNotBeEmpty();

        await ExecuteAsync("DROP TRIGGER stop");
        await _audit.StartAsync();

        await ShouldHoldAsync(told, people);
    }

    [Fact]
    public async Task Killed_again_and_again_while_events_arrive_the_log_holds_every_event_once_afterwards()
    {
        var told = new Told(_audit.Broker);
        await told.UnitAsync("Killed");
        await using var store = OpenStore();
        // Events arrive until the last kill is over, however fast they are recorded, and never far ahead of the log.
        var people = 0;
        using var over = new CancellationTokenSource();
        var publishing = Task.Run(async () =>
        {
            for (; !over.IsCancellationRequested; people++)
            {
                if (people % 100 == 0) await Eventually.ReadAsync(() => HeadAsync(store), h => h.Sequence > people - 500);
                await _audit.Broker.PublishAsync(told.Person($"P{people}"));
            }
        });
        for (var kill = 0; kill < 3; kill++)
        {
            var before = (await HeadAsync(store)).Sequence;
            await Eventually.ReadAsync(() => HeadAsync(store), h => h.Sequence >= before + 100);
            _audit.Kill();
            await _audit.StartAsync();
        }

        await over.CancelAsync();
        await publishing;
        await ShouldHoldAsync(told, people);
    }

    [Fact]
    public async Task An_entry_that_is_changed_or_taken_out_is_found()
    {
        // More than one append, so that the seventh entry lies before the last.
        const int people = 150;
        var told = new Told(_audit.Broker);
        await told.UnitAsync("Forged");
        for (var i = 0; i < people; i++) await _audit.Broker.PublishAsync(told.Person($"P{i}"));
        await ShouldHoldAsync(told, people);

        await using var store = OpenStore();
        var victim = (await store.FindByAsync(LogEntryDocument.Sequence.Is(Key.Of(7)), None))!;
        await store.WriteAsync(victim.With(victim.State with { ActorSubject = "nobody" }), None);
        var broken = await GetAsync("log/verify");
        (broken["verified"]!.GetValue<bool>(), broken["brokenAt"]!.GetValue<int>()).ShouldBe((false, 7));

        var changed = (await store.FindAsync<LogEntry>(victim.Id, None))!;
        await store.DeleteAsync(changed, None);
        (await GetAsync("log/verify"))["brokenAt"]!.GetValue<int>().ShouldBe(7);
    }

    private async Task ShouldHoldAsync(Told told, int people)
    {
        await Eventually.ShouldAsync(async () => (await GetAsync($"coverage?unit={told.Unit}&asOf=2020-02-01"))["staff"]!.GetValue<int>().ShouldBe(people));
        var verified = await Eventually.ReadAsync(() => GetAsync("log/verify"), v => v["entries"]!.GetValue<int>() == people + 1);
        verified["verified"]!.GetValue<bool>().ShouldBeTrue();
        verified["gaps"]!.AsArray().ShouldBeEmpty();
        (await _audit.Broker.CountAsync("audit-record-entry_error")).ShouldBe(0u);
    }

    private async Task<JsonNode> GetAsync(string question)
    {
        using var auditor = _audit.As("clara", "auditor");
        return (await auditor.GetFromJsonAsync<JsonNode>($"/api/audit/{question}"))!;
    }

    private SqliteDocumentStore OpenStore() => _audit.OpenStore(LogEntryDocument.Type, LogHeadDocument.Type);

    private static async Task<LogHead> HeadAsync(SqliteDocumentStore store) => (await store.FindAsync<LogHead>(LogHeadDocument.Id, None))?.State ?? new LogHead();

    private static async Task<int> CountAsync(SqliteDocumentStore store)
    {
        var count = 0;
        await foreach (var _ in store.AllAsync(new Query<LogEntry> { OrderBy = LogEntryDocument.Sequence }, None)) count++;
        return count;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_audit.DataFolder, "audit.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
