using System.Net.Sockets;
using System.Reflection;
using Fleet.Tests.Store;
using MongoDB.Driver;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(MongoHalf))]
[assembly: TestFramework(typeof(MongoWhereAServerIs))]

namespace Fleet.Tests.Store;

/// <summary>
/// Finds the MongoDB server of this run, by itself: the one that is named, or one that answers at the usual place. Says in the last line of every run
/// whether the MongoDB half of the suite ran, so that nobody takes a half for the whole.
/// </summary>
public sealed class MongoHalf
{
    public const string Variable = "FLEET_TEST_MONGO";

    private const string Usual = "mongodb://127.0.0.1:27017";

    // The runner's summary comes after every fixture's end; only the process's end comes after the summary.
    public MongoHalf() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Console.WriteLine(Line);

    /// <summary>Null: there is no server, and the MongoDB half is not there. One that is named but does not answer fails every test of that half.</summary>
    internal static string? ConnectionString { get; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : Answers(new MongoUrl(Usual).Server) ? Usual : null;

    /// <summary>Host and version of the server the tests ran against, once one did.</summary>
    internal static string? RunAgainst { get; set; }

    private static string Line => (RunAgainst, ConnectionString) switch
    {
        ({ } server, _) => $"MongoDB: run against {server}",
        (_, null) => $"MongoDB: not run, no server answers at {new MongoUrl(Usual).Server} and {Variable} names none",
        _ => "MongoDB: not run, although there is a server",
    };

    private static bool Answers(MongoServerAddress server)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(server.Host, server.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

/// <summary>Where no server is, the tests that need one are not discovered; the run's last line says so.</summary>
public sealed class MongoWhereAServerIs : XunitTestFramework
{
    protected override ITestFrameworkDiscoverer CreateDiscoverer(Assembly assembly) => new Discoverer(new XunitTestAssembly(assembly, null, assembly.GetName().Version));

    private sealed class Discoverer(IXunitTestAssembly assembly) : XunitTestFrameworkDiscoverer(assembly)
    {
        protected override ValueTask<bool> FindTestsForType(
            IXunitTestClass testClass, ITestFrameworkDiscoveryOptions discoveryOptions, Func<ITestCase, ValueTask<bool>> discoveryCallback) =>
            testClass.Class == typeof(MongoStoreTests) && MongoHalf.ConnectionString is null
                ? ValueTask.FromResult(true)
                : base.FindTestsForType(testClass, discoveryOptions, discoveryCallback);
    }
}
