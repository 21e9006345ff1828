using Fleet.Gateway.Domain;

namespace Fleet.Gateway.Limits;

/// <summary>How a try ended.</summary>
internal enum GuessEnd
{
    /// <summary>It was not made, or what follows it decides.</summary>
    NotMade,
    Right,
    Wrong,
}

/// <summary>
/// How many tries each key has. A try is taken before it is made and given back unless it turns out wrong, so that of two hundred made at once no more
/// are made than there are tries. When none is left but some are still under way, the next waits for what becomes of those: who knows the
/// password is not turned away because they are many at once.
/// </summary>
/// <param name="pace">How many there are, and when there are more.</param>
internal sealed class GuessBudget(GuessPace pace, TimeProvider time)
{
    private const int SweepAt = 10_000;

    // A day of guesses at made-up names, from many senders, must not fill the memory.
    private const int KeptAtMost = 100_000;

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
                var quiet = time.GetElapsedTime(tries.WrongAt);
                var wait = pace.Wait(tries.Wrong) - quiet;
                if (Left(tries) + tries.UnderWay + 1 <= pace.Free || (tries.UnderWay == 0 && wait <= TimeSpan.Zero))
                {
                    tries.UnderWay++;
                    return null;
                }

                if (tries.UnderWay == 0) return wait;
                change = tries.Changed.Task;
            }

            await change.WaitAsync(ct);
        }
    }

    /// <summary>A try that was taken is over.</summary>
    public void End(string key, GuessEnd end)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            var tries = Of(key);
            tries.UnderWay--;
            if (end == GuessEnd.Wrong) (tries.Wrong, tries.WrongAt) = (Left(tries) + 1, time.GetTimestamp());
            if (end == GuessEnd.Right && pace.ForgivesWhenRight) tries.Wrong = 0;
            changed = tries.Changed;
            tries.Changed = NewSource();
        }

        changed.SetResult();
    }

    private Tries Of(string key)
    {
        if (_tries.TryGetValue(key, out var known)) return known;
        if (_tries.Count >= SweepAt && _tries.Count % 1000 == 0) Sweep();
        return _tries[key] = new Tries { WrongAt = time.GetTimestamp() };
    }

    // What has nothing wrong any more says nothing; of the others go those who were wrong least and longest ago.
    private void Sweep()
    {
        var idle = _tries.Where(t => t.Value.UnderWay == 0).ToList();
        var said = idle.Where(t => Left(t.Value) > 0).OrderBy(t => Left(t.Value)).ThenBy(t => t.Value.WrongAt).ToList();
        foreach (var (key, _) in idle.Where(t => Left(t.Value) <= 0).Concat(said.Take(Math.Max(0, said.Count - KeptAtMost)))) _tries.Remove(key);
    }

    private double Left(Tries tries) => pace.Left(tries.Wrong, time.GetElapsedTime(tries.WrongAt));

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Tries
    {
        public double Wrong { get; set; }

        public int UnderWay { get; set; }

        public long WrongAt { get; set; }

        public TaskCompletionSource Changed { get; set; } = NewSource();
    }
}
