using System.Net;
using Fleet.Platform.Store;
using Fleet.Platform.Store.Mongo;
using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Core.Clusters;
using MongoDB.Driver.Core.Connections;
using MongoDB.Driver.Core.Servers;

namespace Fleet.Tests.Store;

/// <summary>What the MongoDB adapter makes of a server's and the driver's failures; none of it needs a server.</summary>
public sealed class MongoFailureTests
{
    private static readonly ConnectionId Connection = new(new ServerId(new ClusterId(), new DnsEndPoint("db1", 27017)));
    private static readonly BsonDocument Command = new("update", "things");

    public static TheoryData<string, Exception> Away => new()
    {
        { "no server selected", new TimeoutException("A timeout occurred after 15000ms selecting a server") },
        { "connection lost", new MongoConnectionException(Connection, "lost") },
        { "connection closed", new MongoConnectionClosedException(Connection) },
        { "password changed", new MongoAuthenticationException(Connection, "refused") },
        { "pool paused", new MongoConnectionPoolPausedException("paused") },
        { "queue full", new MongoWaitQueueFullException("full") },
        { "not the primary", new MongoNotPrimaryException(Connection, Command, Answer(10107)) },
        { "recovering", new MongoNodeIsRecoveringException(Connection, Command, Answer(11602)) },
        { "too slow", new MongoExecutionTimeoutException(Connection, "slow") },
        { "cursor gone", new MongoCursorNotFoundException(Connection, 1, Command) },
        { "stepped down", new MongoCommandException(Connection, "stepped down", Command, Answer(189)) },
        { "disk full", new MongoCommandException(Connection, "full", Command, Answer(14031)) },
        { "not acknowledged in time", new MongoWriteConcernException(Connection, "wtimeout", new WriteConcernResult(Answer(64))) },
        { "labelled retryable", Labelled(new MongoCommandException(Connection, "new code", Command, Answer(99999))) },
    };

    [Theory]
    [MemberData(nameof(Away), DisableDiscoveryEnumeration = true)]
    public void A_failure_of_server_or_network_is_a_store_that_is_away(string what, Exception error) => MongoFailure.IsAway(error).ShouldBeTrue(what);

    [Fact]
    public void A_refusal_of_what_was_asked_is_not_a_store_that_is_away()
    {
        MongoFailure.IsAway(new MongoCommandException(Connection, "bad", Command, Answer(2))).ShouldBeFalse();
        MongoFailure.IsAway(new MongoCommandException(Connection, "E11000", Command, Answer(11000))).ShouldBeFalse();
        MongoFailure.IsAway(new OperationCanceledException()).ShouldBeFalse();
        MongoFailure.IsAway(new FormatException()).ShouldBeFalse();
    }

    [Fact]
    public void A_duplicate_key_is_known_in_a_commands_answer_too() =>
        MongoFailure.UniqueIndexIn(new MongoCommandException(
            Connection, "E11000 duplicate key error collection: fleet_inventory.devices index: assetTag dup key: { fields.assetTag: \"IT-1\" }", Command, Answer(11000))).ShouldBe("assetTag");

    [Fact]
    public void A_server_that_is_away_stops_the_start_and_is_named_without_the_password()
    {
        const string Nobody = "mongodb://someone:secret@127.0.0.1:9/?authSource=admin&serverSelectionTimeoutMS=500";
        var error = Should.Throw<StartRefusedException>(() => MongoDocumentStore.Open(Nobody, "fleet_nothing", DocumentStoreTests.Things));
        error.Message.ShouldStartWith("MongoDB at 127.0.0.1:9 cannot be used: Connection refused");
        error.ToString().ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("mongodb//someone:secret@host", "not valid")]
    [InlineData("mongodb://someone:secret@host/?w=0", "acknowledged")]
    [InlineData("mongodb://someone:secret@host/?journal=false", "on the disk")]
    public void A_connection_string_that_cannot_be_meant_is_refused_without_repeating_it(string connectionString, string reason)
    {
        var error = Should.Throw<StartRefusedException>(() => MongoDocumentStore.Open(connectionString, "fleet_nothing", DocumentStoreTests.Things));
        error.Message.ShouldContain(reason);
        error.ToString().ShouldNotContain("secret");
    }

    [Fact]
    public void What_fewer_than_a_majority_acknowledge_counts_on_a_standalone_server_only()
    {
        var one = MongoSettings.ForDocuments("mongodb://host/?w=1", "fleet_nothing");
        Should.Throw<StartRefusedException>(() => MongoSettings.RequireDurable(one, ClusterType.ReplicaSet)).Message.ShouldContain("w=1");
        Should.Throw<StartRefusedException>(() => MongoSettings.RequireDurable(one, ClusterType.Sharded)).Message.ShouldContain("w=1");
        MongoSettings.RequireDurable(one, ClusterType.Standalone);
        MongoSettings.RequireDurable(MongoSettings.ForDocuments("mongodb://host", "fleet_nothing"), ClusterType.ReplicaSet);
    }

    [Fact]
    public void Writes_wait_for_a_majority_on_the_disk_but_not_for_ever_and_selection_outlasts_an_election()
    {
        foreach (var said in new[] { "mongodb://host", "mongodb://host/?journal=true", "mongodb://host/?w=majority", "mongodb://host/?w=1" })
        {
            var settings = MongoSettings.ForDocuments(said, "fleet_nothing");
            settings.WriteConcern.WTimeout.ShouldNotBeNull(said);
            settings.WriteConcern.Journal.ShouldBe(true, said);
            settings.RetryWrites.ShouldBeTrue(said);
            settings.ServerSelectionTimeout.ShouldBeGreaterThan(TimeSpan.FromSeconds(12), said);
        }

        MongoSettings.ForDocuments("mongodb://host", "fleet_nothing").WriteConcern.W.ShouldBe(WriteConcern.WMajority.W);
    }

    [Fact]
    public void An_index_may_be_built_for_longer_than_an_answer_may_take()
    {
        var settings = MongoSettings.ForSchema(MongoSettings.ForDocuments("mongodb://host", "fleet_nothing"));
        settings.SocketTimeout.ShouldBe(TimeSpan.Zero);
        settings.WriteConcern.WTimeout.ShouldBeNull();
        settings.WriteConcern.W.ShouldBe(WriteConcern.WMajority.W);
    }

    private static BsonDocument Answer(int code) => new() { { "ok", 0 }, { "code", code }, { "errmsg", "refused" } };

    private static MongoCommandException Labelled(MongoCommandException error)
    {
        error.AddErrorLabel("RetryableWriteError");
        return error;
    }
}
