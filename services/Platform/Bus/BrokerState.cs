using MassTransit;

namespace Fleet.Platform.Bus;

/// <summary>Whether news comes and goes at the moment: events are published and this service's queues are read.</summary>
public sealed class BrokerState : IReceiveEndpointObserver
{
    private readonly HashSet<Uri> _reading = [];
    private int _endpoints;
    private volatile bool _publishes;
    private volatile bool _reads;

    /// <summary>False: what other services know may not have come here yet. Costs nothing to read.</summary>
    public bool IsConnected => _publishes && _reads;

    internal bool Publishes
    {
        get => _publishes;
        set => _publishes = value;
    }

    internal bool Reads => _reads;

    /// <summary>How many queues this service reads.</summary>
    internal void Expect(int endpoints)
    {
        lock (_reading)
        {
            _endpoints = endpoints;
            _reads = _reading.Count >= _endpoints;
        }
    }

    Task IReceiveEndpointObserver.Ready(ReceiveEndpointReady ready) => Change(() => _reading.Add(ready.InputAddress));

    Task IReceiveEndpointObserver.Stopping(ReceiveEndpointStopping stopping) => Change(() => _reading.Remove(stopping.InputAddress));

    Task IReceiveEndpointObserver.Completed(ReceiveEndpointCompleted completed) => Change(() => _reading.Remove(completed.InputAddress));

    Task IReceiveEndpointObserver.Faulted(ReceiveEndpointFaulted faulted) => Change(() => _reading.Remove(faulted.InputAddress));

    private Task Change(Func<bool> change)
    {
        lock (_reading)
        {
            change();
            _reads = _reading.Count >= _endpoints;
        }

        return Task.CompletedTask;
    }
}
