using MongoDB.Driver;
using MongoDB.Driver.Core.Clusters;
using MongoDB.Driver.Core.Configuration;

namespace Fleet.Platform.Store.Mongo;

/// <summary>What the store asks of the driver beyond the connection string.</summary>
internal static class MongoSettings
{
    // A primary that falls silent is replaced after 10 s and an election of some seconds; who waits less answers 503 in every failover.
    private static readonly TimeSpan SelectionTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    // Long enough for any write and any page; a server that hangs is noticed.
    private static readonly TimeSpan SocketTimeout = TimeSpan.FromSeconds(30);

    // A majority that cannot be had is said within seconds; without this a write waits for it for ever.
    private static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(10);

    /// <summary>For reading and writing documents. Throws <see cref="StartRefusedException"/> for a string that cannot be meant; never repeats it.</summary>
    public static MongoClientSettings ForDocuments(string connectionString, string database)
    {
        ConnectionString said;
        MongoClientSettings settings;
        try
        {
            said = new ConnectionString(connectionString);
            settings = MongoClientSettings.FromConnectionString(connectionString);
        }
        catch (MongoConfigurationException)
        {
            // The driver's message repeats the string, and with it the password.
            throw new StartRefusedException("MongoDB's connection string is not valid: it looks like mongodb://user:password@host:27017/?options.");
        }

        if (said.W is { } w && w.Equals(WriteConcern.Unacknowledged.W)) throw new StartRefusedException("MongoDB's connection string says w=0, but a write must be acknowledged to count: leave w out.");
        if (said.Journal == false) throw new StartRefusedException("MongoDB's connection string says journal=false, but a write counts once it is on the disk: leave it out.");
        settings.ApplicationName = said.ApplicationName ?? database;
        settings.ServerSelectionTimeout = said.ServerSelectionTimeout ?? SelectionTimeout;
        settings.ConnectTimeout = said.ConnectTimeout ?? ConnectTimeout;
        settings.SocketTimeout = said.SocketTimeout ?? SocketTimeout;
        settings.WriteConcern = new WriteConcern(said.W ?? WriteConcern.WMajority.W, said.WTimeout ?? WriteTimeout, journal: true);
        return settings;
    }

    /// <summary>
    /// For creating indexes and migrating: the same server, but an index over millions of documents is built for minutes, and a socket timeout would stop
    /// the start each time just before the end. A server that dies meanwhile is noticed by the closed connection.
    /// </summary>
    public static MongoClientSettings ForSchema(MongoClientSettings documents)
    {
        var settings = documents.Clone();
        settings.SocketTimeout = TimeSpan.Zero;
        settings.WriteConcern = documents.WriteConcern.With(wTimeout: Optional.Create<TimeSpan?>(null));
        return settings;
    }

    /// <summary>On more than one server a number is no promise: what some acknowledged a failover can undo.</summary>
    public static void RequireDurable(MongoClientSettings settings, ClusterType type)
    {
        if (type != ClusterType.Standalone && settings.WriteConcern.W is WriteConcern.WCount count)
            throw new StartRefusedException($"MongoDB's connection string says w={count.Value}, and what fewer than a majority acknowledged a failover undoes: leave w out.");
    }
}
