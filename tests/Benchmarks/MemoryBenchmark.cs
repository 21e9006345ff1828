using System.Globalization;
using Fleet.Tests.EndToEnd;

namespace Fleet.Tests.Benchmarks;

/// <summary>Resident memory of each process with the demo county and whatever ran before.</summary>
internal static class MemoryBenchmark
{
    public static void Run(Installation fleet)
    {
        foreach (var name in Installation.Processes)
        {
            var kilobytes = File.ReadLines($"/proc/{fleet.ProcessId(name)}/status").Single(l => l.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"resident memory of {name}: {int.Parse(kilobytes, CultureInfo.InvariantCulture) / 1024} MB"));
        }
    }
}
