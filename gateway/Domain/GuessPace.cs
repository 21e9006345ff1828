namespace Fleet.Gateway.Domain;

/// <summary>How many wrong tries there may be, and how long whoever made more of them waits.</summary>
internal sealed record GuessPace
{
    /// <summary>Wrong tries before anybody waits.</summary>
    public required int Free { get; init; }

    /// <summary>What is left of so many wrong ones when this long nothing was wrong.</summary>
    public required Func<double, TimeSpan, double> Left { get; init; }

    /// <summary>How long after so many wrong ones the next try may be made.</summary>
    public required Func<double, TimeSpan> Wait { get; init; }

    /// <summary>Whether a right one makes the wrong ones forgotten.</summary>
    public bool ForgivesWhenRight { get; init; }

    /// <summary>One try comes back each time this long is over.</summary>
    public static GuessPace Steady(int free, TimeSpan each) => new()
    {
        Free = free,
        Left = (wrong, quiet) => Math.Max(0, wrong - (quiet / each)),
        Wait = wrong => Math.Max(0, wrong + 1 - free) * each,
    };

    /// <summary>After the free ones the wait doubles with each wrong one; a right one, or a quiet time, ends it.</summary>
    /// <param name="free">Wrong tries before anybody waits.</param>
    /// <param name="first">The first wait.</param>
    /// <param name="longest">No wait is longer.</param>
    /// <param name="quiet">After so long without a wrong one all are forgotten.</param>
    public static GuessPace Growing(int free, TimeSpan first, TimeSpan longest, TimeSpan quiet) => new()
    {
        Free = free,
        Left = (wrong, elapsed) => elapsed >= quiet ? 0 : wrong,
        // Past the longest before the power of two gets out of hand.
        Wait = wrong => wrong < free ? TimeSpan.Zero : first * Math.Min(longest / first, Math.Pow(2, Math.Min(30, wrong - free))),
        ForgivesWhenRight = true,
    };
}
