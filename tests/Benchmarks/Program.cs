using Fleet.Tests.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks [-- names of benchmarks]
// Needs a built tree (Release) and a broker on 127.0.0.1:5672. Starts its own installation with the demo county, and stops it.
Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}");
bool Wanted(string name) => args.Length == 0 || args.Contains(name);

if (Wanted("dispatcher")) await DispatcherBenchmark.RunAsync();
if (!Wanted("start") && !Wanted("handover") && !Wanted("gateway") && !Wanted("memory")) return;

await using var fleet = await StartBenchmark.RunAsync();
if (Wanted("handover")) await HandoverBenchmark.RunAsync(fleet);
if (Wanted("gateway")) await GatewayBenchmark.RunAsync(fleet);
if (Wanted("memory")) MemoryBenchmark.Run(fleet);
