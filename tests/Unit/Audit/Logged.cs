using Fleet.Audit.Domain;
using Fleet.Audit.Features.Log;
using Fleet.Contracts;

namespace Fleet.Tests.Unit.Audit;

/// <summary>An event and the entry that the log made of it.</summary>
internal sealed record Logged(IFleetEvent Event, LogEntry Entry)
{
    /// <summary>The log of these events in this order of arrival; each is logged a second after the one before, from 1 June 2020 on.</summary>
    public static IReadOnlyList<Logged> InOrder(IEnumerable<IFleetEvent> events)
    {
        var now = new DateTimeOffset(2020, 6, 1, 8, 0, 0, TimeSpan.Zero);
        return Append(events, () => now = now.AddSeconds(1));
    }

    /// <summary>The log of these events as they may arrive: far or a little out of order, in batches, while the clock stands still or goes back between them.</summary>
    public static IReadOnlyList<Logged> InDisorder(IReadOnlyList<IFleetEvent> events, Random random)
    {
        var reach = random.Next(2) == 0 ? events.Count : 12;
        var arrived = events.Select((e, i) => (Event: e, Place: i + (random.NextDouble() * reach))).OrderBy(e => e.Place).Select(e => e.Event);
        var now = new DateTimeOffset(2020, 6, 1, 8, 0, 0, TimeSpan.Zero);
        return Append(arrived, () => now = now.AddMilliseconds(random.Next(-500, 1000)));
    }

    private static List<Logged> Append(IEnumerable<IFleetEvent> events, Func<DateTimeOffset> now)
    {
        var log = new List<Logged>();
        var head = new LogHead();
        foreach (var batch in events.Chunk(3))
        {
            head = head.Append(batch.Select(Entries.Of), now());
            log.AddRange(batch.Zip(head.Batch, (e, entry) => new Logged(e, entry)));
        }

        return log;
    }
}
