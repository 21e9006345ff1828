using Fleet.WireGuardAgent;
using Microsoft.Extensions.Options;

// A poll is held back by the server; only what takes much longer than that has failed.
var patience = TimeSpan.FromSeconds(20);

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddOptions<AgentOptions>().BindConfiguration(AgentOptions.Section).ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(provider =>
{
    var options = provider.GetRequiredService<IOptions<AgentOptions>>().Value;
    return new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        BaseAddress = new Uri(options.Fleet!.ToString().TrimEnd('/') + "/"),
        Timeout = TimeSpan.FromSeconds(options.WaitSeconds) + patience,
    };
});
builder.Services.AddSingleton<FleetClient>().AddSingleton<WireGuardInterface>().AddHostedService<KeepPeers>();
await builder.Build().RunAsync();
