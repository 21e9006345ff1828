namespace Fleet.Gateway.Limits;

/// <summary>
/// How many tries each key has. A try is taken before it is made and given back when it turns out right, so that of two hundred made at once no more
/// are made than there are tries. When none is left but some are still under way, the next waits for what becomes of those: who knows the
/// password is not turned away because they are many at once. A try that was used up comes back after a while.
/// </summary>
/// <param name="capacity">Tries of a key that has made no mistake for long.</param>
/// <param name="refill">After this time one try comes back.</param>
internal sealed class GuessBudget(int capacity, TimeSpan refill, TimeProvider time)
{
    private const int SweepAt = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Tries> _tries = [];

    /// <summary>Null: one try is taken; <see cref="End"/> it. Otherwise after how long there will be one.</summary>
    public async Task<TimeSpan?> TakeAsync(string key, CancellationToken ct)
    {
        while (true)
        {
            Task change;
            lock (_lock)
            {
                var tries = Of(key);
                if (tries.Left >= 1)
                {
                    tries.Left--;
                    tries.UnderWay++;
                    return null;
                }

                if (tries.UnderWay == 0) return (1 - tries.Left) * refill;
                change = tries.Changed.Task;
            }

            await change.WaitAsync(ct);
        }
    }

    /// <summary>A try that was taken is over.</summary>
    /// <param name="key">Whose it was.</param>
    /// <param name="isUsedUp">False: it was right, or was not made.</param>
    public void End(string key, bool isUsedUp)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            var tries = Of(key);
            tries.UnderWay--;
            if (!isUsedUp) tries.Left = Math.Min(capacity, tries.Left + 1);
            changed = tries.Changed;
            tries.Changed = NewSource();
        }

        changed.SetResult();
    }

    private Tries Of(string key)
    {
        var now = time.GetTimestamp();
        if (!_tries.TryGetValue(key, out var tries))
        {
            // What is full again says nothing.
            if (_tries.Count >= SweepAt && _tries.Count % 1000 == 0)
                foreach (var (old, _) in _tries.Where(a => a.Value.UnderWay == 0 && Refilled(a.Value, now) >= capacity).ToList()) _tries.Remove(old);
            _tries[key] = tries = new Tries { Left = capacity, At = now };
        }

        (tries.Left, tries.At) = (Refilled(tries, now), now);
        return tries;
    }

    // Tries under way are part of what is there: a slow hash must not make room for one more.
    private double Refilled(Tries tries, long now) =>
        Math.Max(tries.Left, Math.Min(capacity - tries.UnderWay, tries.Left + (time.GetElapsedTime(tries.At, now) / refill)));

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Tries
    {
        public double Left { get; set; }

        public int UnderWay { get; set; }

        public long At { get; set; }

        public TaskCompletionSource Changed { get; set; } = NewSource();
    }
}
