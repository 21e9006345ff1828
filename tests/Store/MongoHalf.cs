using Fleet.Tests.Store;

[assembly: AssemblyFixture(typeof(MongoHalf))]

namespace Fleet.Tests.Store;

/// <summary>Says in the last line of every run whether the MongoDB half of the suite ran, so that nobody takes a half for the whole.</summary>
public sealed class MongoHalf
{
    public const string Variable = "FLEET_TEST_MONGO";

    // The runner's summary comes after every fixture's end; only the process's end comes after the summary.
    public MongoHalf() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Console.WriteLine(Line);

    /// <summary>Host and version of the server the tests ran against, once one did.</summary>
    internal static string? RunAgainst { get; set; }

    private static string Line => (RunAgainst, Environment.GetEnvironmentVariable(Variable)) switch
    {
        ({ } server, _) => $"MongoDB: run against {server}",
        (_, null or "") => $"MongoDB: not run, {Variable} is not set",
        _ => $"MongoDB: not run, although {Variable} is set",
    };
}
