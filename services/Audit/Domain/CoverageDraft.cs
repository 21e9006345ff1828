namespace Fleet.Audit.Domain;

/// <summary>Puts coverage together from the newest state of each thing. A thing taken again replaces what it said before, and only whom it touches is worked out anew.</summary>
internal sealed class CoverageDraft
{
    private readonly Dictionary<Guid, UnitFact> _units = [];
    private readonly Dictionary<Guid, PersonFact> _people = [];
    private readonly Timelines _laptops = new();
    private readonly Timelines _accesses = new();
    private readonly Dictionary<Guid, Worker> _workers = [];
    private readonly HashSet<Guid> _touched = [];
    private KnownCoverage? _finished;

    public void Take(UnitFact unit)
    {
        _units[unit.UnitId] = unit;
        _finished = null;
    }

    public void Take(PersonFact person)
    {
        _people[person.PersonId] = person;
        _touched.Add(person.PersonId);
        _finished = null;
    }

    public void TakeLaptop(HoldingsFact laptop) => Take(_laptops, laptop);

    public void TakeAccess(HoldingsFact access) => Take(_accesses, access);

    /// <summary>What the things taken so far say; stays as it is whatever is taken later.</summary>
    public KnownCoverage Finish()
    {
        if (_finished is not null) return _finished;
        foreach (var id in _touched)
        {
            // What somebody holds counts as soon as they are heard of.
            if (_people.TryGetValue(id, out var person)) _workers[id] = new Worker(person, _laptops.Of(id), _accesses.Of(id));
        }

        _touched.Clear();
        return _finished = new KnownCoverage([.. _workers.Values], _units.Values);
    }

    private void Take(Timelines timelines, HoldingsFact fact)
    {
        timelines.Take(fact, _touched);
        _finished = null;
    }

    /// <summary>Things of one kind, and by person who had them when.</summary>
    private sealed class Timelines
    {
        private readonly Dictionary<Guid, HoldingsFact> _all = [];
        private readonly Dictionary<Guid, HashSet<Guid>> _thingsOf = [];

        public void Take(HoldingsFact fact, HashSet<Guid> touched)
        {
            if (_all.TryGetValue(fact.Id, out var before))
            {
                foreach (var holding in before.Holdings)
                {
                    _thingsOf[holding.PersonId].Remove(fact.Id);
                    touched.Add(holding.PersonId);
                }
            }

            _all[fact.Id] = fact;
            foreach (var holding in fact.Holdings)
            {
                if (!_thingsOf.TryGetValue(holding.PersonId, out var things)) _thingsOf[holding.PersonId] = things = [];
                things.Add(fact.Id);
                touched.Add(holding.PersonId);
            }
        }

        public IReadOnlyList<Holding> Of(Guid person) => _thingsOf.TryGetValue(person, out var things)
            ? [.. things.SelectMany(id => _all[id].Holdings).Where(h => h.PersonId == person)]
            : [];
    }
}
