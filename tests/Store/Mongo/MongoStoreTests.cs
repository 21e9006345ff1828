using System.Diagnostics;
using System.Net;
using Fleet.Platform.Store.Mongo;
using Fleet.Platform.Store;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Fleet.Tests.Store;

/// <summary>The suite against MongoDB, each test in a database of its own, and what only this adapter promises.</summary>
public sealed class MongoStoreTests : DocumentStoreTests
{
    private static readonly string? ConnectionString = Environment.GetEnvironmentVariable(MongoHalf.Variable) is { Length: > 0 } given ? given : null;
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly string _database = $"fleet_test_{Guid.NewGuid():N}";
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
        raw["fields"].ShouldBe(new BsonDocument { { "tag", "T-1" }, { "rank", Key.Of(7) } });
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
    public async Task An_index_that_is_not_the_declared_one_stops_the_start_and_is_named()
    {
        var unique = new DocumentType<Thing>("things", new DocumentIndex<Thing>("group", Unique: true, [Group]));
        var error = await Should.ThrowAsync<StartRefusedException>(() => OpenAsync(unique));
        error.Message.ShouldContain($"{_database}.things");
        error.Message.ShouldContain("group");
        _open--;
    }

    [Fact]
    public async Task A_unique_index_over_documents_that_it_forbids_stops_the_start()
    {
        for (var i = 0; i < 2; i++) await Store.WriteAsync(Document<Thing>.New(Guid.CreateVersion7(), new Thing { Day = new DateOnly(2020, 5, 8) }), None);
        var unique = new DocumentType<Thing>("things", DocumentIndex<Thing>.OneEach(new Field<Thing>("day", t => Key.Of(t.Day))));
        (await Should.ThrowAsync<StartRefusedException>(() => OpenAsync(unique))).Message.ShouldContain($"{_database}.things");
        _open--;
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
    public async Task A_document_remembers_its_latest_hundred_origins()
    {
        var document = Document<Thing>.New(Guid.CreateVersion7(), new Thing());
        for (var i = 0; i < 105; i++)
            (await Store.WriteAsync(document with { Version = i }, [], new Origin($"key {i}", "hash", 200, "{}"), None)).IsWritten.ShouldBeTrue();
        (await Store.FindOriginAsync<Thing>("key 4", None)).ShouldBeNull();
        (await Store.FindOriginAsync<Thing>("key 5", None)).ShouldNotBeNull();
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
    public void A_server_that_is_away_stops_the_start_within_seconds_and_is_named_without_the_password()
    {
        var clock = Stopwatch.StartNew();
        const string Nobody = "mongodb://someone:secret@127.0.0.1:9/?authSource=admin";
        var error = Should.Throw<StartRefusedException>(() => MongoDocumentStore.Open(Nobody, _database, Things));
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(7));
        error.Message.ShouldStartWith("MongoDB at 127.0.0.1:9 cannot be used: Connection refused");
        error.ToString().ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("mongodb//someone:secret@host", "not valid")]
    [InlineData("mongodb://someone:secret@host/?w=0", "acknowledged")]
    public void A_connection_string_that_cannot_be_meant_is_refused_without_repeating_it(string connectionString, string reason)
    {
        var error = Should.Throw<StartRefusedException>(() => MongoDocumentStore.Open(connectionString, _database, Things));
        error.Message.ShouldContain(reason);
        error.ToString().ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_server_that_goes_away_fails_calls_within_seconds_and_is_found_again_when_it_is_back()
    {
        var given = new MongoUrlBuilder(ConnectionString);
        await using var line = new Line(new DnsEndPoint(given.Server.Host, given.Server.Port));
        var throughLine = new MongoUrlBuilder(ConnectionString) { Server = new MongoServerAddress("127.0.0.1", line.Port), DirectConnection = true };
        var store = MongoDocumentStore.Open(throughLine.ToString(), _database, Things, Others);
        var document = Document<Thing>.New(Guid.CreateVersion7(), new Thing());
        await store.WriteAsync(document, None);

        line.Cut();
        var clock = Stopwatch.StartNew();
        var errors = await Task.WhenAll(
            Should.ThrowAsync<StoreUnavailableException>(() => store.FindAsync<Thing>(document.Id, None)),
            Should.ThrowAsync<StoreUnavailableException>(() => store.WriteAsync(document with { Version = 1 }, None)),
            Should.ThrowAsync<StoreUnavailableException>(() => store.WriteAsync(Document<Thing>.New(Guid.CreateVersion7(), new Thing()), None)),
            Should.ThrowAsync<StoreUnavailableException>(() => store.ReadPendingAsync(10, None)),
            Should.ThrowAsync<StoreUnavailableException>(() => store.CheckAsync(None)));
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(7));
        errors.ShouldAllBe(e => e.Message.StartsWith($"MongoDB at 127.0.0.1:{line.Port} cannot be used: ", StringComparison.Ordinal) && e.Message.Length < 200);

        line.Mend();
        (await store.WriteAsync(document with { Version = 1 }, None)).IsWritten.ShouldBeTrue();
        await store.CheckAsync(None);
        store.Dispose();
    }

    protected override async Task<IDocumentStore> OpenAsync(params DocumentType[] types)
    {
        if (ConnectionString is null) Assert.Skip($"{MongoHalf.Variable} is not set.");
        _open++;
        var store = MongoDocumentStore.Open(ConnectionString, _database, types);
        MongoHalf.RunAgainst ??= await DescribeAsync();
        return store;
    }

    protected override async Task CloseAsync(IDocumentStore store)
    {
        ((MongoDocumentStore)store).Dispose();
        if (--_open > 0) return;
        using var client = new MongoClient(ConnectionString);
        await client.DropDatabaseAsync(_database);
    }

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
