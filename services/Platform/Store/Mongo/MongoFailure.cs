using System.Text.RegularExpressions;
using MongoDB.Driver;

namespace Fleet.Platform.Store.Mongo;

/// <summary>Tells a server that is away, electing, ending or full from everything else it answers.</summary>
internal static partial class MongoFailure
{
    /// <summary>Code of every refusal by a unique index, in whichever exception it comes.</summary>
    public const int DuplicateKey = 11000;

    // What the server says when another one, or the same one later, may do it; of a full disk; and of a write that was not acknowledged in time.
    // https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml
    private static readonly HashSet<int> Passing =
    [
        6, 7, 50, 63, 64, 89, 91, 100, 112, 133, 134, 150, 189, 202, 262, 290, 314, 317, 358, 384, 9001, 10058, 10107, 11600, 11602, 13388, 13435, 13436, 14031,
    ];

    /// <summary>Whether the error is the server's or the network's state, so that the same call may succeed later. Such a write may or may not be stored.</summary>
    public static bool IsAway(Exception error) => error switch
    {
        // Selecting a server or waiting for an answer took too long.
        TimeoutException => true,
        MongoConnectionException or MongoConnectionPoolPausedException or MongoWaitQueueFullException => true,
        MongoNotPrimaryException or MongoNodeIsRecoveringException or MongoExecutionTimeoutException or MongoCursorNotFoundException => true,
        MongoWriteConcernException => true,
        MongoCommandException refused => Passing.Contains(refused.Code) || IsRetryable(refused),
        MongoWriteException write => write.WriteConcernError is not null || (write.WriteError is { } one && Passing.Contains(one.Code)) || IsRetryable(write),
        MongoBulkWriteException bulk => bulk.WriteConcernError is not null || bulk.WriteErrors.Any(e => Passing.Contains(e.Code)) || IsRetryable(bulk),
        MongoException other => IsRetryable(other),
        _ => false,
    };

    /// <summary>
    /// One sentence. The driver's own message is a page long; what the last attempt to reach the server met says more. Hosts are named, credentials are not.
    /// </summary>
    public static StoreUnavailableException Away(IMongoClient client, Exception error)
    {
        var met = error is TimeoutException or MongoConnectionException or MongoConnectionPoolPausedException
            ? client.Cluster.Description.Servers.Select(s => s.HeartbeatException).FirstOrDefault(e => e is not null) ?? error
            : error;
        var reason = met.GetBaseException().Message.Split(" using ")[0].Split('\n')[0].TrimEnd('.', '\r');
        return new StoreUnavailableException($"MongoDB at {string.Join(',', client.Settings.Servers)} cannot be used: {reason}.", met);
    }

    /// <summary>The name of the unique index that refused a write, null for any other error. The server tells it only in its message.</summary>
    public static string? UniqueIndexIn(Exception error)
    {
        var message = error switch
        {
            MongoWriteException { WriteError: { Category: ServerErrorCategory.DuplicateKey } refused } => refused.Message,
            MongoBulkWriteException bulk => bulk.WriteErrors.FirstOrDefault(e => e.Category == ServerErrorCategory.DuplicateKey)?.Message,
            MongoCommandException { Code: DuplicateKey } refused => refused.Message,
            _ => null,
        };
        return message is not null && IndexName().Match(message) is { Success: true } match ? match.Groups["name"].Value : null;
    }

    private static bool IsRetryable(MongoException error) => error.HasErrorLabel("RetryableWriteError") || error.HasErrorLabel("TransientTransactionError");

    // E11000 duplicate key error collection: fleet_inventory.devices index: assetTag dup key: { fields.assetTag: "IT-1" }
    [GeneratedRegex(@" index: (?<name>\S+) ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IndexName();
}
