using Fleet.Tests.EndToEnd;

namespace Fleet.Tests.Benchmarks;

/// <summary>How long up.sh takes on a built tree until everything is ready, and with the demo county until that is loaded.</summary>
internal static class StartBenchmark
{
    public static async Task<Installation> RunAsync()
    {
        var bare = new Sample();
        for (var i = 0; i < 3; i++)
        {
            Installation installation = null!;
            await bare.MeasureAsync(async () => installation = await Installation.UpAsync());
            await installation.DisposeAsync();
        }

        Console.WriteLine($"up.sh on a built tree until ready: {bare}");
        var demo = new Sample();
        Installation loaded = null!;
        await demo.MeasureAsync(async () => loaded = await Installation.UpAsync(demo: true));
        Console.WriteLine($"up.sh --demo until the county is loaded: {demo}");
        return loaded;
    }
}
