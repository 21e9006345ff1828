using Fleet.Platform.Store;
using Fleet.Platform.Store.Sqlite;
using Microsoft.Data.Sqlite;

namespace Fleet.Tests.Store;

public sealed class SqliteStoreTests : DocumentStoreTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly string _folder = Directory.CreateTempSubdirectory("fleet-store-").FullName;
    private int _open;

    private string File => Path.Combine(_folder, "store.db");

    private string Marker => Path.Combine(_folder, "store.sqlite.made");

    [Fact]
    public void The_file_is_readable_by_its_owner_only() =>
        System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

    [Fact]
    public async Task Opening_again_changes_nothing()
    {
        var before = Raw("PRAGMA schema_version");
        await CloseAsync(await OpenAsync(Things, Others));
        Raw("PRAGMA schema_version").ShouldBe(before);
    }

    [Theory]
    [InlineData("is missing")]
    [InlineData("is empty")]
    [InlineData("not a database")]
    [InlineData("damaged")]
    public async Task A_database_that_is_gone_or_damaged_where_one_was_stops_the_start_with_a_sentence(string reason)
    {
        for (var i = 0; i < 200; i++) await Store.WriteAsync(Document<Thing>.New(Guid.CreateVersion7(), new Thing { Tag = $"T-{i}", Group = new string('g', 500) }), None);
        await ((SqliteDocumentStore)Store).DisposeAsync();
        switch (reason)
        {
            case "is missing": System.IO.File.Delete(File); break;
            case "is empty": await System.IO.File.WriteAllBytesAsync(File, []); break;
            case "not a database": await System.IO.File.WriteAllTextAsync(File, new string('x', 100_000)); break;
            default: await OverwriteAsync(4096 * 5, 60_000); break;
        }

        var error = await Should.ThrowAsync<StartRefusedException>(() => OpenAgainAsync(Schema.First));

        error.Message.ShouldStartWith(File);
        error.Message.ShouldContain(reason);
        error.Message.ShouldNotContain("\n");
    }

    [Fact]
    public async Task An_empty_database_begins_where_the_operator_says_so()
    {
        await ((SqliteDocumentStore)Store).DisposeAsync();
        foreach (var file in Directory.GetFiles(_folder)) System.IO.File.Delete(file);
        await (await OpenAgainAsync(Schema.First)).DisposeAsync();
    }

    [Fact]
    public async Task Another_database_in_the_place_of_the_one_that_was_made_stops_the_start()
    {
        await ((SqliteDocumentStore)Store).DisposeAsync();
        await System.IO.File.WriteAllTextAsync(Marker, Guid.NewGuid().ToString());
        (await Should.ThrowAsync<StartRefusedException>(() => OpenAgainAsync(Schema.First))).Message.ShouldContain("not the database that was made there");
    }

    [Fact]
    public async Task A_database_under_another_services_name_stops_the_start()
    {
        await ((SqliteDocumentStore)Store).DisposeAsync();
        System.IO.File.Copy(File, Path.Combine(_folder, "other.db"));
        Should.Throw<StartRefusedException>(() => SqliteDocumentStore.Open(Path.Combine(_folder, "other.db"), Things)).Message.ShouldContain("holds the documents of store");
    }

    [Fact]
    public async Task A_file_that_this_adapter_laid_out_before_is_migrated()
    {
        var document = Document<Thing>.New(Guid.CreateVersion7(), new Thing());
        await Store.WriteAsync(document, [Event()], None);
        await ((SqliteDocumentStore)Store).DisposeAsync();
        // As it was before documents said when their last event was recorded.
        Raw("ALTER TABLE documents_things DROP COLUMN told_at; ALTER TABLE documents_others DROP COLUMN told_at; UPDATE meta SET value = '1' WHERE key = 'layout'");

        await using var store = await OpenAgainAsync(Schema.First);

        var found = (await store.FindAsync<Thing>(document.Id, None))!;
        found.ShouldBe(document with { Version = 1, State = found.State, Events = 1 });
        var told = Event();
        await store.WriteAsync(found, [told], None);
        (await store.FindAsync<Thing>(document.Id, None))!.ToldAt.ShouldBe(told.RecordedAt);
    }

    [Fact]
    public async Task A_file_that_a_newer_adapter_laid_out_stops_the_start()
    {
        await ((SqliteDocumentStore)Store).DisposeAsync();
        Raw("UPDATE meta SET value = '3' WHERE key = 'layout'");
        (await Should.ThrowAsync<StartRefusedException>(() => OpenAgainAsync(Schema.First))).Message.ShouldContain("start the newer build");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_stops_the_start_with_a_sentence()
    {
        await System.IO.File.WriteAllTextAsync(Path.Combine(_folder, "file"), "");
        Should.Throw<StartRefusedException>(() => SqliteDocumentStore.Open(Path.Combine(_folder, "file", "store.db"), Things)).Message.ShouldContain("cannot be opened");
    }

    [Fact]
    public async Task A_file_that_another_process_keeps_locked_is_away_until_it_is_let_go()
    {
        var document = Document<Thing>.New(Guid.CreateVersion7(), new Thing());
        await using (var other = new SqliteConnection($"Data Source={File};Pooling=false"))
        {
            await other.OpenAsync();
            await using var transaction = other.BeginTransaction(deferred: false);
            (await Should.ThrowAsync<StoreUnavailableException>(() => Store.WriteAsync(document, None))).Message.ShouldContain("is locked by another process");
            (await Store.FindAsync<Thing>(document.Id, None)).ShouldBeNull();
        }

        (await Store.WriteAsync(document, None)).IsWritten.ShouldBeTrue();
    }

    [Fact]
    public async Task Nothing_is_acknowledged_that_goes_into_a_file_that_was_deleted()
    {
        var document = Document<Thing>.New(Guid.CreateVersion7(), new Thing());
        await Store.WriteAsync(document, None);
        foreach (var file in Directory.GetFiles(_folder, "store.db*")) System.IO.File.Delete(file);

        await Should.ThrowAsync<StoreUnavailableException>(() => Store.WriteAsync(document with { Version = 1 }, None));
        await Should.ThrowAsync<StoreUnavailableException>(() => Store.CheckAsync(None));
        System.IO.File.Exists(File).ShouldBeFalse();
    }

    [Fact]
    public async Task The_write_ahead_log_stays_small_while_others_read_without_a_pause()
    {
        const long Written = 200L * 1024 * 1024;
        var log = new FileInfo($"{File}-wal");
        var large = new string('x', 1024 * 1024);
        var document = Document<Thing>.New(Guid.CreateVersion7(), new Thing { Group = "g", Tag = large });
        await Store.WriteAsync(document, None);
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested) await Store.FindAsync<Thing>(document.Id, None);
        })).ToList();

        var largest = 0L;
        for (var version = 1; version <= Written / large.Length; version++)
        {
            (await Store.WriteAsync(document with { Version = version }, None)).IsWritten.ShouldBeTrue();
            log.Refresh();
            largest = Math.Max(largest, log.Length);
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
        largest.ShouldBeLessThan(Written / 2);
    }

    [Fact]
    public async Task The_write_ahead_log_shrinks_again_after_a_reader_that_stayed_long()
    {
        var log = new FileInfo($"{File}-wal");
        var document = Document<Thing>.New(Guid.CreateVersion7(), new Thing { Tag = new string('x', 1024 * 1024) });
        await Store.WriteAsync(document, None);
        var version = 1;
        await using (var reader = new SqliteConnection($"Data Source={File};Pooling=false"))
        {
            await reader.OpenAsync();
            await using var transaction = reader.BeginTransaction(deferred: true);
            await using var command = reader.CreateCommand();
            command.CommandText = "SELECT count(*) FROM documents_things";
            await command.ExecuteScalarAsync();
            while (version < 40) await Store.WriteAsync(document with { Version = version++ }, None);
            log.Refresh();
            log.Length.ShouldBeGreaterThan(2 * WriteAheadLog.Large);
        }

        var clock = System.Diagnostics.Stopwatch.StartNew();
        do
        {
            await Store.WriteAsync(document with { Version = version++ }, None);
            log.Refresh();
        }
        while (log.Length > WriteAheadLog.Large && clock.Elapsed < TimeSpan.FromSeconds(30));

        log.Length.ShouldBeLessThanOrEqualTo(WriteAheadLog.Large);
    }

    protected override void TakeVersionAway() => Raw("DROP TABLE meta");

    protected override Task<IDocumentStore> OpenAsync(Schema schema, params DocumentType[] types)
    {
        var store = SqliteDocumentStore.Open(File, schema, types);
        _open++;
        return Task.FromResult<IDocumentStore>(store);
    }

    protected override async Task CloseAsync(IDocumentStore store)
    {
        await ((SqliteDocumentStore)store).DisposeAsync();
        if (--_open == 0) Directory.Delete(_folder, recursive: true);
    }

    private Task<SqliteDocumentStore> OpenAgainAsync(Schema schema) => Task.Run(() => SqliteDocumentStore.Open(File, schema, Things, Others));

    private async Task OverwriteAsync(int from, int length)
    {
        await using var file = new FileStream(File, FileMode.Open);
        file.Seek(from, SeekOrigin.Begin);
        await file.WriteAsync(Enumerable.Repeat((byte)0x5a, length).ToArray());
    }

    private object? Raw(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
