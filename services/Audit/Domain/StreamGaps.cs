namespace Fleet.Audit.Domain;

/// <summary>Finds the events that the log lacks: each stream is numbered from 1 without gaps, so a number that a higher one leaves out is lost or still under way.</summary>
internal sealed class StreamGaps
{
    private readonly Dictionary<(string Stream, Guid EntityId), Numbers> _streams = [];

    /// <summary>An entry of the log has this number; the order in which they are told does not matter.</summary>
    public void Add(string stream, Guid entityId, long number, DateTimeOffset loggedAt)
    {
        // Numbered from 1; an event without a number says nothing about others.
        if (number < 1) return;
        if (!_streams.TryGetValue((stream, entityId), out var numbers)) _streams[(stream, entityId)] = numbers = new Numbers();
        numbers.Add(number, loggedAt);
    }

    /// <summary>What is missing, the longest missing first.</summary>
    public IEnumerable<Gap> Find() =>
        _streams.SelectMany(s => s.Value.Missing().Select(m => new Gap(s.Key.Stream, s.Key.EntityId, m.From, m.To, m.Since))).OrderBy(g => g.Since).ThenBy(g => g.EntityId).ThenBy(g => g.From);

    /// <summary>One stream: complete up to a number, and what is there beyond.</summary>
    private sealed class Numbers
    {
        private readonly SortedDictionary<long, DateTimeOffset> _beyond = [];
        private long _complete;

        public void Add(long number, DateTimeOffset loggedAt)
        {
            if (number > _complete + 1)
            {
                if (!_beyond.TryGetValue(number, out var before) || loggedAt < before) _beyond[number] = loggedAt;
                return;
            }

            if (number == _complete + 1) _complete++;
            while (_beyond.Remove(_complete + 1)) _complete++;
        }

        public IEnumerable<(long From, long To, DateTimeOffset Since)> Missing()
        {
            var last = _complete;
            foreach (var number in _beyond.Keys)
            {
                // Since the first entry that shows that there must be one before it.
                if (number > last + 1) yield return (last + 1, number - 1, _beyond.Where(b => b.Key >= number).Min(b => b.Value));
                last = number;
            }
        }
    }
}

/// <summary>Events of one stream that the log lacks though it has later ones.</summary>
/// <param name="Stream">What is numbered: a device and its custody share an id, but not their numbers.</param>
/// <param name="From">First missing number.</param>
/// <param name="To">Last missing number.</param>
/// <param name="Since">When the log first held a later one (UTC).</param>
internal sealed record Gap(string Stream, Guid EntityId, long From, long To, DateTimeOffset Since);
