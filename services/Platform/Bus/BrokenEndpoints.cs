using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Fleet.Platform.Bus;

/// <summary>
/// Queues whose reading broke off, until they are read again. MassTransit tries again by itself, each queue at its own pace and after up to 30 seconds;
/// as soon as somebody else has found the broker there is nothing to wait for.
/// </summary>
internal sealed partial class BrokenEndpoints(ILogger<BrokenEndpoints> logger) : IReceiveEndpointObserver
{
    private readonly ConcurrentDictionary<Uri, IReceiveEndpoint> _broken = new();

    /// <summary>Begins anew with all that are broken. Does not throw.</summary>
    /// <param name="stopping">The process ends: nothing is started any more.</param>
    public Task ReadAgainAsync(CancellationToken stopping) => Task.WhenAll(_broken.Values.Select(e => ReadAgainAsync(e, stopping)));

    public Task Faulted(ReceiveEndpointFaulted faulted)
    {
        _broken[faulted.InputAddress] = faulted.ReceiveEndpoint;
        return Task.CompletedTask;
    }

    public Task Ready(ReceiveEndpointReady ready) => Forget(ready.InputAddress);

    // By whoever stops it, who also decides whether it starts again.
    public Task Stopping(ReceiveEndpointStopping stopping) => Forget(stopping.InputAddress);

    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    private async Task ReadAgainAsync(IReceiveEndpoint endpoint, CancellationToken stopping)
    {
        try
        {
            // Neither is broken off: an endpoint left between the two would stay silent.
            await endpoint.Stop(CancellationToken.None);
            if (!stopping.IsCancellationRequested) endpoint.Start(CancellationToken.None);
        }
        catch (Exception error)
        {
            LogNotStarted(error, endpoint.InputAddress.AbsolutePath);
        }
    }

    private Task Forget(Uri address)
    {
        _broken.TryRemove(address, out _);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Queue} could not be read anew")]
    private partial void LogNotStarted(Exception error, string queue);
}
