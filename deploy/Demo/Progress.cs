using System.Globalization;

namespace Fleet.Demo;

/// <summary>Says on standard output what is being loaded: a line that counts up on a terminal, otherwise a line every few seconds.</summary>
internal sealed class Progress(TextWriter output, bool isTerminal, TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();

    private TextWriter Output => output;

    private bool IsTerminal => isTerminal;

    private TimeSpan Elapsed => time.GetElapsedTime(_began);

    /// <summary>How long at least between two lines about the same stage.</summary>
    private TimeSpan Pause => isTerminal ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromSeconds(5);

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
        private int _shownDone;
        private long _shown = (long)(progress.Elapsed / progress.Pause);

        public void Count()
        {
            var done = Interlocked.Increment(ref _done);
            if (done == total) Show(done);
            else if ((long)(progress.Elapsed / progress.Pause) is var tick && Interlocked.Exchange(ref _shown, tick) != tick) Show(done);
        }

        private void Show(int done)
        {
            lock (progress)
            {
                // Another thread may have been faster with a later one.
                if (done <= _shownDone) return;
                _shownDone = done;
                var text = string.Create(CultureInfo.InvariantCulture, $"{progress.Elapsed.TotalSeconds,5:0.0} s  {name,-28} {done,5} of {total}");
                if (progress.IsTerminal) progress.Output.Write(done == total ? $"\r{text}\n" : $"\r{text}");
                else progress.Output.WriteLine(text);
            }
        }
    }
}
