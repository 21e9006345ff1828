using System.Reflection;
using Fleet.Platform.Store;

namespace Fleet.Tests.Integration.Audit;

/// <summary>
/// Stands before a store and lets a process stop, or the disk be full, exactly where a test says: before a write of a document of some type, counted
/// from 1 for each type. A proxy, because only writing is of interest.
/// </summary>
public class StoppableStore : DispatchProxy
{
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<Type, int> _places = [];
    private readonly Lock _lock = new();
    private IDocumentStore _inner = null!;

    /// <summary>Such a write never begins and never returns, as in a process that was killed before it.</summary>
    public Func<Type, int, bool> StopBefore { get; set; } = (_, _) => false;

    /// <summary>Such a write says that the store is away.</summary>
    public Func<Type, int, bool> FailBefore { get; set; } = (_, _) => false;

    /// <summary>Completes when a write was stopped.</summary>
    public Task Stopped => _stopped.Task;

    /// <summary>How many writes were asked for.</summary>
    public int Writes { get; private set; }

    public IDocumentStore Store { get; private set; } = null!;

    public static StoppableStore Before(IDocumentStore inner)
    {
        var store = Create<IDocumentStore, StoppableStore>();
        var stoppable = (StoppableStore)(object)store;
        (stoppable._inner, stoppable.Store) = (inner, store);
        return stoppable;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(IDocumentStore.WriteAsync))
        {
            var type = targetMethod.GetGenericArguments()[0];
            int place;
            lock (_lock)
            {
                Writes++;
                place = _places[type] = _places.GetValueOrDefault(type) + 1;
            }

            if (FailBefore(type, place)) return Task.FromException<WriteResult>(new StoreUnavailableException("The disk is full."));
            if (StopBefore(type, place))
            {
                _stopped.TrySetResult();
                return new TaskCompletionSource<WriteResult>().Task;
            }
        }

        return targetMethod.Invoke(_inner, args);
    }
}
