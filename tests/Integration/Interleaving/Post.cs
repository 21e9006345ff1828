using Fleet.Contracts;

namespace Fleet.Tests.Integration.Interleaving;

/// <summary>In which order things arrive.</summary>
/// <param name="IsLate">Whether an event on its way to a queue may be late; the rest arrives before anything else happens.</param>
/// <param name="Next">What comes next, given whether somebody may act and how many deliveries wait: the index of one of these, or <see cref="TheAct"/>.</param>
/// <param name="ComesTwice">Whether a late delivery that has just arrived comes a second time, whenever that is.</param>
/// <param name="AllComesAgain">Whether, after all is over, everything that was late comes once more.</param>
internal sealed record Post(Func<string, IFleetEvent, bool> IsLate, Func<bool, int, int> Next, Func<bool> ComesTwice, bool AllComesAgain)
{
    public const int TheAct = -1;

    /// <summary>Everything arrives before anything else happens, once.</summary>
    public static Post Prompt { get; } = new((_, _) => false, (_, _) => TheAct, () => false, false);

    /// <summary>Any order, any delivery once or twice; how far the post is behind the acts differs from seed to seed.</summary>
    public static Post Random(int seed)
    {
        var random = new Random(seed);
        var promptness = random.NextDouble();
        return new Post(
            (_, _) => true,
            (mayAct, waiting) => waiting == 0 || (mayAct && random.NextDouble() > promptness) ? TheAct : random.Next(waiting),
            () => random.Next(3) == 0,
            false);
    }

    /// <summary>Every order in which what one service is told can arrive between the acts and each other, one after the other; returns how many there are.</summary>
    public static async Task<int> EveryAsync(string queues, Func<IFleetEvent, bool> isLate, Func<Post, Task> liveAsync)
    {
        // The choices of the present order, and of how many each is one: the last that has another is taken next.
        var path = new List<(int Taken, int Of)>();
        var orders = 0;
        do
        {
            var depth = 0;
            await liveAsync(new Post(
                (queue, fact) => queue.StartsWith(queues, StringComparison.Ordinal) && isLate(fact),
                (mayAct, waiting) =>
                {
                    var options = waiting + (mayAct ? 1 : 0);
                    if (depth == path.Count) path.Add((0, options));
                    path[depth].Of.ShouldBe(options, "The same order is another one the second time.");
                    var taken = path[depth++].Taken;
                    return mayAct ? taken - 1 : taken;
                },
                () => false,
                true));
            orders++;
            while (path is [.., var last] && last.Taken + 1 == last.Of) path.RemoveAt(path.Count - 1);
            if (path is [.., var next]) path[^1] = next with { Taken = next.Taken + 1 };
        }
        while (path.Count > 0);
        return orders;
    }
}
