using System.Globalization;

namespace Fleet.Demo;

/// <summary>Says on standard output what is being loaded: a line that counts up on a terminal, otherwise a line per stage.</summary>
internal sealed class Progress(TextWriter output, bool isTerminal, TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();

    /// <summary>Does the work for every item, at most so many at once, and counts.</summary>
    public async Task StageAsync<T>(string name, IReadOnlyCollection<T> items, int concurrency, Func<T, CancellationToken, Task> work, CancellationToken ct)
    {
        var stage = Begin(name, items.Count);
        await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = ct }, async (item, itemCt) =>
        {
            await work(item, itemCt);
            stage.Count();
        });
    }

    public Stage Begin(string name, int total) => new(this, name, total);

    public void Say(string text) => output.WriteLine(text);

    /// <summary>Counts what is done of one stage; may be called from many threads.</summary>
    internal sealed class Stage(Progress progress, string name, int total)
    {
        private int _done;
        private long _shown;

        public void Count()
        {
            var done = Interlocked.Increment(ref _done);
            if (done == total) Show(done);
            else if (progress._isTerminal && (long)progress.Elapsed.TotalMilliseconds / 200 is var tick && Interlocked.Exchange(ref _shown, tick) != tick) Show(done);
        }

        private void Show(int done)
        {
            lock (progress)
            {
                var text = string.Create(CultureInfo.InvariantCulture, $"{progress.Elapsed.TotalSeconds,5:0.0} s  {name,-28} {done,5} of {total}");
                if (progress._isTerminal) progress.Output.Write(done == total ? $"\r{text}\n" : $"\r{text}");
                else progress.Output.WriteLine(text);
            }
        }
    }

    private readonly bool _isTerminal = isTerminal;

    private TextWriter Output => output;

    private TimeSpan Elapsed => time.GetElapsedTime(_began);
}
