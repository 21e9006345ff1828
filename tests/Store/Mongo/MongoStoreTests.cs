using System.Net;
using Fleet.Platform.Store;
using Fleet.Platform.Store.Mongo;
using Microsoft.Extensions.Logging.Abstractions;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Fleet.Tests.Store;

/// <summary>The suite against MongoDB, each test in a database of its own, and what only this adapter promises.</summary>
public sealed class MongoStoreTests : DocumentStoreTests
{
    private static readonly string ConnectionString = MongoHalf.ConnectionString!;
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly string _database = $"fleet_test_{Guid.NewGuid():N}";
    private readonly string _marker = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.mongo.made");
    private int _open;

    [Fact]
    public async Task A_document_is_plain_bson_that_the_shell_can_read_and_query()
    {
        var document = Document<Thing>.New(Guid.CreateVersion7(), new Thing
        {
            Tag = "T-1",
            Mood = Mood.VeryGood,
            Owner = Guid.CreateVersion7(),
            Cost = 12.50m,
            Rank = 7,
            Day = new DateOnly(2020, 5, 8),
            Parts = [new Part("a", 1)],
            Counts = new Dictionary<string, long> { ["x.$y"] = 2 },
        });
        var sent = Event();
        await Store.WriteAsync(document, [sent], new Origin("key", "hash", 201, "{}"), None);

        var raw = await Raw("things").Find(new BsonDocument("state.parts.name", "a")).SingleAsync();

        raw["_id"].ShouldBe(document.Id);
        raw["version"].ShouldBe(new BsonInt64(1));
        raw["state"]["mood"].ShouldBe("veryGood");
        raw["state"]["owner"].ShouldBe(document.State.Owner.ToString());
        raw["state"]["day"].ShouldBe("2020-05-08");
        raw["state"]["cost"].ShouldBe(new BsonDecimal128(12.50m));
        raw["state"]["rank"].ShouldBe(new BsonInt64(7));
        raw["state"]["counts"].ShouldBe(new BsonDocument("x%2E%24y", 2L));
        raw["fields"].ShouldBe(new BsonDocument { { "tag", "T-1" }, { "rank", Key.Of(7) }, { "words", new BsonArray { "a" } } });
        raw["schema"].ShouldBe(1);
        raw["pending"][0]["eventId"].ShouldBe(sent.EventId.ToString());
        raw["origins"][0]["key"].ShouldBe("key");
    }

    [Fact]
    public async Task Elements_that_this_build_does_not_know_are_tolerated_and_kept()
    {
        var document = Document<Thing>.New(Guid.CreateVersion7(), new Thing { Group = "a" });
        await Store.WriteAsync(document, [Event()], new Origin("key", "hash", 201, "{}"), None);
        await Raw("things").UpdateOneAsync(
            new BsonDocument("_id", document.Id),
            new BsonDocument("$set", new BsonDocument { { "newer", 1 }, { "state.newer", 1 }, { "pending.0.newer", 1 }, { "origins.0.newer", 1 } }));

        var read = (await Store.FindAsync<Thing>(document.Id, None))!;
        (await Store.ReadPendingAsync(10, None)).ShouldHaveSingleItem();
        (await Store.FindOriginAsync<Thing>("key", None)).ShouldNotBeNull();
        (await Store.WriteAsync(read.With(read.State with { Group = "b" }), None)).IsWritten.ShouldBeTrue();

        (await Raw("things").Find(new BsonDocument("_id", document.Id)).SingleAsync())["newer"].ShouldBe(1);
    }

    [Fact]
    public async Task Opening_again_creates_nothing_twice()
    {
        var before = await IndexesAsync();
        await CloseAsync(await OpenAsync(Things, Others));
        (await IndexesAsync()).ShouldBe(before);

        async Task<List<string>> IndexesAsync() => [.. (await (await Raw("things").Indexes.ListAsync()).ToListAsync()).Select(i => i.ToJson()).Order()];
    }

    [Fact]
    public async Task An_operators_index_in_the_place_of_a_declared_one_stops_the_start_and_is_named_and_another_one_stays()
    {
        await Raw("pairs").Indexes.CreateOneAsync(new CreateIndexModel<BsonDocument>(new BsonDocument("state.tag", 1), new CreateIndexOptions { Name = "group" }));
        var error = await Should.ThrowAsync<StartRefusedException>(() => OpenAsync(new DocumentType<Thing>("pairs", DocumentIndex<Thing>.On(Group))));
        error.Message.ShouldContain($"{_database}.pairs");

        await CloseAsync(await OpenAsync(new DocumentType<Thing>("pairs", DocumentIndex<Thing>.On(Tag))));
        (await IndexNamesAsync("pairs")).ShouldContain("group");
    }

    [Fact]
    public async Task An_index_that_is_declared_no_more_is_dropped()
    {
        (await IndexNamesAsync("things")).ShouldContain("group_rank");
        await CloseAsync(await OpenAsync(new DocumentType<Thing>("things", DocumentIndex<Thing>.OneEach(Tag)), Others));
        (await IndexNamesAsync("things")).ShouldBe(["_id_", "origins.at", "origins.key", "pending.sequence", "tag", "version.0"], ignoreOrder: true);
    }

    [Fact]
    public async Task The_first_field_of_a_unique_index_over_several_has_an_index_of_its_own()
    {
        var store = await OpenAsync(new DocumentType<Thing>("pairs", DocumentIndex<Thing>.OneEach(Group, Tag)));
        await store.WriteAsync(Document<Thing>.New(Guid.CreateVersion7(), new Thing { Group = "g", Tag = "t" }), None);
        (await store.WriteAsync(Document<Thing>.New(Guid.CreateVersion7(), new Thing { Group = "g", Tag = "t" }), None)).Index.ShouldBe("group_tag");
        (await store.WriteAsync(Document<Thing>.New(Guid.CreateVersion7(), new Thing { Group = "g" }), None)).IsWritten.ShouldBeTrue();
        (await store.QueryAsync(new Query<Thing> { Where = [Group.Is("g")] }, None)).Items.Count.ShouldBe(2);
        var plain = (await (await Raw("pairs").Indexes.ListAsync()).ToListAsync()).Single(i => i["name"] == "group_tag.all");
        plain.Contains("partialFilterExpression").ShouldBeFalse();
        await CloseAsync(store);
    }

    [Fact]
    public async Task While_the_broker_is_away_a_document_holds_a_thousand_events_and_no_more()
    {
        var document = Document<Thing>.New(Guid.CreateVersion7(), new Thing());
        await Store.WriteAsync(document, [.. Enumerable.Range(0, 1000).Select(_ => Event())], None);

        (await Should.ThrowAsync<StoreUnavailableException>(() => Store.WriteAsync(document with { Version = 1 }, [Event()], None))).Message.ShouldContain("not published");
        (await Store.WriteAsync(document with { Version = 7 }, [Event()], None)).Outcome.ShouldBe(WriteOutcome.VersionConflict);
        (await Store.WriteAsync(document with { Version = 1 }, None)).IsWritten.ShouldBeTrue();

        await Store.ClearPendingAsync(await Store.ReadPendingAsync(10, None), None);
        (await Store.WriteAsync(document with { Version = 2 }, [Event()], None)).IsWritten.ShouldBeTrue();
    }

    [Fact]
    public async Task A_deleted_document_is_gone_for_good_when_its_origins_are_forgotten()
    {
        var document = Document<Thing>.New(Guid.CreateVersion7(), new Thing());
        await Store.WriteAsync(document, [], new Origin("key", "hash", 201, "{}"), None);
        await Store.DeleteAsync(document with { Version = 1 }, None);
        (await Raw("things").CountDocumentsAsync(new BsonDocument())).ShouldBe(1);
        await Store.ForgetOriginsAsync(TimeProvider.System.GetUtcNow().AddDays(1), None);
        (await Raw("things").CountDocumentsAsync(new BsonDocument())).ShouldBe(0);
    }

    [Fact]
    public async Task A_deleted_document_leaves_nothing_behind_whichever_process_publishes_its_events()
    {
        var document = Document<Thing>.New(Guid.CreateVersion7(), new Thing());
        await Store.WriteAsync(document, [Event()], None);
        await Store.DeleteAsync(document with { Version = 1 }, None);
        var other = await OpenAsync(Things, Others);
        await other.ClearPendingAsync(await other.ReadPendingAsync(10, None), None);
        (await Raw("things").CountDocumentsAsync(new BsonDocument())).ShouldBe(0);
        await CloseAsync(other);
    }

    [Fact]
    public async Task A_database_that_is_gone_where_one_was_stops_the_start_with_a_sentence()
    {
        using var client = new MongoClient(ConnectionString);
        await client.DropDatabaseAsync(_database);
        (await Should.ThrowAsync<StartRefusedException>(() => OpenAsync(Things, Others))).Message.ShouldContain("is empty, but a database was made there before");
        File.Delete(_marker);
        await CloseAsync(await OpenAsync(Things, Others));
    }

    [Fact]
    public async Task An_older_build_does_not_start_among_documents_that_a_killed_migration_has_changed()
    {
        await Raw("meta").UpdateOneAsync(new BsonDocument("_id", "schema"), new BsonDocument("$set", new BsonDocument("migratingTo", 2)));
        (await Should.ThrowAsync<StartRefusedException>(() => OpenAsync(Things, Others))).Message.ShouldContain("has version 2");
    }

    [Fact]
    public async Task A_deleted_document_leaves_nothing_behind_once_its_events_are_published()
    {
        var document = Document<Thing>.New(Guid.CreateVersion7(), new Thing());
        await Store.WriteAsync(document, [Event()], None);
        await Store.DeleteAsync(document with { Version = 1 }, None);
        (await Raw("things").CountDocumentsAsync(new BsonDocument())).ShouldBe(1);
        await Store.ClearPendingAsync(await Store.ReadPendingAsync(10, None), None);
        (await Raw("things").CountDocumentsAsync(new BsonDocument())).ShouldBe(0);
    }

    [Fact]
    public async Task A_server_that_goes_away_fails_calls_and_is_found_again_when_it_is_back()
    {
        var given = new MongoUrlBuilder(ConnectionString);
        await using var line = new Line(new DnsEndPoint(given.Server.Host, given.Server.Port));
        var throughLine = new MongoUrlBuilder(ConnectionString) { Server = new MongoServerAddress("127.0.0.1", line.Port), DirectConnection = true, ServerSelectionTimeout = TimeSpan.FromSeconds(2) };
        var store = MongoDocumentStore.Open(throughLine.ToString(), _database, Things, Others);
        var document = Document<Thing>.New(Guid.CreateVersion7(), new Thing());
        await store.WriteAsync(document, None);

        line.Cut();
        var errors = await Task.WhenAll(
            Should.ThrowAsync<StoreUnavailableException>(() => store.FindAsync<Thing>(document.Id, None)),
            Should.ThrowAsync<StoreUnavailableException>(() => store.WriteAsync(document with { Version = 1 }, None)),
            Should.ThrowAsync<StoreUnavailableException>(() => store.WriteAsync(Document<Thing>.New(Guid.CreateVersion7(), new Thing()), None)),
            Should.ThrowAsync<StoreUnavailableException>(() => store.ReadPendingAsync(10, None)),
            Should.ThrowAsync<StoreUnavailableException>(() => store.CheckAsync(None)));
        errors.ShouldAllBe(e => e.Message.StartsWith($"MongoDB at 127.0.0.1:{line.Port} cannot be used: ", StringComparison.Ordinal) && e.Message.Length < 200);

        line.Mend();
        (await store.WriteAsync(document with { Version = 1 }, None)).IsWritten.ShouldBeTrue();
        await store.CheckAsync(None);
        store.Dispose();
    }

    [Fact]
    public async Task While_the_server_is_away_the_store_is_unwell_and_by_itself_well_again_when_it_is_back()
    {
        var given = new MongoUrlBuilder(ConnectionString);
        await using var line = new Line(new DnsEndPoint(given.Server.Host, given.Server.Port));
        var throughLine = new MongoUrlBuilder(ConnectionString) { Server = new MongoServerAddress("127.0.0.1", line.Port), DirectConnection = true, ServerSelectionTimeout = TimeSpan.FromSeconds(1) };
        using var inner = MongoDocumentStore.Open(throughLine.ToString(), _database, Things, Others);
        using var health = new StoreHealth(TimeProvider.System, NullLogger<StoreHealth>.Instance);
        var store = new WatchedStore(inner, health);
        await store.CheckAsync(None);

        line.Cut();
        await Should.ThrowAsync<StoreUnavailableException>(() => store.FindAsync<Thing>("any", None));
        health.IsWell.ShouldBeFalse();
        health.Reason!.ShouldStartWith($"MongoDB at 127.0.0.1:{line.Port} cannot be used: ");
        var waiting = health.WaitUntilWellAsync(None);
        waiting.IsCompleted.ShouldBeFalse();

        line.Mend();
        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
        health.IsWell.ShouldBeTrue();
    }

    protected override void TakeVersionAway() => Raw("meta").DeleteMany(new BsonDocument());

    protected override async Task<IDocumentStore> OpenAsync(Schema schema, params DocumentType[] types)
    {
        var store = MongoDocumentStore.Open(ConnectionString, _database, schema, _marker, types);
        _open++;
        MongoHalf.RunAgainst ??= await DescribeAsync();
        return store;
    }

    protected override async Task CloseAsync(IDocumentStore store)
    {
        ((MongoDocumentStore)store).Dispose();
        if (--_open > 0) return;
        using var client = new MongoClient(ConnectionString);
        await client.DropDatabaseAsync(_database);
        File.Delete(_marker);
    }

    private async Task<IEnumerable<string>> IndexNamesAsync(string collection) =>
        (await (await Raw(collection).Indexes.ListAsync()).ToListAsync()).Select(i => i["name"].AsString);

    private IMongoCollection<BsonDocument> Raw(string collection) =>
        new MongoClient(ConnectionString).GetDatabase(_database).GetCollection<BsonDocument>(collection);

    /// <summary>Hosts and the version the server claims; never the credentials.</summary>
    private static async Task<string> DescribeAsync()
    {
        using var client = new MongoClient(ConnectionString);
        var build = await client.GetDatabase("admin").RunCommandAsync<BsonDocument>(new BsonDocument("buildInfo", 1));
        return $"{string.Join(',', client.Settings.Servers)}, which says it is version {build["version"]}";
    }
}
