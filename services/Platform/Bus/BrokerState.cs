using MassTransit;

namespace Fleet.Platform.Bus;

/// <summary>Whether news comes and goes at the moment: events are published and this service's queues are read.</summary>
public sealed class BrokerState : IReceiveEndpointObserver
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _queues;
    private readonly HashSet<string> _silent;
    private volatile bool _publishes;
    private volatile bool _reads;

    /// <param name="queues">The queues this service reads.</param>
    internal BrokerState(IEnumerable<string> queues)
    {
        _queues = [.. queues];
        _silent = [.. _queues];
        _reads = _silent.Count == 0;
    }

    /// <summary>False: what other services know may not have come here yet. Costs nothing to read.</summary>
    public bool IsConnected => _publishes && _reads;

    internal bool Publishes
    {
        get => _publishes;
        set => _publishes = value;
    }

    /// <summary>The queues that are not read at the moment.</summary>
    internal IReadOnlyList<string> Silent
    {
        get
        {
            lock (_lock) return [.. _silent];
        }
    }

    Task IReceiveEndpointObserver.Ready(ReceiveEndpointReady ready) => Change(ready.InputAddress, isRead: true);

    Task IReceiveEndpointObserver.Stopping(ReceiveEndpointStopping stopping) => Change(stopping.InputAddress, isRead: false);

    Task IReceiveEndpointObserver.Completed(ReceiveEndpointCompleted completed) => Change(completed.InputAddress, isRead: false);

    Task IReceiveEndpointObserver.Faulted(ReceiveEndpointFaulted faulted) => Change(faulted.InputAddress, isRead: false);

    private Task Change(Uri address, bool isRead)
    {
        var queue = address.AbsolutePath.Split('/')[^1];
        // The bus has an endpoint of its own besides.
        if (!_queues.Contains(queue)) return Task.CompletedTask;
        lock (_lock)
        {
            if (isRead) _silent.Remove(queue);
            else _silent.Add(queue);
            _reads = _silent.Count == 0;
        }

        return Task.CompletedTask;
    }
}
