using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Fleet.Platform.Work;

/// <summary>One kind of job that this process does, and who does it.</summary>
internal sealed record JobKind(string Name, Func<IServiceProvider, string, CancellationToken, Task> HandleAsync)
{
    public static JobKind Of<TJob, THandler>() where TJob : class where THandler : class, IJobHandler<TJob> => new(
        Jobs.KindOf(typeof(TJob)),
        (services, payload, ct) => services.GetRequiredService<THandler>().HandleAsync(JsonSerializer.Deserialize<TJob>(payload, FleetJson.Options)!, ct));
}
