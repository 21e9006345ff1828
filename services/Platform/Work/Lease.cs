using Fleet.Platform.Store;

namespace Fleet.Platform.Work;

/// <summary>
/// A right that one of several processes has at a time, kept as a document. Clocks of machines are never compared: who waits for it watches the document,
/// and takes it over when it has not changed for the lease's length on the own monotonic clock; who holds it trusts it for three quarters of that length after
/// it was last renewed. Not for concurrent use by several threads.
/// </summary>
/// <param name="id">What the right is for; the document's id.</param>
/// <param name="length">How long after a crash of its holder it passes on.</param>
internal sealed class Lease(IDocumentStore store, TimeProvider time, string id, TimeSpan length)
{
    private readonly string _me = Guid.CreateVersion7().ToString();
    private Document<LeaseState>? _mine;
    private long _renewedAt;
    private (long Version, string? Holder, long Since)? _watched;

    /// <summary>Renewed when it is this old: early enough for two failures.</summary>
    public TimeSpan RenewAfter => length / 3;

    /// <summary>Whether it is ours for certain.</summary>
    public bool IsHeld => _mine is not null && Trusted > TimeSpan.Zero;

    /// <summary>Higher each time it is taken anew: what was read while it was ours still holds if this did not change since.</summary>
    public long Term { get; private set; }

    /// <summary>When the work is next due, as last read or written.</summary>
    public DateTimeOffset? Due { get; private set; }

    private TimeSpan Trusted => (length * 0.75) - time.GetElapsedTime(_renewedAt);

    /// <summary>Looks at it without taking it. Who means to take it over must have watched it.</summary>
    public async Task WatchAsync(CancellationToken ct) => MayTake(await ReadAsync(ct));

    /// <summary>Takes or renews it, if it is free, ours, or left. A lease renewed just now costs nothing.</summary>
    public async Task<bool> TryHoldAsync(CancellationToken ct)
    {
        if (IsHeld && time.GetElapsedTime(_renewedAt) < RenewAfter) return true;
        // Before the write: others see the change later than this, and so count longer than we do.
        var start = time.GetTimestamp();
        var wasHeld = IsHeld;
        var found = wasHeld ? _mine! : await ReadAsync(ct);
        if (!MayTake(found))
        {
            _mine = null;
            return false;
        }

        var taken = found.With(found.State with { Holder = _me });
        var isTaken = (await store.WriteAsync(taken, ct)).IsWritten;
        _mine = isTaken ? taken with { Version = taken.Version + 1 } : null;
        _watched = null;
        _renewedAt = start;
        if (isTaken && !wasHeld) Term++;
        return isTaken;
    }

    /// <summary>
    /// Acts while holding it. True: the act has ended by itself. False: it was broken off, because the lease could not be renewed in time or somebody has it.
    /// What the act throws comes out.
    /// </summary>
    /// <param name="act">Given a token that ends before anybody else may take the lease.</param>
    public async Task<bool> ActAsync(Func<CancellationToken, Task> act, CancellationToken ct)
    {
        using var expiry = new CancellationTokenSource(Later(Trusted), time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, expiry.Token);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        var acting = act(stop.Token);
        var renewing = RenewAsync(expiry, done.Token);
        try
        {
            await acting;
            return true;
        }
        catch (OperationCanceledException) when (expiry.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            await done.CancelAsync();
            await renewing;
        }
    }

    /// <summary>Gives it back, so that nobody has to wait for it. Best effort: it would pass on by itself.</summary>
    /// <param name="due">When the work is next due.</param>
    public async Task ReleaseAsync(DateTimeOffset? due = null)
    {
        if (_mine is not { } mine) return;
        _mine = null;
        await store.WriteAsync(mine.With(new LeaseState { Due = due }), CancellationToken.None);
    }

    /// <summary>Gives it back for good: there will be no more work under this id.</summary>
    public async Task ForgetAsync()
    {
        if (_mine is not { } mine) return;
        _mine = null;
        await store.DeleteAsync(mine, CancellationToken.None);
    }

    private async Task RenewAsync(CancellationTokenSource expiry, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            await Task.Delay(RenewAfter, time, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (done.IsCancellationRequested) return;
            try
            {
                // The write itself is not broken off: whether it was made would stay unknown.
                if (await TryHoldAsync(CancellationToken.None)) expiry.CancelAfter(Later(Trusted));
                else await expiry.CancelAsync();
            }
            catch (Exception)
            {
                // The store is away. Tried again; when it takes too long, the expiry ends the act.
            }
        }
    }

    private async Task<Document<LeaseState>> ReadAsync(CancellationToken ct)
    {
        var found = await store.FindAsync<LeaseState>(id, ct) ?? new Document<LeaseState>(id, 0, new LeaseState());
        Due = found.State.Due;
        return found;
    }

    private bool MayTake(Document<LeaseState> found)
    {
        if (found.State.Holder is null || found.State.Holder == _me) return true;
        if (_watched is { } watched && (watched.Version, watched.Holder) == (found.Version, found.State.Holder)) return time.GetElapsedTime(watched.Since) >= length;
        _watched = (found.Version, found.State.Holder, time.GetTimestamp());
        return false;
    }

    private static TimeSpan Later(TimeSpan wait) => wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
}
