using System.Globalization;

namespace Fleet.Tests.Benchmarks;

/// <summary>Durations of many repetitions of one thing.</summary>
internal sealed class Sample
{
    private readonly List<double> _milliseconds = [];

    public async Task MeasureAsync(Func<Task> action)
    {
        var start = TimeProvider.System.GetTimestamp();
        await action();
        _milliseconds.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
    }

    /// <summary>The value that this share (0 to 1) of the repetitions does not exceed.</summary>
    public double Percentile(double share)
    {
        var sorted = _milliseconds.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"p50 {Percentile(0.5):0.00} ms, p99 {Percentile(0.99):0.00} ms, {_milliseconds.Count} times");
}
