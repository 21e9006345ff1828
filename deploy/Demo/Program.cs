using Fleet.Demo;

// Loads the demo county into a running Fleet: Fleet.Demo <address of the gateway>.
if (args is not [var address] || !Uri.TryCreate(address, UriKind.Absolute, out var gateway))
{
    Console.Error.WriteLine("Usage: Fleet.Demo http://127.0.0.1:8080");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, cancel) =>
{
    cancel.Cancel = true;
    stop.Cancel();
};
using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 32 }) { BaseAddress = gateway, Timeout = TimeSpan.FromSeconds(100) };
try
{
    var it = await FleetClient.SignInAsync(http, "demo-it", "demo", stop.Token);
    var hr = await FleetClient.SignInAsync(http, "demo-hr", "demo", stop.Token);
    var progress = new Progress(Console.Out, !Console.IsOutputRedirected, TimeProvider.System);
    progress.Say($"Loading the demo county ({Organisation.County}) …");
    var plan = CountyPlan.Create(CountyPlan.DefaultSeed);
    var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).DateTime);
    await new Loader(plan, TodaysWork.Create(plan, today), it, hr, progress).LoadAsync(stop.Token);
    return 0;
}
catch (LoadException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("Loading was broken off; started again, it goes on where it was.");
    return 130;
}
